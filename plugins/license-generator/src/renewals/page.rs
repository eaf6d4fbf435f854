//! `/crm/licences/{id}/renew`: renews a licence, saying all the while what would happen.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use plugin_api::form::{Typed, sentence};
use plugin_api::money;
use plugin_api::time::{DAY, date, end_of_day};
use plugin_api::ui::{
    Action, Card, ErrorSummary, Facts, Field, FormErrors, Head, Markup, Notice, Tone,
};
use plugin_api::{Cx, FieldProblem, Form, Lang, Page, Path, Problem, SeeOther};

use super::order::{Plan, plan};
use super::read::{self, LATER};
use super::renew::in_transaction;
use crate::domain::draft::Rejection;
use crate::domain::licence::Licence;
use crate::domain::payment::METHODS;
use crate::domain::renewal::MOST_MONTHS;
use crate::form::form_errors;
use crate::issue::NotIssued;
use crate::{paths, policies, store};

/// A form with a summary beside it that follows what is typed.
#[derive(Debug, Template)]
#[template(path = "license-generator/beside.html")]
pub(crate) struct BesidePage {
    pub(crate) lang: Lang,
    pub(crate) head: Head,
    pub(crate) errors: ErrorSummary,
    pub(crate) action: String,
    pub(crate) preview: String,
    pub(crate) hidden: Vec<(&'static str, String)>,
    pub(crate) cards: Markup,
    pub(crate) summary: Markup,
    pub(crate) buttons: Vec<Action>,
}

/// The form with the usual values.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let licence = found(&cx, &id).await?;
    let policy = policies::in_force(&cx, Some(&licence.product_id), None).await;
    let policy = policy.map_err(|why| why.problem(&cx))?.policy;
    let due = end_of_day(cx.now()) + policy.postponed_days * DAY;
    let typed = Typed::default()
        .with("mesi", licence.renewal_months.to_string())
        .with("modalita", "pagamento")
        .with("da", "dopo")
        .with("riferimento", format!("form:{}", cx.fresh_id()))
        .with("pagamento_entro", date(due));
    page(&cx, &licence, &typed, &[]).await
}

