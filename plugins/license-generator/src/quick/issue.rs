//! `POST /crm/licences/quick`: the licence of a quick button, for the customer just named.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::Account;
use plugin_api::form::Typed;
use plugin_api::table::fold;
use plugin_api::ui::{Action, Card, FormErrors, FormPage, Head, Markup, Notice, Tone};
use plugin_api::{Cx, FieldProblem, Form, Problem, SeeOther};

use super::buttons::changeable;
use crate::create::summary::said;
use crate::domain::choices::Origin;
use crate::domain::draft::{Draft, Rejection};
use crate::domain::quick::{Kind, Template};
use crate::form::form_errors;
use crate::issue::rights;
use crate::list::{account_field, name_field, product_field, search};
use crate::{REQUEST, issue, paths, store};

/// Makes the key, or asks which customer is meant.
pub(super) async fn handle(cx: Cx, form: Form<Vec<(String, String)>>) -> Result<Response, Problem> {
    let typed = Typed::from(form);
    let template = super::template(&cx, typed.text("modello")).await?;
    let template = template.filter(|template| template.kind == Kind::Issue);
    let template = template.ok_or_else(Problem::not_found)?;
    let accounts = search(&cx, typed.text("cerca")).await?;
    let again = Again { cx: &cx, template: &template, accounts: &accounts, typed: &typed };
    let draft = match draft(&template, &typed, &accounts) {
        Ok(draft) => draft,
        Err(errors) => return again.ask(&Rejection::fields(errors)).await,
    };
    match issue::in_transaction(&cx, &draft, Origin::Quick).await? {
        Ok(issued) => {
            let there = cx.url(&paths::of(paths::SHOW, &issued.licence_id));
            Ok(SeeOther::to(there).saying(cx.lang().t("licence-created")).into_response())
        }
        Err(rejection) => again.ask(&rejection).await,
    }
}

/// The button's draft, with what its dialog changed.
fn draft(
    template: &Template,
    typed: &Typed,
    accounts: &[Account],
) -> Result<Draft, Vec<FieldProblem>> {
    let mut draft = template.draft.clone();
    draft.cliente = typed.given("cliente").or_else(|| the_one(accounts, typed.text("cerca")));
    draft.prodotto = typed.given("prodotto").or(draft.prodotto);
    let mut errors = Vec::new();
    for (name, number) in [
        ("durata_giorni", &mut draft.durata_giorni),
        ("dispositivi", &mut draft.dispositivi),
        ("posti", &mut draft.posti),
    ] {
        if number.is_some() {
            *number = typed.number(name, &mut errors).or(*number);
        }
    }
    if errors.is_empty() { Ok(draft) } else { Err(errors) }
}

/// The account that was meant by a name: the only one found, or the only one called exactly so.
fn the_one(accounts: &[Account], name: &str) -> Option<String> {
    let name = fold(name);
    let mut found: Vec<&Account> = accounts.iter().collect();
    if name.is_empty() {
        return None;
    }
    if found.len() > 1 {
        found.retain(|account| fold(&account.name) == name);
    }
    match found.as_slice() {
        [account] => Some(account.account_id.clone()),
        _ => None,
    }
}

/// The dialog as a page of its own, when something was missing or wrong.
struct Again<'a> {
    cx: &'a Cx,
    template: &'a Template,
    accounts: &'a [Account],
    typed: &'a Typed,
}

impl Again<'_> {
    async fn ask(&self, rejection: &Rejection) -> Result<Response, Problem> {
        let (cx, typed) = (self.cx, self.typed);
        let lang = cx.lang();
        let products = store::products::all(&cx.db()).await?;
        let errors = self.errors(rejection);
        let title = self.template.name(&lang);
        let mut fields = Markup::of(
            &account_field(&lang, self.accounts).value(typed.text("cliente")).errors(&errors),
        )
        .and(&name_field(&lang).value(typed.text("cerca")).errors(&errors))
        .and(&product_field(&lang, &products).value(typed.text("prodotto")).errors(&errors));
        for (name, field) in changeable(&lang, self.template) {
            let field = if typed.ticked(name) { field.value(typed.text(name)) } else { field };
            fields = fields.and(&field.errors(&errors));
        }
        let back = cx.url(paths::LICENCES);
        let page = FormPage {
            head: Head::new(&title).back(lang.t("licences"), &back).lead(lang.t("quick-key-hint")),
            before: self.instead(rejection),
            errors: errors.summary(&lang),
            action: cx.url(paths::QUICK),
            hidden: vec![("modello", self.template.quick_id.clone())],
            cards: Markup::of(&Card::new("quick", lang.t("quick-key-which")).body(&fields)),
            buttons: vec![Action::submit(&title), Action::link(lang.t("cancel"), back)],
            after: Markup::default(),
            title,
        };
        Ok(page.render(&lang)?.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
    }

    fn errors(&self, rejection: &Rejection) -> FormErrors {
        let lang = self.cx.lang();
        let searched = self.typed.text("cerca");
        if rejection.code == "cliente_richiesto" && !searched.is_empty() {
            let none = self.accounts.is_empty();
            let key = if none { "field-cerca-none" } else { "field-cerca-many" };
            let field = if none { "cerca" } else { "cliente" };
            return FormErrors::from_iter([(field, lang.t(key))]);
        }
        form_errors(&lang, &rejection.errors)
    }

    /// Where somebody else can be asked for what is beyond one's own rights.
    fn instead(&self, rejection: &Rejection) -> Markup {
        let (cx, lang) = (self.cx, self.cx.lang());
        if rejection.code != rights::CODE || !cx.may(REQUEST) {
            return Markup::default();
        }
        let href = format!(
            "{}?modello={}&cliente={}&prodotto={}&chiedi=1",
            cx.url(paths::NEW),
            self.template.quick_id,
            self.typed.text("cliente"),
            self.typed.text("prodotto"),
        );
        let ask = Action::link(lang.t("request-instead"), href);
        let notice = Notice::new(Tone::Warn, said(&lang, rejection)).title(lang.t("right-beyond"));
        Markup::of(&notice.with(&ask))
    }
}
