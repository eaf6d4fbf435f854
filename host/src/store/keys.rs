//! Signing keys, sealed, and the proof of the key that seals them.
//!
//! Unscoped: keys belong to the installation.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

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

const COLUMNS: &str = "key_id, kid, plugin, typ, public_key, private_sealed, state";

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
pub async fn insert(db: &Db, row: &KeyRow, now: i64) -> Result<(), Fault> {
    let statement = Statement::new(
        "insert into host_key (key_id, kid, plugin, typ, public_key, private_sealed, state,
         active_for, created_at) values (?, ?, ?, ?, ?, ?, 'active', ?, ?)",
    )
    .bind(&row.key_id)
    .bind(&row.kid)
    .bind(&row.plugin)
    .bind(&row.typ)
    .bind(&row.public_key)
    .bind(&row.private_sealed)
    .bind(active_for(&row.plugin, &row.typ))
    .bind(now);
    db.execute(statement).await.map(drop)
}

/// The proof of the key-encryption key this database was made with.
pub async fn proof(db: &Db) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Proof {
        proof: String,
    }
    let statement = Statement::new("select proof from host_key_proof where name = 'kek'");
    Ok(db.first::<Proof>(statement).await?.map(|row| row.proof))
}

/// Leaves the proof; `Unique` when there is one.
pub async fn insert_proof(db: &Db, proof: &str, now: i64) -> Result<(), Fault> {
    let statement =
        Statement::new("insert into host_key_proof (name, proof, created_at) values ('kek', ?, ?)")
            .bind(proof)
            .bind(now);
    db.execute(statement).await.map(drop)
}

fn active_for(plugin: &str, typ: &str) -> String {
    format!("{plugin} {typ}")
}
