//! Who gave the right password and still owes the second factor.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};

/// Begins a challenge of the user `id`.
pub(crate) fn insertion(
    scope: &Scope,
    id: &str,
    token_hash: &str,
    now: i64,
    expires_at: i64,
) -> Statement {
    Statement::new(
        "insert into host_challenge (token_hash, user_id, tries, created_at, expires_at) \
         select ?, u.user_id, 0, ?, ? from host_user u where u.user_id = ? and {scope}",
    )
    .bind(token_hash)
    .bind(now)
    .bind(expires_at)
    .bind(id)
    .scope(scope, "u.organisation_id")
    .expect_rows(1)
    .label("challenge")
}

/// Counts a try before its outcome is known; it changes a row only while tries are left and the
/// time is not up.
///
/// Unscoped: nobody is signed in yet; the token names its row.
pub(crate) fn trying(token_hash: &str, tries: i64, now: i64) -> Statement {
    Statement::new(
        "update host_challenge set tries = tries + 1 \
         where token_hash = ? and tries < ? and expires_at > ?",
    )
    .bind(token_hash)
    .bind(tries)
    .bind(now)
}

/// Whose challenge the token with this hash is, unless its time is up.
///
/// Unscoped: nobody is signed in yet; the token names its row.
pub(crate) async fn user(db: &Db, token_hash: &str, now: i64) -> Result<Option<String>, Fault> {
    let statement = Statement::new(
        "select user_id from host_challenge where token_hash = ? and expires_at > ?",
    );
    db.first::<Whose>(statement.bind(token_hash).bind(now))
        .await
        .map(|row| row.map(|row| row.user_id))
}

#[derive(serde::Deserialize)]
struct Whose {
    user_id: String,
}

/// Ends the challenges of the user `id`.
pub(crate) fn ending(scope: &Scope, id: &str) -> Statement {
    Statement::new(
        "delete from host_challenge where user_id = ? \
           and exists (select 1 from host_user u where u.user_id = ? and {scope})",
    )
    .bind(id)
    .bind(id)
    .scope(scope, "u.organisation_id")
}

/// Forgets challenges whose time is up.
///
/// Unscoped: housekeeping of the whole cockpit.
pub(crate) fn forgetting(now: i64) -> Statement {
    Statement::new("delete from host_challenge where expires_at <= ?").bind(now)
}
