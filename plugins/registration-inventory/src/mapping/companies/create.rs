//! `/crm/companies/{id}/customer`: a customer entered from what installations said of a company.

use axum::response::{IntoResponse as _, Response};
use plugin_api::contracts::accounts::{ENTER, Enter, Missing};
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, Form, Page, Path, Problem, SeeOther};

use super::super::sheet::{Sent, Sheet, value};
use super::super::work;
use crate::paths;
use crate::store::companies::{self as store, Company};

/// Where it is.
pub(in crate::mapping) const PATH: &str = "/crm/companies/{id}/customer";

/// The form, filled in with what is known.
pub(in crate::mapping) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let company = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let vat = if company.vat_is_valid { company.vat_number.clone() } else { String::new() };
    let sent = vec![("name".to_owned(), company.name.clone()), ("vat_number".to_owned(), vat)];
    asked(&cx, &company, &sent, &FormErrors::new())
}

/// Enters the customer and gives him the company's installations, all or nothing.
pub(in crate::mapping) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let company = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let mut errors = FormErrors::new();
    if value(&sent, "name").is_empty() {
        errors.add("name", lang.t("company-name-missing"));
    }
    if !value(&sent, "email").contains('@') {
        errors.add("email", lang.t("company-email-missing"));
    }
    if !errors.is_empty() {
        return Ok(asked(&cx, &company, &sent, &errors)?.into_response());
    }
    let enter = Enter {
        name: value(&sent, "name").to_owned(),
        vat_number: value(&sent, "vat_number").to_owned(),
        email: value(&sent, "email").to_owned(),
        missing: Missing::Enter,
        ..Enter::default()
    };
    let decision_id = cx.fresh_id();
    let (enter, company_id, decision) = (&enter, id.as_str(), decision_id.as_str());
    let outcome = cx
        .transaction(|tx| async move {
            let entered = tx.service(&ENTER, enter).await?;
            let Some(account) = entered.account else { return Ok(Err(entered.problem)) };
            work::company(&tx, company_id, &account.account_id, decision).await?;
            Ok(Ok(()))
        })
        .await?;
    if let Err(problem) = outcome {
        let problem = if problem.is_empty() { lang.t("company-not-entered") } else { problem };
        errors.add("", problem);
        return Ok(asked(&cx, &company, &sent, &errors)?.into_response());
    }
    let there = SeeOther::to(cx.url(&paths::of(paths::DECISION, &decision_id)));
    Ok(there.saying(lang.t("decided-done")).into_response())
}

fn asked(cx: &Cx, company: &Company, sent: &Sent, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let title = lang.t("company-create-customer");
    let back = cx.url(&paths::of(paths::COMPANY, &company.company_id));
    let head = Head::new(&title).back(super::show::name(&lang, company), &back);
    let mut sheet = Sheet::new(&lang, head, errors);
    sheet.action = cx.url(&paths::of(PATH, &company.company_id));
    let name = Field::text("name", lang.t("company-name")).required().maxlength(200);
    let vat = Field::text("vat_number", lang.t("company-vat-number")).mono().maxlength(32);
    let email = Field::email("email", lang.t("company-email")).hint(lang.t("company-email-hint"));
    let fields = [
        name.value(value(sent, "name")).errors(errors),
        vat.value(value(sent, "vat_number")).errors(errors),
        email.required().value(value(sent, "email")).errors(errors),
    ];
    let card = Card::new("customer", &title).text(lang.t("company-create-told"));
    sheet.cards = Markup::of(&fields.iter().fold(card, Card::body));
    sheet.buttons.push(Action::submit(&title));
    sheet.buttons.push(Action::link(lang.t("cancel"), back).quiet());
    sheet.render(title)
}
