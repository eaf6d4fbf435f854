//! Signing keys, sealed, the root that vouches for them, and what seals them all.
//!
//! Unscoped: keys belong to the installation.

mod master;
mod root;

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

pub use master::{insert_proof, keep_master, master, proof};
pub use root::{RootRow, give_away_root, insert_root, root, take_back_root};

/// A row of `host_key`.
#[derive(Debug, Clone, Deserialize)]
pub struct KeyRow {
    /// Its id.
    pub key_id: String,
    /// RFC 7638 thumbprint of the public key.
    pub kid: String,
    /// Whose tokens it signs.
    pub plugin: String,
    /// Header `typ` of the tokens it signs.
    pub typ: String,
    /// The 32 bytes of the public key, base64.
    pub public_key: String,
    /// The sealed private key, base64.
    pub private_sealed: String,
    /// Whether it signs, only verifies, or neither.
    pub state: KeyState,
    /// What the root says of it: a token of the type `cockpit-key+jwt`.
    pub certificate: Option<String>,
    /// When it was made, unix milliseconds.
    pub created_at: i64,
    /// When another took its place.
    pub retired_at: Option<i64>,
    /// When it was taken back.
    pub revoked_at: Option<i64>,
    /// Why.
    pub revoked_for: Option<String>,
}

/// What a key is still good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// Signs and verifies.
    Active,
    /// Verifies what is out.
    Retired,
    /// Nothing it signed counts any more.
    Revoked,
}

const COLUMNS: &str = "key_id, kid, plugin, typ, public_key, private_sealed, state, certificate, \
    created_at, retired_at, revoked_at, revoked_for";

/// Every key, oldest first.
pub async fn all(db: &Db) -> Result<Vec<KeyRow>, Fault> {
    db.all(Statement::new(format!("select {COLUMNS} from host_key order by created_at, key_id")))
        .await
}

/// The key that signs tokens of `typ` for `plugin`.
pub async fn active(db: &Db, plugin: &str, typ: &str) -> Result<Option<KeyRow>, Fault> {
    let sql = format!("select {COLUMNS} from host_key where active_for = ?");
    db.first(Statement::new(sql).bind(active_for(plugin, typ))).await
}

/// Adds an active key; `Unique` on `active_for` when the plugin has one for this type already.
pub fn insertion(row: &KeyRow) -> Statement {
    Statement::new(
        "insert into host_key (key_id, kid, plugin, typ, public_key, private_sealed, state,
         active_for, certificate, created_at, changed_at) values (?, ?, ?, ?, ?, ?, 'active', ?, ?,
         ?, ?)",
    )
    .bind(&row.key_id)
    .bind(&row.kid)
    .bind(&row.plugin)
    .bind(&row.typ)
    .bind(&row.public_key)
    .bind(&row.private_sealed)
    .bind(active_for(&row.plugin, &row.typ))
    .bind(row.certificate.clone())
    .bind(row.created_at)
    .bind(row.created_at)
}

/// Keeps what the root says of a key.
pub fn certification(kid: &str, certificate: &str, now: i64) -> Statement {
    Statement::new("update host_key set certificate = ?, changed_at = ? where kid = ?")
        .bind(certificate)
        .bind(now)
        .bind(kid)
}

/// Lets a key only verify from now on; changes one row, or none if it is not the active one.
pub fn retirement(kid: &str, now: i64) -> Statement {
    Statement::new(
        "update host_key set state = 'retired', active_for = null, retired_at = ?, changed_at = ? \
         where kid = ? and state = 'active'",
    )
    .bind(now)
    .bind(now)
    .bind(kid)
    .expect_rows(1)
    .label(CHANGED)
}

/// Takes a key back: nothing it signed counts any more. Changes one row, or none if it was before.
pub fn revocation(kid: &str, reason: &str, now: i64) -> Statement {
    Statement::new(
        "update host_key set state = 'revoked', active_for = null, revoked_at = ?, \
         revoked_for = ?, changed_at = ? where kid = ? and state <> 'revoked'",
    )
    .bind(now)
    .bind(reason)
    .bind(now)
    .bind(kid)
    .expect_rows(1)
    .label(CHANGED)
}

/// Label of a statement that finds no row when somebody else changed the key before.
pub const CHANGED: &str = "key";

/// What tells that keys have changed: how many there are, and when each was changed, added up.
pub async fn edition(db: &Db) -> Result<(i64, i64), Fault> {
    #[derive(Deserialize)]
    struct Edition {
        present: i64,
        changed: Option<i64>,
    }
    let sql =
        "select count(*) as present, cast(sum(changed_at) as signed) as changed from host_key";
    let edition: Option<Edition> = db.first(Statement::new(sql)).await?;
    Ok(edition.map_or((0, 0), |edition| (edition.present, edition.changed.unwrap_or_default())))
}

fn active_for(plugin: &str, typ: &str) -> String {
    format!("{plugin} {typ}")
}
