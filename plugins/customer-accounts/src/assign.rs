//! `/crm/customers/{id}/assign`: hand a customer to another node of the caller's branch.

use axum::response::{IntoResponse, Response};
use plugin_api::ui::{Card, Markup};
use plugin_api::{Cx, Form, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use crate::chooser;
use crate::domain::{Customer, Refusal};
use crate::found::open;
use crate::sheet::{Sheet, beside};
use crate::{paths, store};

/// The form as sent.
#[derive(Debug, Deserialize)]
pub(crate) struct AssignForm {
    #[serde(default)]
    assigned_to: String,
}

/// The question.
pub(crate) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let customer = open(&cx, &id).await?;
    sheet(&cx, &customer, &customer.assigned_to, &[]).await?.render()
}

/// Moves the customer's node, and with it everything that is its.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<AssignForm>,
) -> Result<Response, Problem> {
    let customer = open(&cx, &id).await?;
    let node = match chooser::chosen(&cx, &form.assigned_to).await? {
        Ok(node) => node,
        Err(refusal) => {
            let sheet = sheet(&cx, &customer, &form.assigned_to, &[refusal]).await?;
            return Ok(sheet.render()?.into_response());
        }
    };
    if node.organisation_id != customer.assigned_to {
        let moving = store::assignment(&cx, cx.scope(), &customer, &node).await?;
        let moved = cx.db().batch(moving).await;
        moved.map_err(|fault| match fault {
            fault if fault.is_mismatch("customer") => Problem::conflict("customer_closed"),
            fault if fault.is_mismatch("organisation") => Problem::conflict("customer_changed"),
            fault => fault.into(),
        })?;
    }
    let named = [("name", customer.name()), ("to", node.name.as_str())];
    let notice = cx.lang().with("customer-assigned", &named);
    Ok(SeeOther::to(cx.url(&paths::customer(&id))).saying(notice).into_response())
}

async fn sheet(
    cx: &Cx,
    customer: &Customer,
    chosen: &str,
    refusals: &[Refusal],
) -> Result<Sheet, Problem> {
    let lang = cx.lang();
    let id = &customer.customer_id;
    let title = lang.with("assign-title", &[("name", customer.name())]);
    let nodes = chooser::offered(cx).await?;
    let field = chooser::field(&lang, &nodes, chosen, &beside(&lang, refusals));
    let card = Card::new("assign", lang.t("customer-assigned-to"))
        .text(lang.t("assign-consequence"))
        .body(&field.required());
    let back = (customer.name().to_owned(), cx.url(&paths::customer(id)));
    Ok(Sheet::new(&lang, title, cx.url(&paths::assign(id)), back).cards(Markup::of(&card)).refused(
        &lang,
        refusals,
        |_| lang.t("customer-assigned-to"),
    ))
}
