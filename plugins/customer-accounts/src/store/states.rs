//! The history of states: each change with who, when and why.

use plugin_api::db::{Statement, Value};
use plugin_api::{Cx, Lang};

use super::customers::insertion;
use crate::domain::{Act, Customer, state_text};
use crate::happened::{actor_id, actor_name};

/// The first line of the history of a customer: how it was entered.
pub(super) fn entered(cx: &Cx, customer: &Customer) -> Statement {
    row(cx, customer, Act::Entered, "", customer.created_at)
}

/// One more line: `act` brought `customer` into the state it is in when it last changed.
pub(super) fn recorded(cx: &Cx, customer: &Customer, act: Act, reason: &str) -> Statement {
    row(cx, customer, act, reason, customer.updated_at)
}

fn row(cx: &Cx, customer: &Customer, act: Act, reason: &str, at: i64) -> Statement {
    let columns = vec![
        ("state_id", Value::from(cx.fresh_id())),
        ("customer_id", Value::from(&customer.customer_id)),
        ("organisation_id", Value::from(&customer.organisation_id)),
        ("at", at.into()),
        ("act", act.text().into()),
        ("state", state_text(customer.state).into()),
        ("reason", reason.into()),
        ("actor_id", actor_id(cx).into()),
        ("actor", actor_name(cx).into()),
    ];
    insertion("customer_accounts_state", columns)
}

/// What the timeline says of `act`.
pub(super) fn sentence(lang: &Lang, act: Act, reason: &str) -> String {
    let told = lang.t(&format!("timeline-{}", act.text()));
    if reason.is_empty() { told } else { format!("{told} {reason}") }
}
