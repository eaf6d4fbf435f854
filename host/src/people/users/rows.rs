//! What is written of a user when he is made or changed, together with its audit row.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Scope};
use serde_json::json;

use crate::store::roles;
use crate::store::users::{self as store, Insertion, OnlyFirst, UserRow};

/// Adds `user` with these roles to what is in `batch`.
pub(in crate::people) fn making(
    scope: &Scope,
    batch: Batch,
    user: &Insertion<'_>,
    given: &[String],
    only_first: OnlyFirst,
) -> Batch {
    let audit = Audit::of("user.created", user.user_id)
        .named(user.name)
        .in_organisation(user.organisation_id)
        .after(json!({ "email": user.email, "roles": given }));
    let batch = batch.and(store::insertion(scope, user, only_first));
    giving(scope, batch, user.user_id, given).audit(audit)
}

/// Makes of `was` what `user` says, with these roles; his sessions and tokens follow him to his node.
pub(in crate::people) fn changing(
    cx: &Cx,
    batch: Batch,
    was: &UserRow,
    user: &Insertion<'_>,
    given: &[String],
) -> Batch {
    let (scope, id) = (cx.scope(), was.user_id.as_str());
    // Roles go first: their rows carry the node the user is leaving.
    let mut batch = batch.and(roles::clearing(scope, id)).and(store::change(scope, user));
    for statement in store::following(scope, id) {
        batch = batch.and(statement);
    }
    let told = |email: &str, name: &str, node: &str, roles: &[String]| json!({ "email": email, "name": name, "organisation_id": node, "roles": roles });
    let audit = Audit::of("user.changed", id)
        .named(user.name)
        .in_organisation(user.organisation_id)
        .before(told(&was.email, &was.name, &was.organisation_id, &was.roles()))
        .after(told(user.email, user.name, user.organisation_id, given));
    giving(scope, batch, id, given).audit(audit)
}

fn giving(scope: &Scope, batch: Batch, id: &str, given: &[String]) -> Batch {
    given.iter().fold(batch, |batch, role| batch.and(roles::giving(scope, id, role)))
}
