//! The audit log: rows written with what they tell of, linked afterwards, checked at any time.

mod chain;
mod mask;
pub mod sealer;
#[cfg(test)]
mod tests;
pub mod verify;

use plugin_api::db::{Audit, Batch, Statement};
use plugin_api::{Actor, Caller, Scope};
use serde_json::json;

use crate::store::audit::{self as store, AuditRow};
use crate::store::organisations::ROOT;

pub use verify::{Broken, Report, is_whole, verify};

/// The row `audit` asks for, not sealed yet, as the statement that adds it to the batch of what it
/// tells of. `at` is unix milliseconds, `id` a `UUIDv7`, `salt` unpredictable.
pub fn statement(
    caller: &Caller,
    plugin: &str,
    audit: &Audit,
    at: i64,
    id: &str,
    salt: &[u8; 16],
) -> Statement {
    let (actor_kind, actor_id, actor_name) = match &caller.actor {
        Actor::Anonymous => ("anonymous", "", ""),
        Actor::User { id, name } => ("user", id.as_str(), name.as_str()),
        Actor::Token { id, name, .. } => ("token", id.as_str(), name.as_str()),
        Actor::Job { name } => ("job", name.as_str(), name.as_str()),
    };
    let organisation_id =
        if audit.organisation_id.is_empty() { ROOT } else { &audit.organisation_id };
    let side = |value: &Option<serde_json::Value>| value.as_ref().map(mask::masked);
    let content = json!({ "before": side(&audit.before), "after": side(&audit.after) });
    let mut row = AuditRow {
        audit_id: id.to_owned(),
        organisation_id: organisation_id.to_owned(),
        at,
        actor_kind: actor_kind.to_owned(),
        actor_id: shortened(actor_id, 64),
        actor_name: shortened(actor_name, 255),
        address: caller.address.map(|address| address.to_string()).unwrap_or_default(),
        plugin: shortened(plugin, 64),
        action: shortened(&audit.action, 128),
        object_id: shortened(&audit.object_id, 191),
        object_name: shortened(&audit.object_name, 512),
        request_id: shortened(&caller.request_id, 64),
        content: content.to_string(),
        salt: Some(plugin_api::hex(salt)),
        digest: String::new(),
        chain_no: None,
        chain_hash: None,
    };
    row.digest = chain::digest(&row).unwrap_or_default();
    store::insertion(&row)
}

/// What blanks everything the log says of the people of one node, in one batch with its own row. The
/// rows keep their place in the chain.
pub fn erase(batch: Batch, scope: &Scope, organisation_id: &str) -> Batch {
    let audit = Audit::of("audit.erased", organisation_id).in_organisation(organisation_id);
    batch.and(store::erasure_of(scope, organisation_id)).audit(audit)
}

/// As much of `text` as its column holds: an act must not fail because its record is too long.
fn shortened(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
