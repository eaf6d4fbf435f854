//! Who comes in with the tokens of which issuer, and which tokens were used.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The user who comes in as `subject` of `issuer`.
pub(crate) async fn user_of(
    db: &Db,
    scope: &Scope,
    issuer: &str,
    subject: &str,
) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        user_id: String,
    }
    let statement = Statement::new(
        "select u.user_id from host_sso_identity i join host_user u on u.user_id = i.user_id \
         where i.issuer = ? and i.subject = ? and {scope}",
    )
    .bind(issuer)
    .bind(subject)
    .scope(scope, "u.organisation_id");
    Ok(db.first::<Row>(statement).await?.map(|row| row.user_id))
}

/// Whether the user comes in with tokens of `issuer`, as whomever.
pub(crate) async fn is_linked(
    db: &Db,
    scope: &Scope,
    issuer: &str,
    user_id: &str,
) -> Result<bool, Fault> {
    let statement = Statement::new(
        "select count(*) from host_sso_identity i join host_user u on u.user_id = i.user_id \
         where i.issuer = ? and i.user_id = ? and {scope}",
    );
    let statement = statement.bind(issuer).bind(user_id).scope(scope, "u.organisation_id");
    Ok(db.scalar(statement).await? > 0)
}

/// Lets the user, already written, come in as `subject` of `issuer`.
pub(crate) fn linking(
    scope: &Scope,
    issuer: &str,
    subject: &str,
    user_id: &str,
    now: i64,
) -> Statement {
    Statement::new(
        "insert into host_sso_identity (issuer, subject, user_id, linked_at) \
         select ?, ?, user_id, ? from host_user where user_id = ? and {scope}",
    )
    .bind(issuer)
    .bind(subject)
    .bind(now)
    .bind(user_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("identity")
}

/// Notes that a token is used; a second time its primary key clashes. `expires_at`, unix
/// milliseconds: from then on it would be refused anyway.
///
/// Unscoped: a token is used once in the whole installation.
pub(crate) fn spending(token_hash: &str, expires_at: i64) -> Statement {
    Statement::new("insert into host_sso_token (token_hash, expires_at) values (?, ?)")
        .bind(token_hash)
        .bind(expires_at)
}

/// Forgets tokens that ended before `before`.
///
/// Unscoped: housekeeping of the whole installation.
pub(crate) fn purge(before: i64) -> Statement {
    Statement::new("delete from host_sso_token where expires_at < ?").bind(before)
}
