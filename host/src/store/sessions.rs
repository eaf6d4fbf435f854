//! Who is signed in where; the token itself is kept by the browser alone.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::role_permissions::REVISION;
use super::totp::owes;
use super::users::bearing;

/// What a session says about who is asking.
#[derive(Debug, Clone, Deserialize)]
pub struct Bearer {
    /// The session.
    pub session_id: String,
    /// When it was last used, unix milliseconds.
    pub seen_at: i64,
    /// Whose it is.
    pub user_id: String,
    /// His name.
    pub name: String,
    /// `en`, `it` or empty.
    pub language: String,
    /// His node.
    pub organisation_id: String,
    /// The path of his node.
    pub path: String,
    /// His roles, separated by commas.
    pub roles: Option<String>,
    /// The number of the last edit of roles.
    pub role_revision: i64,
    /// Whether he must set up a second factor before anything else.
    pub owes_second_factor: bool,
}

/// Whose session the token with this hash is, unless it has ended or he may not sign in any more.
pub async fn bearer(
    db: &Db,
    scope: &Scope,
    token_hash: &str,
    now: i64,
    idle: i64,
) -> Result<Option<Bearer>, Fault> {
    let statement = Statement::new(bearing(
        &format!("s.session_id, s.seen_at, u.name, {REVISION}, {}", owes()),
        "host_session",
        "s.token_hash = ? and s.expires_at > ? and s.seen_at > ?",
    ))
    .bind(token_hash)
    .bind(now)
    .bind(now - idle)
    .scope(scope, "u.organisation_id");
    db.first(statement).await
}

/// A session to be begun.
pub struct Insertion<'a> {
    /// Its id.
    pub session_id: &'a str,
    /// Whose it is.
    pub user_id: &'a str,
    /// SHA-256 of its token, hexadecimal.
    pub token_hash: &'a str,
    /// Unix milliseconds.
    pub now: i64,
    /// When it ends in any case, unix milliseconds.
    pub expires_at: i64,
    /// From where.
    pub address: &'a str,
    /// With what.
    pub agent: &'a str,
}

/// Begins a session of a user in `scope`.
pub fn insertion(scope: &Scope, session: &Insertion<'_>) -> Statement {
    Statement::new(
        "insert into host_session (session_id, organisation_id, user_id, token_hash, \
           created_at, seen_at, expires_at, address, agent) \
         select ?, organisation_id, user_id, ?, ?, ?, ?, ?, ? from host_user \
         where user_id = ? and {scope}",
    )
    .bind(session.session_id)
    .bind(session.token_hash)
    .bind(session.now)
    .bind(session.now)
    .bind(session.expires_at)
    .bind(session.address)
    .bind(session.agent)
    .bind(session.user_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("session")
}

/// Notes that the session `id` was used.
pub fn seen(scope: &Scope, id: &str, now: i64) -> Statement {
    Statement::new("update host_session set seen_at = ? where session_id = ? and {scope}")
        .bind(now)
        .bind(id)
        .scope(scope, "organisation_id")
}

/// Ends the session whose token has this hash.
pub fn ending(scope: &Scope, token_hash: &str) -> Statement {
    Statement::new("delete from host_session where token_hash = ? and {scope}")
        .bind(token_hash)
        .scope(scope, "organisation_id")
}

/// Ends the session `id` of a user.
pub fn ending_one(scope: &Scope, user_id: &str, id: &str) -> Statement {
    Statement::new("delete from host_session where user_id = ? and session_id = ? and {scope}")
        .bind(user_id)
        .bind(id)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label("session")
}

/// Whether the user `id` holds what he signs in with: the rule of sessions and tokens alike.
pub async fn is_admitted(db: &Db, scope: &Scope, id: &str) -> Result<bool, Fault> {
    let sql = bearing("u.name", "host_user", "s.user_id = ?");
    let statement = Statement::new(sql).bind(id).scope(scope, "u.organisation_id");
    Ok(!db.rows(statement).await?.is_empty())
}

/// Ends the sessions of a user, except the one whose token has the hash `kept` (empty: all).
pub fn ending_others(scope: &Scope, user_id: &str, kept: &str) -> Statement {
    Statement::new("delete from host_session where user_id = ? and token_hash <> ? and {scope}")
        .bind(user_id)
        .bind(kept)
        .scope(scope, "organisation_id")
}

/// Forgets the sessions of a user that ended by themselves.
pub fn forgetting(scope: &Scope, user_id: &str, now: i64) -> Statement {
    Statement::new("delete from host_session where user_id = ? and expires_at <= ? and {scope}")
        .bind(user_id)
        .bind(now)
        .scope(scope, "organisation_id")
}

/// A session as its owner sees it; no `Debug`, because it holds a hash.
#[derive(Clone, Deserialize)]
pub struct SessionRow {
    /// Its id.
    pub session_id: String,
    /// SHA-256 of its token, hexadecimal; never shown.
    pub token_hash: String,
    /// Since when, unix milliseconds.
    pub created_at: i64,
    /// When it was last used, unix milliseconds.
    pub seen_at: i64,
    /// From where.
    pub address: String,
    /// With what.
    pub agent: String,
}

/// The sessions of a user that have not ended, last used first.
pub async fn of_user(
    db: &Db,
    scope: &Scope,
    user_id: &str,
    now: i64,
    idle: i64,
) -> Result<Vec<SessionRow>, Fault> {
    let statement = Statement::new(
        "select session_id, token_hash, created_at, seen_at, address, agent from host_session \
         where user_id = ? and expires_at > ? and seen_at > ? and {scope} \
         order by seen_at desc limit 50",
    )
    .bind(user_id)
    .bind(now)
    .bind(now - idle)
    .scope(scope, "organisation_id");
    db.all(statement).await
}
