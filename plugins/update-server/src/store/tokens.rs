//! The addresses at which licences find updates: each is known by the keyed hash of the secret in it.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Names the statements that make or end an address, so that a mismatch can be told.
pub const LABEL: &str = "token";
/// An address is noted as used at most once within so many milliseconds.
const TOUCH: i64 = 600_000;

/// An address of a licence. Instants are unix milliseconds.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Token {
    /// Its id.
    pub token_id: String,
    /// The secret, sealed, base64.
    pub token_sealed: String,
    /// Code of the product.
    pub product_code: String,
    /// The licence.
    pub licence_id: String,
    /// The customer's own node.
    pub organisation_id: String,
    /// The customer.
    pub account_id: String,
    /// For people.
    pub note: String,
    /// When it was made.
    pub created_at: i64,
    /// Who made it.
    pub created_by: String,
    /// From when on it leads nowhere; it may lie ahead, after an exchange.
    pub revoked_at: Option<i64>,
    /// Who revoked it.
    pub revoked_by: String,
    /// When it was last asked, to ten minutes.
    pub last_used_at: Option<i64>,
}

/// It holds a secret, if a sealed one.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("token_id", &self.token_id).finish_non_exhaustive()
    }
}

impl Token {
    /// Whether it still leads somewhere at `now`.
    pub fn holds(&self, now: i64) -> bool {
        self.revoked_at.is_none_or(|end| now < end)
    }
}

const COLUMNS: &str = "select token_id, token_sealed, product_code, licence_id, organisation_id, \
    account_id, note, created_at, created_by, revoked_at, revoked_by, last_used_at \
    from update_server_token";

/// The address of this id.
pub async fn get(db: &Db, scope: &Scope, id: &str) -> Result<Option<Token>, Fault> {
    let statement = Statement::new(format!("{COLUMNS} where token_id = ? and {{scope}}"));
    db.first(statement.bind(id).scope(scope, "organisation_id")).await
}

/// The address a licence has; one that was exchanged and ends later is not it.
pub async fn of_licence(db: &Db, scope: &Scope, licence_id: &str) -> Result<Option<Token>, Fault> {
    let sql = format!("{COLUMNS} where licence_id = ? and revoked_at is null and {{scope}}");
    db.first(Statement::new(sql).bind(licence_id).scope(scope, "organisation_id")).await
}

/// The address with this keyed hash. Unscoped: who knows the secret has it.
pub async fn by_mac(db: &Db, mac: &str) -> Result<Option<Token>, Fault> {
    db.first(Statement::new(format!("{COLUMNS} where token_mac = ?")).bind(mac)).await
}

/// Writes an address, unless its licence has one. Unscoped: the licence was read in scope.
pub fn insertion(token: &Token, mac: &str) -> Statement {
    Statement::new(
        "insert into update_server_token (token_id, token_mac, token_sealed, product_code, \
         licence_id, organisation_id, account_id, note, created_at, created_by) \
         select ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from (select 1 as one) as this where not exists \
         (select 1 from update_server_token t where t.licence_id = ? and t.revoked_at is null)",
    )
    .bind(&token.token_id)
    .bind(mac)
    .bind(&token.token_sealed)
    .bind(&token.product_code)
    .bind(&token.licence_id)
    .bind(&token.organisation_id)
    .bind(&token.account_id)
    .bind(&token.note)
    .bind(token.created_at)
    .bind(&token.created_by)
    .bind(&token.licence_id)
    .label(LABEL)
    .expect_rows(1)
}

/// Ends an address at `end`, unless it was ended before.
pub fn revocation(scope: &Scope, token: &Token, end: i64, by: &str) -> Statement {
    Statement::new(
        "update update_server_token set revoked_at = ?, revoked_by = ? \
         where token_id = ? and revoked_at is null and {scope}",
    )
    .bind(end)
    .bind(by)
    .bind(&token.token_id)
    .scope(scope, "organisation_id")
    .label(LABEL)
    .expect_rows(1)
}

/// Ends at `now` what was exchanged and would have led somewhere for longer.
pub fn cutting_short(scope: &Scope, token: &Token, now: i64, by: &str) -> Statement {
    Statement::new(
        "update update_server_token set revoked_at = ?, revoked_by = ? \
         where token_id = ? and revoked_at > ? and {scope}",
    )
    .bind(now)
    .bind(by)
    .bind(&token.token_id)
    .bind(now)
    .scope(scope, "organisation_id")
    .label(LABEL)
    .expect_rows(1)
}

/// Notes that an address was used and whose its licence is by now; none if there is nothing new.
/// Unscoped: who knows the secret asked.
pub fn touching(
    token: &Token,
    (organisation, account): (&str, &str),
    now: i64,
) -> Option<Statement> {
    let moved = token.organisation_id != organisation || token.account_id != account;
    let is_old = token.last_used_at.is_none_or(|last| now - last >= TOUCH);
    (moved || is_old).then(|| {
        Statement::new(
            "update update_server_token set last_used_at = ?, organisation_id = ?, account_id = ? \
             where token_id = ?",
        )
        .bind(now)
        .bind(organisation)
        .bind(account)
        .bind(&token.token_id)
    })
}

/// Gives everything of one customer to another. Unscoped: the event that says so is the host's.
pub fn handing_over(from: (&str, &str), into: (&str, &str)) -> Batch {
    let ((from_node, from_account), (node, account)) = (from, into);
    let rows = |table: &str| {
        let sql = format!("update {table} set organisation_id = ? where organisation_id = ?");
        Statement::new(sql).bind(node).bind(from_node)
    };
    let accounts =
        Statement::new("update update_server_token set account_id = ? where account_id = ?")
            .bind(account)
            .bind(from_account);
    [
        "update_server_token",
        "update_server_client",
        "update_server_outcome",
        "update_server_download",
    ]
    .into_iter()
    .fold(Batch::new().and(accounts), |batch, table| batch.and(rows(table)))
}
