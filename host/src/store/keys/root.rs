//! The root that vouches for signing keys.
//!
//! Unscoped: keys belong to the installation.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// The row of `host_root`.
#[derive(Debug, Clone, Deserialize)]
pub struct RootRow {
    /// RFC 7638 thumbprint of its public key.
    pub kid: String,
    /// The 32 bytes of the public key, base64.
    pub public_key: String,
    /// The sealed private key, base64; none while it is kept somewhere else.
    pub private_sealed: Option<String>,
    /// When it was made, unix milliseconds.
    pub created_at: i64,
    /// When its private half was taken away.
    pub exported_at: Option<i64>,
}

/// The root, if one was made.
pub async fn root(db: &Db) -> Result<Option<RootRow>, Fault> {
    let sql = "select kid, public_key, private_sealed, created_at, exported_at from host_root \
               where name = 'root'";
    db.first(Statement::new(sql)).await
}

/// Writes the root; `Unique` when there is one.
pub async fn insert_root(db: &Db, row: &RootRow) -> Result<(), Fault> {
    let statement = Statement::new(
        "insert into host_root (name, kid, public_key, private_sealed, created_at) \
         values ('root', ?, ?, ?, ?)",
    )
    .bind(&row.kid)
    .bind(&row.public_key)
    .bind(row.private_sealed.clone())
    .bind(row.created_at);
    db.execute(statement).await.map(drop)
}

/// Forgets the private half, which is kept somewhere else from now on.
pub fn give_away_root(kid: &str, now: i64) -> Statement {
    Statement::new(
        "update host_root set private_sealed = null, exported_at = ? \
         where kid = ? and private_sealed is not null",
    )
    .bind(now)
    .bind(kid)
    .expect_rows(1)
    .label(super::CHANGED)
}

/// Keeps the private half here again.
pub fn take_back_root(kid: &str, private_sealed: &str) -> Statement {
    Statement::new(
        "update host_root set private_sealed = ?, exported_at = null \
         where kid = ? and private_sealed is null",
    )
    .bind(private_sealed)
    .bind(kid)
    .expect_rows(1)
    .label(super::CHANGED)
}
