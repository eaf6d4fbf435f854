//! A node that nothing stands below and nobody belongs to is deleted.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Problem};
use serde_json::json;

use super::Refusal;
use super::change::movable;
use crate::store::organisations::{self as store, Organisation};

/// Deletes `node`, unless it is the caller's own, the root, or not empty. Audited, with the node
/// above it as its branch.
pub async fn delete(cx: &Cx, node: &Organisation) -> Result<(), Refusal> {
    movable(cx, node)?;
    let (scope, id) = (cx.scope(), node.organisation_id.as_str());
    let before = json!({ "name": node.name, "kind": node.kind, "parent_id": node.parent_id });
    let audit = Audit::of("organisation.deleted", id)
        .named(&node.name)
        .in_organisation(node.parent_id.as_deref().unwrap_or_default())
        .before(before);
    let batch = Batch::new()
        .and(store::touching(scope, id, node.version, cx.now()))
        .and(store::deletion(scope, id, cx.now()))
        .audit(audit);
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch("empty") => {
            Err(Problem::conflict("organisation_not_empty").into())
        }
        other => Ok(other.map(drop)?),
    }
}
