//! A node gets another name, another place, or is suspended; what lies below it comes along.

use plugin_api::Cx;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Problem, Scope};
use serde_json::json;

use super::{Kind, Refusal, is_own, objection, place};
use crate::store::organisations::{self as store, Organisation};

/// What is changed of a node; what is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// What people call it.
    pub name: Option<String>,
    /// The node above it.
    pub parent_id: Option<String>,
    /// Whether all people in it and below it are barred from their next request on.
    pub suspended: Option<bool>,
}

/// Changes `node` as it was read, all or nothing: refused as stale when somebody changed it since.
/// Nobody moves or suspends his own node, nor the root. Each part is audited.
pub async fn change(cx: &Cx, node: &Organisation, change: &Change) -> Result<(), Refusal> {
    let Change { name, parent_id, suspended } = change;
    let name = name.as_deref().map(str::trim).filter(|name| *name != node.name);
    let parent_id = parent_id.as_deref().filter(|id| Some(*id) != node.parent_id.as_deref());
    let suspended = suspended.filter(|suspended| *suspended != node.suspended_at.is_some());
    if parent_id.is_some() || suspended.is_some() {
        movable(cx, node)?;
    }
    let mut wrong = Vec::new();
    wrong.extend(name.and_then(objection).map(|key| ("name", key)));
    if let Some(parent_id) = parent_id {
        wrong.extend(misplaced(cx, node, parent_id).await?);
    }
    if !wrong.is_empty() {
        return Err(Refusal::Fields(wrong));
    }
    let (scope, id) = (cx.scope(), node.organisation_id.as_str());
    let mut batch = Batch::new().and(store::touching(scope, id, node.version, cx.now()));
    let named = name.unwrap_or(&node.name);
    let act = |done: &str| {
        Audit::of(&format!("organisation.{done}"), id).named(named).in_organisation(id)
    };
    if let Some(name) = name {
        let audit = act("renamed").before(json!({ "name": node.name }));
        batch =
            batch.and(store::naming(scope, id, name)).audit(audit.after(json!({ "name": name })));
    }
    if let Some(suspended) = suspended {
        let since = suspended.then(|| cx.now());
        let audit = act(if suspended { "suspended" } else { "resumed" });
        batch = batch.and(store::standing(scope, id, since)).audit(audit);
    }
    if let Some(parent_id) = parent_id {
        let audit = act("moved").before(json!({ "parent_id": node.parent_id }));
        let audit = audit.after(json!({ "parent_id": parent_id }));
        batch = batch.move_organisation(id, parent_id).audit(audit);
    }
    if name.is_some() || parent_id.is_some() || suspended.is_some() {
        cx.db().batch(batch).await?;
    }
    Ok(())
}

/// Refuses to act on the root, and on what the caller stands on.
pub(super) fn movable(cx: &Cx, node: &Organisation) -> Result<(), Problem> {
    if node.parent_id.is_none() {
        return Err(Problem::conflict("organisation_root"));
    }
    if is_own(cx, node) {
        return Err(Problem::conflict("organisation_own"));
    }
    Ok(())
}

/// What is wrong with moving `node` below `parent_id`: a field and a text key.
async fn misplaced(
    cx: &Cx,
    node: &Organisation,
    parent_id: &str,
) -> Result<Option<(&'static str, &'static str)>, Refusal> {
    let Some(kind) = Kind::of(node) else { return Err(Problem::not_found().into()) };
    let branch = Scope::branch(&node.path);
    if store::find(&cx.db(), &branch, parent_id).await?.is_some() {
        return Ok(Some(("parent", "organisation-into-itself")));
    }
    Ok(place::objection(cx, kind, place::height(cx, node).await?, parent_id).await?)
}
