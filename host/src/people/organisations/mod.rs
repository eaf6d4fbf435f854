//! Nodes of the organisation tree: made, changed, deleted; the rules that hold whoever asks, page or
//! API. Customers are leaves of the same tree, but the plugin that keeps them makes and moves those.

mod change;
mod create;
mod delete;
mod kind;
mod place;
mod refusal;
#[cfg(test)]
mod tests;

use plugin_api::{Cx, Problem};

pub use change::{Change, change};
pub use create::{NewNode, create};
pub use delete::delete;
pub use kind::Kind;
pub use place::{DEEPEST, Place, places, places_for};
pub use refusal::Refusal;

use crate::store::organisations::{self as store, Organisation};

/// The node `id`; one that lies outside the caller's branch or is a customer does not exist.
pub async fn find(cx: &Cx, id: &str) -> Result<Organisation, Problem> {
    let found = store::find(&cx.db(), cx.scope(), id).await?;
    found.filter(|node| Kind::of(node).is_some()).ok_or_else(Problem::not_found)
}

/// Whether the node is the caller's own: nobody moves, suspends or deletes what he stands on.
pub fn is_own(cx: &Cx, node: &Organisation) -> bool {
    cx.caller().organisation_id == node.organisation_id
}

/// What is wrong with a name, a text key.
fn objection(name: &str) -> Option<&'static str> {
    match name {
        "" => Some("field-required"),
        name if name.chars().count() > 255 => Some("field-too-long"),
        name if name.chars().any(char::is_control) => Some("organisation-name-control"),
        _ => None,
    }
}
