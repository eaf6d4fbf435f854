//! Keys that sign metadata; their secrets are sealed by the host.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::{Deserialize, Serialize};

use crate::domain::tuf::role::Role;

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The root in force names it.
    Active,
    /// A root that waits for signatures names it.
    Pending,
    /// No root names it any more; its secret is gone.
    Retired,
}

impl State {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Retired => "retired",
        }
    }
}

/// A key of a role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Key {
    /// SHA-256 of its canonical JSON, hex.
    pub key_id: String,
    /// The role it signs.
    pub role: Role,
    /// Hex of the 32 bytes.
    pub public_key: String,
    /// Its secret, sealed, in base64; empty for one that is kept elsewhere.
    pub secret_sealed: String,
    /// Where it stands.
    pub state: State,
    /// When it came, unix milliseconds.
    pub created_at: i64,
    /// When it went, unix milliseconds.
    pub retired_at: Option<i64>,
}

/// Every key of a product, oldest first. Unscoped: metadata is signed for whoever changes what is
/// published; pages ask for a permission of the vendor's people.
pub async fn of_product(db: &Db, product: &str) -> Result<Vec<Key>, Fault> {
    let sql = "select key_id, role, public_key, secret_sealed, state, created_at, retired_at \
               from update_server_key where product_code = ? order by created_at, role, key_id";
    db.all(Statement::new(sql).bind(product)).await
}

/// Adds a key. Unscoped: see [`of_product`].
pub fn insertion(product: &str, key: &Key) -> Statement {
    Statement::new(
        "insert into update_server_key (product_code, key_id, role, public_key, secret_sealed, \
         state, created_at) values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(product)
    .bind(&key.key_id)
    .bind(key.role.name())
    .bind(&key.public_key)
    .bind(&key.secret_sealed)
    .bind(key.state.code())
    .bind(key.created_at)
}

/// The root that named a pending key is in force. Unscoped: see [`of_product`].
pub fn activation(product: &str, key: &Key) -> Statement {
    let sql = "update update_server_key set state = 'active' \
               where product_code = ? and key_id = ? and role = ?";
    one(sql, product, key)
}

/// No root names a key any more: it can never sign again. Unscoped: see [`of_product`].
pub fn retirement(product: &str, key: &Key, now: i64) -> Statement {
    Statement::new(
        "update update_server_key set state = 'retired', secret_sealed = '', retired_at = ? \
         where product_code = ? and key_id = ? and role = ?",
    )
    .bind(now)
    .bind(product)
    .bind(&key.key_id)
    .bind(key.role.name())
}

/// Forgets a key that never came into force. Unscoped: see [`of_product`].
pub fn deletion(product: &str, key: &Key) -> Statement {
    let sql = "delete from update_server_key \
               where product_code = ? and key_id = ? and role = ? and state = 'pending'";
    one(sql, product, key)
}

fn one(sql: &'static str, product: &str, key: &Key) -> Statement {
    Statement::new(sql).bind(product).bind(&key.key_id).bind(key.role.name())
}
