//! `/crm/customers/{id}/transactions/new`: book an entry of a customer.

use axum::response::{IntoResponse, Response};
use plugin_api::contracts::licences::LicenceOfAccount;
use plugin_api::time::date;
use plugin_api::ui::{Card, Field, FormErrors, Markup};
use plugin_api::{Cx, FaultKind, Form, Lang, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use super::book::{Booking, enter, name_of, told_of};
use super::entry::{Draft, METHODS};
use super::labels::{kind_label, label, method};
use crate::asked::licences_of;
use crate::domain::{Customer, Refusal, is_id};
use crate::found::open;
use crate::sheet::{Sheet, beside};
use crate::{paths, store};

/// The form as sent.
#[derive(Debug, Deserialize)]
pub(super) struct CreateForm {
    /// The id the new entry gets: sending the same form twice books once.
    #[serde(default)]
    transaction_id: String,
    #[serde(flatten)]
    draft: Draft,
}

/// The empty form.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let customer = open(&cx, &id).await?;
    let licences = licences_of(&cx, &id).await?.unwrap_or_default();
    let currency = &customer.details.master.currency;
    let draft = Draft {
        kind: "activation".to_owned(),
        currency: if currency.is_empty() { "EUR".to_owned() } else { currency.clone() },
        date: date(cx.now()),
        ..Draft::default()
    };
    sheet(&cx, &customer, &licences, &draft, &[], cx.fresh_id()).render()
}

/// Books it, or shows the form again with what is wrong.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<CreateForm>,
) -> Result<Response, Problem> {
    let customer = open(&cx, &id).await?;
    let CreateForm { transaction_id, draft } = form;
    let entry_id = if is_id(&transaction_id) { transaction_id } else { cx.fresh_id() };
    let licences = licences_of(&cx, &id).await?.unwrap_or_default();
    let licence = licences.iter().find(|licence| licence.licence_id == draft.licence);
    let checked = draft.check().and_then(|checked| {
        let unknown = licence.is_none() && !checked.licence_id.is_empty();
        let refusal = Refusal { field: "licence", key: "field-licence" };
        if unknown { Err(vec![refusal]) } else { Ok(checked) }
    });
    let checked = match checked {
        Ok(checked) => checked,
        Err(refusals) => {
            let sheet = sheet(&cx, &customer, &licences, &draft, &refusals, entry_id);
            return Ok(sheet.render()?.into_response());
        }
    };
    let licence_name = licence.map(name_of).unwrap_or_default();
    let booking = Booking { id: entry_id.clone(), checked, licence_name, reference: None };
    match enter(&cx, &customer, booking).await {
        // The same form was sent before.
        Err(fault) if fault.kind == FaultKind::Unique => {
            let known = store::transactions::find(&cx.db(), cx.scope(), &entry_id).await?;
            known.filter(|known| known.customer_id == id).ok_or_else(|| told_of(fault))?;
        }
        booked => drop(booked.map_err(told_of)?),
    }
    let location = cx.url(&paths::transaction(&entry_id));
    Ok(SeeOther::to(location).saying(cx.lang().t("transaction-booked")).into_response())
}

fn sheet(
    cx: &Cx,
    customer: &Customer,
    licences: &[LicenceOfAccount],
    draft: &Draft,
    refusals: &[Refusal],
    entry_id: String,
) -> Sheet {
    let (lang, id) = (cx.lang(), &customer.customer_id);
    let action = cx.url(&paths::transaction_new(id));
    let back = (customer.name().to_owned(), cx.url(&paths::transactions(id)));
    let ask = Questions { lang: &lang, draft, errors: beside(&lang, refusals) };
    Sheet::new(&lang, lang.t("transaction-new"), action, back)
        .hidden("transaction_id", entry_id)
        .cards(Markup::of(&ask.money()).and(&ask.what(licences)))
        .refused(&lang, refusals, |field| label(&lang, field))
}

struct Questions<'a> {
    lang: &'a Lang,
    draft: &'a Draft,
    errors: FormErrors,
}

impl Questions<'_> {
    fn ask(&self, name: &str, value: &str, make: fn(String, String) -> Field) -> Field {
        make(name.to_owned(), label(self.lang, name)).value(value).errors(&self.errors)
    }

    fn hint(&self, key: &str) -> String {
        self.lang.t(key)
    }

    fn money(&self) -> Card {
        let (lang, draft) = (self.lang, self.draft);
        let kind = ["activation", "renewal", "postponed"].into_iter().fold(
            self.ask("kind", &draft.kind, Field::radios).required(),
            |field, kind| {
                let hint = lang.t(&format!("transaction-kind-{kind}-hint"));
                field.option_with_hint(kind, kind_label(lang, kind), hint)
            },
        );
        let amount = self.ask("amount", &draft.amount, Field::text).inputmode("decimal");
        let currency = self.ask("currency", &draft.currency, Field::text).mono().maxlength(3);
        Card::new("money", lang.t("card-money"))
            .body(&kind)
            .body(&amount.required())
            .body(&currency.required())
            .body(&self.ask("date", &draft.date, Field::date).required())
            .body(&self.ask("due", &draft.due, Field::date).hint(self.hint("transaction-due-hint")))
            .body(&methods(lang, self.ask("method", &draft.method, Field::select)))
    }

    fn what(&self, licences: &[LicenceOfAccount]) -> Card {
        let card = Card::new("what", self.lang.t("card-what"));
        let card = if licences.is_empty() {
            card
        } else {
            let none = self.lang.t("transaction-licence-none");
            let choice = self.ask("licence", &self.draft.licence, Field::select).option("", none);
            card.body(
                &licences.iter().fold(choice, |field, licence| {
                    field.option(&licence.licence_id, name_of(licence))
                }),
            )
        };
        card.body(&self.ask("notes", &self.draft.notes, Field::textarea).maxlength(4_000))
    }
}

/// The choice of a way of paying.
pub(super) fn methods(lang: &Lang, field: Field) -> Field {
    METHODS.into_iter().fold(field.option("", lang.t("method-unknown")), |field, code| {
        field.option(code, method(lang, code))
    })
}
