//! A node is made below another one of the caller's branch.

use plugin_api::Cx;
use plugin_api::db::{Audit, Batch, NewOrganisation};
use serde_json::json;

use super::{Kind, Refusal, objection, place};

/// A node to be made.
#[derive(Debug, Clone, Default)]
pub struct NewNode {
    /// What people call it.
    pub name: String,
    /// `reseller`, `sub_company` or `agent`.
    pub kind: String,
    /// The node above it; empty for the caller's own.
    pub parent_id: String,
}

/// Makes a node; answers its id. Audited.
pub async fn create(cx: &Cx, new: &NewNode) -> Result<String, Refusal> {
    let name = new.name.trim();
    let own = &cx.caller().organisation_id;
    let parent_id = if new.parent_id.is_empty() { own } else { &new.parent_id };
    let mut wrong = Vec::new();
    wrong.extend(objection(name).map(|key| ("name", key)));
    let kind = Kind::read(&new.kind).filter(|kind| Kind::MADE.contains(kind));
    match kind {
        None => wrong.push(("kind", "field-option")),
        Some(kind) => wrong.extend(place::objection(cx, kind, 1, parent_id).await?),
    }
    let (Some(kind), true) = (kind, wrong.is_empty()) else { return Err(Refusal::Fields(wrong)) };
    let node = NewOrganisation {
        organisation_id: cx.fresh_id(),
        parent_id: parent_id.to_owned(),
        kind: kind.text().to_owned(),
        name: name.to_owned(),
    };
    let id = node.organisation_id.clone();
    let audit = Audit::of("organisation.created", &id)
        .named(name)
        .in_organisation(&id)
        .after(json!({ "name": name, "kind": kind.text(), "parent_id": parent_id }));
    cx.db().batch(Batch::new().organisation(node).audit(audit)).await?;
    Ok(id)
}
