//! API tokens: what software signs in with.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::role_permissions::REVISION;
use super::totp::owes;
use super::users::bearing;

/// What a token says about who is asking; no `Debug`, because it holds a hash.
#[derive(Clone, Deserialize)]
pub struct Bearer {
    /// The token.
    pub token_id: String,
    /// What its owner calls it.
    pub name: String,
    /// SHA-256 of its secret, hexadecimal.
    pub secret_hash: String,
    /// The permissions it was given, a JSON array; none for all of its owner's.
    pub permissions: Option<String>,
    /// When it was last used, unix milliseconds.
    pub used_at: Option<i64>,
    /// The node it is confined to; none for all its owner sees.
    pub branch_id: Option<String>,
    /// The path of that node; none when it is gone.
    pub branch_path: Option<String>,
    /// Its owner.
    pub user_id: String,
    /// His language: `en`, `it` or empty.
    pub language: String,
    /// His node.
    pub organisation_id: String,
    /// The path of his node.
    pub path: String,
    /// His roles, separated by commas.
    pub roles: Option<String>,
    /// The number of the last edit of roles.
    pub role_revision: i64,
    /// Whether its owner must set up a second factor before anything else.
    pub owes_second_factor: bool,
}

/// The token that begins with `prefix` and has this secret, unless it was revoked, has expired or
/// its owner is barred. A wrong secret finds no row, as an unknown prefix does, so that both take
/// the same time.
pub async fn bearer(
    db: &Db,
    scope: &Scope,
    (prefix, secret_hash): (&str, &str),
    now: i64,
) -> Result<Option<Bearer>, Fault> {
    let statement = Statement::new(bearing(
        &format!(
            "s.token_id, s.name, s.secret_hash, s.permissions, s.used_at, s.branch_id, \
           (select b.path from host_organisation b where b.organisation_id = s.branch_id) \
             as branch_path, {REVISION}, {}",
            owes()
        ),
        "host_api_token",
        "s.prefix = ? and s.secret_hash = ? and s.revoked_at is null \
           and (s.expires_at is null or s.expires_at > ?)",
    ))
    .bind(prefix)
    .bind(secret_hash)
    .bind(now)
    .scope(scope, "u.organisation_id");
    db.first(statement).await
}

/// A token to be kept.
pub struct Insertion<'a> {
    /// Its id.
    pub token_id: &'a str,
    /// Its owner.
    pub user_id: &'a str,
    /// What he calls it.
    pub name: &'a str,
    /// How it begins.
    pub prefix: &'a str,
    /// SHA-256 of its secret, hexadecimal.
    pub secret_hash: &'a str,
    /// A JSON array; none for all of its owner's.
    pub permissions: Option<String>,
    /// Unix milliseconds.
    pub now: i64,
    /// Unix milliseconds; none for never.
    pub expires_at: Option<i64>,
    /// The node it is confined to; none for all its owner sees.
    pub branch_id: Option<&'a str>,
}

/// Keeps a token of a user in `scope`.
pub fn insertion(scope: &Scope, token: &Insertion<'_>) -> Statement {
    Statement::new(
        "insert into host_api_token (token_id, organisation_id, user_id, name, prefix, \
           secret_hash, permissions, created_at, expires_at, branch_id) \
         select ?, organisation_id, user_id, ?, ?, ?, ?, ?, ?, ? from host_user \
         where user_id = ? and {scope}",
    )
    .bind(token.token_id)
    .bind(token.name)
    .bind(token.prefix)
    .bind(token.secret_hash)
    .bind(token.permissions.clone())
    .bind(token.now)
    .bind(token.expires_at)
    .bind(token.branch_id)
    .bind(token.user_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("token")
}

/// Notes that the token `id` was used.
pub fn used(scope: &Scope, id: &str, now: i64, address: &str) -> Statement {
    Statement::new(
        "update host_api_token set used_at = ?, used_address = ? where token_id = ? and {scope}",
    )
    .bind(now)
    .bind(address)
    .bind(id)
    .scope(scope, "organisation_id")
}

/// Ends the token `id` of a user.
pub fn revoking(scope: &Scope, user_id: &str, id: &str, now: i64) -> Statement {
    Statement::new(
        "update host_api_token set revoked_at = ? \
         where token_id = ? and user_id = ? and revoked_at is null and {scope}",
    )
    .bind(now)
    .bind(id)
    .bind(user_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("token")
}

/// A token as its owner sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct TokenRow {
    /// Its id.
    pub token_id: String,
    /// What he calls it.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// Since when, unix milliseconds.
    pub created_at: i64,
    /// Until when, unix milliseconds; none for ever.
    pub expires_at: Option<i64>,
    /// When it was last used, unix milliseconds.
    pub used_at: Option<i64>,
    /// From where that was.
    pub used_address: String,
    /// The permissions it was given, a JSON array; none for all of its owner's.
    pub permissions: Option<String>,
    /// The node it is confined to; none for all its owner sees.
    pub branch_id: Option<String>,
    /// What that node is called.
    pub branch_name: Option<String>,
}

impl TokenRow {
    /// The permissions it was given; none for all of its owner's.
    pub fn permissions(&self) -> Option<Vec<String>> {
        let given = self.permissions.as_deref()?;
        Some(serde_json::from_str(given).unwrap_or_default())
    }
}

/// The tokens of a user that were not revoked, newest first.
pub async fn of_user(db: &Db, scope: &Scope, user_id: &str) -> Result<Vec<TokenRow>, Fault> {
    let statement = Statement::new(
        "select t.token_id, t.name, t.prefix, t.created_at, t.expires_at, t.used_at, \
           t.used_address, t.permissions, t.branch_id, b.name as branch_name \
         from host_api_token t left join host_organisation b on b.organisation_id = t.branch_id \
         where t.user_id = ? and t.revoked_at is null and {scope} \
         order by t.created_at desc, t.token_id desc limit 200",
    );
    db.all(statement.bind(user_id).scope(scope, "t.organisation_id")).await
}
