//! `/crm/customers/new`: enter a customer or prospect.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::accounts::AccountState;
use plugin_api::ui::Card;
use plugin_api::{Cx, Fault, Form, Page, Problem, SeeOther};
use serde::Deserialize;

use crate::domain::{Customer, Details, Draft, Refusal, initial_state, is_id};
use crate::form::{FormPage, Purpose};
use crate::happened::actor_id;
use crate::sheet::beside;
use crate::{VALIDATE, chooser, paths, store};

/// The form as sent.
#[derive(Debug, Deserialize)]
pub(crate) struct CreateForm {
    /// The id the new customer gets: sending the same form twice makes one customer.
    #[serde(default)]
    customer_id: String,
    /// The node that looks after it; empty for the caller's own.
    #[serde(default)]
    assigned_to: String,
    #[serde(flatten)]
    draft: Draft,
}

/// The empty form.
pub(crate) async fn form(cx: Cx) -> Result<Page, Problem> {
    let own = cx.caller().organisation_id.clone();
    page(&cx, &Draft::default(), &[], (cx.fresh_id(), own)).await
}

/// Enters it, or shows the form again with what is wrong.
pub(crate) async fn handle(cx: Cx, Form(form): Form<CreateForm>) -> Result<Response, Problem> {
    let CreateForm { customer_id, assigned_to, draft } = form;
    let customer_id = if is_id(&customer_id) { customer_id } else { cx.fresh_id() };
    let node = chooser::chosen(&cx, &assigned_to).await?;
    let (details, node) = match (draft.clone().check(), node) {
        (Ok(details), Ok(node)) => (details, node),
        (details, node) => {
            let refusals = details.err().into_iter().flatten().chain(node.err());
            let refusals: Vec<Refusal> = refusals.collect();
            let page = page(&cx, &draft, &refusals, (customer_id, assigned_to)).await?;
            return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let state = initial_state(cx.may(VALIDATE));
    let new = new_customer(&cx, details, state);
    let customer = Customer { customer_id, assigned_to: node.organisation_id, ..new };
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
        assigned_to: cx.caller().organisation_id.clone(),
        organisation: String::new(),
        agent: String::new(),
        merged_into: String::new(),
        erased_at: None,
    }
}

/// Writes a new customer below the node it is assigned to.
pub(crate) async fn enter(cx: &Cx, customer: &Customer) -> Result<(), Fault> {
    store::insert(cx, customer).await
}

/// Whether the write failed only because the same form was sent before.
async fn sent_twice(cx: &Cx, fault: &Fault, customer: &Customer) -> Result<bool, Fault> {
    if fault.kind != plugin_api::FaultKind::Unique {
        return Ok(false);
    }
    let known = store::find(&cx.db(), cx.scope(), &customer.customer_id).await?;
    Ok(known.is_some_and(|known| known.details == customer.details))
}

/// The form; who may hand customers to several nodes is asked to whom.
async fn page(
    cx: &Cx,
    draft: &Draft,
    refusals: &[Refusal],
    (customer_id, assigned_to): (String, String),
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let purpose = Purpose {
        title: lang.t("customer-new"),
        action: cx.url(paths::NEW),
        back: (lang.t("customers"), cx.url(paths::LIST)),
        hidden: ("customer_id", customer_id),
    };
    let form = FormPage::new(&lang, purpose, draft, refusals);
    let nodes = chooser::offered(cx).await?;
    if nodes.len() < 2 {
        return form.render();
    }
    let field = chooser::field(&lang, &nodes, &assigned_to, &beside(&lang, refusals));
    form.more(&Card::new("care", lang.t("card-care")).body(&field)).render()
}