/// What would happen, while somebody types.
pub(super) async fn preview(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Html<String>, Problem> {
    let licence = found(&cx, &id).await?;
    let summary = summary(&cx, &licence, &Typed::from(form)).await?;
    Ok(Html(summary.to_string()))
}

/// Renews, or shows the form as it was typed with what is wrong.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let licence = found(&cx, &id).await?;
    let typed = Typed::from(form);
    if typed.ticked("controlla") {
        return Ok(page(&cx, &licence, &typed, &[]).await?.into_response());
    }
    let outcome = match read::order(&typed, &licence.currency) {
        Err(errors) => Err(errors),
        Ok(order) => in_transaction(&cx, &id, &order).await?.map_err(|refused| told(&refused)),
    };
    match outcome {
        Ok(_) => {
            let there = cx.url(&paths::of(paths::SHOW, &id));
            Ok(SeeOther::to(there).saying(cx.lang().t("licence-renewed")).into_response())
        }
        Err(errors) => {
            let page = page(&cx, &licence, &typed, &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn found(cx: &Cx, id: &str) -> Result<Licence, Problem> {
    store::licences::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// A rejection as errors of this form, whose months are the API's `periodo`.
fn told(rejection: &Rejection) -> Vec<FieldProblem> {
    let field = |error: &FieldProblem| {
        let pointer = if error.pointer == "/periodo" { "/mesi" } else { &error.pointer };
        FieldProblem::new(pointer, error.detail.clone())
    };
    rejection.errors.iter().map(field).collect()
}

async fn page(
    cx: &Cx,
    licence: &Licence,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let back = cx.url(&paths::of(paths::SHOW, &licence.licence_id));
    let title = lang.t("renew-title");
    let name = format!("{} · {}", licence.product_name, licence.key_hint);
    let page = BesidePage {
        head: Head::new(&title).back(name, &back).lead(licence.customer_name()),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::RENEW, &licence.licence_id)),
        preview: cx.url(&paths::of(paths::RENEW_PREVIEW, &licence.licence_id)),
        hidden: vec![("riferimento", typed.text("riferimento").to_owned())],
        cards: cards(cx, licence, typed, &errors),
        summary: summary(cx, licence, typed).await?,
        buttons: vec![
            Action::submit(lang.t("renew")).icon("refresh"),
            Action::link(lang.t("cancel"), back),
        ],
        lang: lang.clone(),
    };
    let title =
        if errors.is_empty() { title } else { lang.with("title-error", &[("title", &title)]) };
    Page::new(title, &page)
}

fn cards(cx: &Cx, licence: &Licence, typed: &Typed, errors: &FormErrors) -> Markup {
    let lang = cx.lang();
    let ask = |name: &str, make: fn(String, String) -> Field| {
        let key = format!("renew-{}", name.replace('_', "-"));
        let hint = format!("{key}-hint");
        let hint = if lang.has(&hint) { lang.t(&hint) } else { String::new() };
        make(name.to_owned(), lang.t(&key)).value(typed.text(name)).hint(hint).errors(errors)
    };
    let mut duration = Card::new("duration", lang.t("renew-duration"))
        .body(&ask("mesi", Field::number).min(1).max(MOST_MONTHS))
        .body(&ask("fino_a", Field::date));
    if licence.renewable_end().is_some_and(|end| end < cx.now()) {
        let from = ask("da", Field::radios)
            .option_with_hint("dopo", lang.t("renew-da-dopo"), lang.t("renew-da-dopo-hint"))
            .option_with_hint("fine", lang.t("renew-da-fine"), lang.t("renew-da-fine-hint"));
        duration = duration.body(&from);
    }
    let method = METHODS.iter().fold(
        ask("metodo", Field::select).option("", lang.t("choose")),
        |field, (stored, wire)| {
            field.option(*wire, lang.t(&format!("pay-method-{}", stored.replace('_', "-"))))
        },
    );
    let payment = Card::new("payment", lang.t("renew-payment"))
        .body(&ask("prezzo", Field::text).inputmode("decimal"))
        .body(&ask("sconto", Field::text).inputmode("decimal"))
        .body(
            &ask("modalita", Field::radios)
                .option_with_hint("pagamento", lang.t("renew-paid"), lang.t("renew-paid-hint"))
                .option_with_hint(LATER, lang.t("renew-later"), lang.t("renew-later-hint")),
        )
        .body(&method)
        .body(&ask("pagamento_entro", Field::date));
    Markup::of(&duration).and(&payment)
}

/// What would happen, in words.
async fn summary(cx: &Cx, licence: &Licence, typed: &Typed) -> Result<Markup, Problem> {
    let lang = cx.lang();
    let card = Card::new("summary", lang.t("renew-summary"));
    let planned = match read::order(typed, &licence.currency) {
        Ok(order) => match plan(cx, licence, &order).await {
            Ok(plan) => Ok((plan, order.discount)),
            Err(NotIssued::Rejected(rejection)) => Err(told(&rejection)),
            Err(NotIssued::Failed(fault)) => return Err(fault.into()),
        },
        Err(errors) => Err(errors),
    };
    Ok(Markup::of(&match planned {
        Ok((plan, discount)) => card.body(&facts(&lang, &plan, discount)),
        Err(errors) => errors.iter().fold(card, |card, error| {
            card.body(&Notice::new(Tone::Warn, sentence(&lang, &error.detail)))
        }),
    }))
}

/// A plan as people read it.
pub(super) fn facts(lang: &Lang, plan: &Plan, discount: i64) -> Facts {
    let money = |minor: i64| lang.money(minor, &plan.currency);
    let (old, new) = if plan.maintenance {
        ("renew-old-maintenance", "renew-new-maintenance")
    } else {
        ("renew-old-end", "renew-new-end")
    };
    let mut facts = Facts::new()
        .text(lang.t(old), lang.date(plan.old_end))
        .text(lang.t(new), lang.date(plan.new_end));
    if discount > 0 {
        facts = facts
            .text(lang.t("renew-full"), money(plan.full))
            .text(lang.t("renew-sconto"), format!("{} %", money::decimal(discount, 2)));
    }
    facts = facts.text(lang.t("renew-amount"), money(plan.amount));
    match (plan.amount, plan.due_at) {
        (0, _) => facts.text(lang.t("renew-booked"), lang.t("renew-booked-nothing")),
        (_, Some(due)) => facts.text(
            lang.t("renew-booked"),
            lang.with("renew-booked-later", &[("date", &lang.date(due))]),
        ),
        (_, None) => facts.text(lang.t("renew-booked"), lang.t("renew-booked-now")),
    }
}
