//! Second factors: the sealed secret of an app, and recovery codes for who lost it.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::roles::reaching;

/// The column that tells whether somebody, the user `u` of a select whose node is `o`, must set up a
/// second factor before anything else: a role that counts for him demands one and he has none.
pub(super) fn owes() -> String {
    format!(
        "(exists (select 1 from host_user_role r join host_role h on h.role_id = r.role_id \
           where r.user_id = u.user_id and h.totp_required = 1 and {}) \
         and not exists (select 1 from host_totp t where t.user_id = u.user_id \
           and t.confirmed_at is not null)) as owes_second_factor",
        reaching("o.path")
    )
}

/// These rows follow their user, wherever he is moved.
const OF_USER: &str =
    "exists (select 1 from host_user u where u.user_id = ? and {scope}) and user_id = ?";

fn of_user(scope: &Scope, text: &str, id: &str) -> Statement {
    let sql = text.replace("{of_user}", OF_USER);
    Statement::new(sql).bind(id).bind(id).scope(scope, "u.organisation_id")
}

/// The app of a user; no `Debug`, because of the secret.
#[derive(Clone, Deserialize)]
pub(crate) struct TotpRow {
    /// The secret, sealed, as base64.
    pub(crate) sealed: String,
    /// Since when it counts, unix milliseconds; none while it is being set up.
    pub(crate) confirmed_at: Option<i64>,
}

/// The app of the user `id`, confirmed or not.
pub(crate) async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<TotpRow>, Fault> {
    db.first(of_user(scope, "select sealed, confirmed_at from host_totp where {of_user}", id)).await
}

/// Keeps the secret of an app that is being set up; a confirmed one is a `Unique` fault.
pub(crate) fn insertion(scope: &Scope, id: &str, sealed: &str, now: i64) -> Statement {
    Statement::new(
        "insert into host_totp (user_id, sealed, last_step, created_at) \
         select u.user_id, ?, 0, ? from host_user u where u.user_id = ? and {scope}",
    )
    .bind(sealed)
    .bind(now)
    .bind(id)
    .scope(scope, "u.organisation_id")
    .expect_rows(1)
    .label("totp")
}

/// Gives up an app that was never confirmed.
pub(crate) fn abandoning(scope: &Scope, id: &str) -> Statement {
    of_user(scope, "delete from host_totp where {of_user} and confirmed_at is null", id)
}

/// Makes the app count from now on; `step` is used up.
pub(crate) fn confirming(scope: &Scope, id: &str, step: i64, now: i64) -> Statement {
    Statement::new(
        "update host_totp set confirmed_at = ?, last_step = ? \
         where user_id = ? and confirmed_at is null and last_step < ? \
           and exists (select 1 from host_user u where u.user_id = ? and {scope})",
    )
    .bind(now)
    .bind(step)
    .bind(id)
    .bind(step)
    .bind(id)
    .scope(scope, "u.organisation_id")
    .expect_rows(1)
    .label("totp")
}

/// Uses up a step: it changes a row only when no such step or a later one was used before, so the
/// code of a step works once, and nobody who read it over a shoulder uses an older one.
pub(crate) fn using_step(scope: &Scope, id: &str, step: i64) -> Statement {
    Statement::new(
        "update host_totp set last_step = ? \
         where user_id = ? and confirmed_at is not null and last_step < ? \
           and exists (select 1 from host_user u where u.user_id = ? and {scope})",
    )
    .bind(step)
    .bind(id)
    .bind(step)
    .bind(id)
    .scope(scope, "u.organisation_id")
}

/// Takes the app from the user `id`.
pub(crate) fn removing(scope: &Scope, id: &str) -> Statement {
    of_user(scope, "delete from host_totp where {of_user}", id)
}

/// Keeps a recovery code of the user `id`.
pub(crate) fn adding_code(scope: &Scope, id: &str, code_hash: &str, now: i64) -> Statement {
    Statement::new(
        "insert into host_recovery_code (user_id, code_hash, created_at) \
         select u.user_id, ?, ? from host_user u where u.user_id = ? and {scope}",
    )
    .bind(code_hash)
    .bind(now)
    .bind(id)
    .scope(scope, "u.organisation_id")
    .expect_rows(1)
    .label("code")
}

/// Uses up a recovery code; it changes a row only the first time.
pub(crate) fn using_code(scope: &Scope, id: &str, code_hash: &str, now: i64) -> Statement {
    Statement::new(
        "update host_recovery_code set used_at = ? \
         where user_id = ? and code_hash = ? and used_at is null \
           and exists (select 1 from host_user u where u.user_id = ? and {scope})",
    )
    .bind(now)
    .bind(id)
    .bind(code_hash)
    .bind(id)
    .scope(scope, "u.organisation_id")
}

/// Takes every recovery code from the user `id`.
pub(crate) fn removing_codes(scope: &Scope, id: &str) -> Statement {
    of_user(scope, "delete from host_recovery_code where {of_user}", id)
}

/// How many recovery codes the user `id` has left.
pub(crate) async fn codes_left(db: &Db, scope: &Scope, id: &str) -> Result<i64, Fault> {
    let sql = "select count(*) from host_recovery_code where {of_user} and used_at is null";
    db.scalar(of_user(scope, sql, id)).await
}
