//! `/crm/licences/{id}/transfer`: chooses the customer a licence goes to.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::Typed;
use plugin_api::ui::{Action, Card, Field, FormPage, Head, Markup};
use plugin_api::{Cx, FieldProblem, Form, Page, Path, Problem, SeeOther};

use super::transfer::{Devices, in_transaction};
use crate::domain::licence::Licence;
use crate::form::form_errors;
use crate::list::{account_field, name_field, search};
use crate::{paths, store};

/// The form.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let licence = found(&cx, &id).await?;
    page(&cx, &licence, &Typed::default().with("dispositivi", "mantieni"), &[]).await
}

/// Gives it away, or looks for the customer whose name was typed.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let licence = found(&cx, &id).await?;
    let typed = Typed::from(form);
    let errors = match (typed.given("cliente"), Devices::from_wire(typed.text("dispositivi"))) {
        (Some(account_id), Some(devices)) => {
            match in_transaction(&cx, &id, &account_id, devices).await? {
                Ok(()) => {
                    let there = cx.url(&paths::of(paths::SHOW, &id));
                    let notice = cx.lang().t("licence-transferred");
                    return Ok(SeeOther::to(there).saying(notice).into_response());
                }
                Err(rejection) => rejection.errors,
            }
        }
        (_, None) => vec![FieldProblem::new("/dispositivi", "field-option")],
        (None, _) if typed.ticked("cerca") => {
            let known = search(&cx, typed.text("cerca")).await?;
            let key = if known.is_empty() { "field-cerca-none" } else { "field-cerca-many" };
            vec![FieldProblem::new("/cliente", key)]
        }
        (None, _) => vec![FieldProblem::new("/cliente", "problem-cliente-richiesto")],
    };
    let page = page(&cx, &licence, &typed, &errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn found(cx: &Cx, id: &str) -> Result<Licence, Problem> {
    store::licences::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

async fn page(
    cx: &Cx,
    licence: &Licence,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let mut accounts = search(cx, typed.text("cerca")).await?;
    accounts.retain(|account| account.account_id != licence.account_id);
    let errors = form_errors(&lang, errors);
    let back = cx.url(&paths::of(paths::SHOW, &licence.licence_id));
    let title = lang.t("licence-transfer-title");
    let devices = Field::radios("dispositivi", lang.t("transfer-devices"))
        .value(typed.text("dispositivi"))
        .errors(&errors)
        .option_with_hint("mantieni", lang.t("transfer-keep"), lang.t("transfer-keep-hint"))
        .option_with_hint("libera", lang.t("transfer-free"), lang.t("transfer-free-hint"));
    let fields = Markup::of(&name_field(&lang).value(typed.text("cerca")).errors(&errors))
        .and(&account_field(&lang, &accounts).value(typed.text("cliente")).errors(&errors))
        .and(&devices);
    let page = FormPage {
        head: Head::new(&title)
            .back(format!("{} · {}", licence.product_name, licence.key_hint), &back)
            .lead(lang.t("licence-transfer-hint")),
        before: Markup::default(),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::TRANSFER, &licence.licence_id)),
        hidden: Vec::new(),
        cards: Markup::of(&Card::new("whom", lang.t("card-customer")).body(&fields)),
        buttons: vec![
            Action::submit(lang.t("licence-transfer")),
            Action::link(lang.t("cancel"), back),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}
