//! `/crm/customers/new`: enter a customer or prospect.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::AccountState;
use plugin_api::{Actor, Cx, Fault, Form, Page, Problem, SeeOther};
use serde::Deserialize;

use crate::domain::{Customer, Details, Draft, Refusal, initial_state, is_id};
use crate::form::{FormPage, Purpose};
use crate::{VALIDATE, paths, store};

/// The form as sent.
#[derive(Debug, Deserialize)]
pub(crate) struct CreateForm {
    /// The id the new customer gets: sending the same form twice makes one customer.
    #[serde(default)]
    customer_id: String,
    #[serde(flatten)]
    draft: Draft,
}

/// The empty form.
pub(crate) async fn form(cx: Cx) -> Result<Page, Problem> {
    page(&cx, &Draft::default(), &[], cx.fresh_id())
}

/// Enters it, or shows the form again with what is wrong.
pub(crate) async fn handle(cx: Cx, Form(form): Form<CreateForm>) -> Result<Response, Problem> {
    let CreateForm { customer_id, draft } = form;
    let customer_id = if is_id(&customer_id) { customer_id } else { cx.fresh_id() };
    let details = match draft.clone().check() {
        Ok(details) => details,
        Err(refusals) => {
            let page = page(&cx, &draft, &refusals, customer_id)?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let state = initial_state(cx.may(VALIDATE));
    let customer = Customer { customer_id, ..new_customer(&cx, details, state) };
    let location = cx.url(&paths::customer(&customer.customer_id));
    match enter(&cx, &customer).await {
        Ok(()) => {}
        Err(fault) if sent_twice(&cx, &fault, &customer).await? => {}
        Err(fault) => return Err(fault.into()),
    }
    let notice = cx.lang().with("customer-created", &[("name", customer.name())]);
    Ok(SeeOther::to(location).saying(notice).into_response())
}

/// A customer of these details, entered now by the caller.
pub(crate) fn new_customer(cx: &Cx, details: Details, state: AccountState) -> Customer {
    let now = cx.now();
    Customer {
        customer_id: cx.fresh_id(),
        organisation_id: cx.fresh_id(),
        details,
        state,
        version: 1,
        created_at: now,
        updated_at: now,
        created_by: actor_id(cx),
    }
}

/// Writes a new customer below the caller's own node.
pub(crate) async fn enter(cx: &Cx, customer: &Customer) -> Result<(), Fault> {
    store::insert(&cx.db(), &cx.caller().organisation_id, customer).await
}

/// Whether the write failed only because the same form was sent before.
async fn sent_twice(cx: &Cx, fault: &Fault, customer: &Customer) -> Result<bool, Fault> {
    if fault.kind != plugin_api::FaultKind::Unique {
        return Ok(false);
    }
    let known = store::find(&cx.db(), cx.scope(), &customer.customer_id).await?;
    Ok(known.is_some_and(|known| known.details == customer.details))
}

fn actor_id(cx: &Cx) -> String {
    match &cx.caller().actor {
        Actor::Anonymous => String::new(),
        Actor::User { id, .. } | Actor::Token { id, .. } => id.clone(),
        Actor::Job { name } => name.chars().take(64).collect(),
    }
}

fn page(
    cx: &Cx,
    draft: &Draft,
    refusals: &[Refusal],
    customer_id: String,
) -> Result<Page, Problem> {
    let purpose = Purpose {
        title: cx.lang().t("customer-new"),
        action: cx.url(paths::NEW),
        back: (cx.lang().t("customers"), cx.url(paths::LIST)),
        hidden: ("customer_id", customer_id),
    };
    FormPage::new(&cx.lang(), purpose, draft, refusals).render()
}
