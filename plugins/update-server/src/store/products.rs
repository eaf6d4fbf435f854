//! Products: who may have their updates, and what guards them.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;

/// Names the statement that changes a product, so that a mismatch can be told.
pub const LABEL: &str = "product";

/// Who may have the updates of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Anybody.
    Public,
    /// Who has a licence.
    Licensed,
    /// Nobody.
    Closed,
}

impl Access {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Public, Self::Licensed, Self::Closed];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Licensed => "licensed",
            Self::Closed => "closed",
        }
    }

    /// Reads what is stored.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.code() == code)
    }
}

/// What the update server knows of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its code in the catalogue of licences.
    pub product_code: String,
    /// Who may have its updates.
    pub access: Access,
    /// Public keys that minisign signatures must be of, one a line; empty for none.
    pub minisign_key: String,
    /// Public Ed25519 key of Sparkle, base64; empty for none.
    pub sparkle_key: String,
    /// Mixed into the place of an installation in rollouts, hex.
    #[serde(skip_serializing)]
    pub seed: String,
    /// A rollout stops when more than this share fails, percent.
    pub stop_percent: i64,
    /// It takes this many outcomes before a rollout stops by itself.
    pub stop_minimum: i64,
    /// Version of the signed metadata.
    #[serde(skip_serializing)]
    pub metadata_version: i64,
    /// Raised by each change, for `ETag`.
    #[serde(skip_serializing)]
    pub version: i64,
}

const COLUMNS: &str = "select product_code, access, minisign_key, sparkle_key, seed, stop_percent, \
    stop_minimum, metadata_version, version from update_server_product";

/// The product of this code.
pub async fn get(db: &Db, scope: &Scope, code: &str) -> Result<Option<Product>, Fault> {
    let statement = Statement::new(format!("{COLUMNS} where product_code = ? and {{scope}}"));
    db.first(statement.bind(code).scope(scope, OF_VENDOR)).await
}

/// The product of this code. Unscoped: clients ask for it, who have no branch; what they may have is
/// decided by their entitlement.
pub async fn known(db: &Db, code: &str) -> Result<Option<Product>, Fault> {
    db.first(Statement::new(format!("{COLUMNS} where product_code = ?")).bind(code)).await
}

/// Every product, by code.
pub async fn all(db: &Db, scope: &Scope) -> Result<Vec<Product>, Fault> {
    let statement = Statement::new(format!("{COLUMNS} where {{scope}} order by product_code"));
    db.all(statement.scope(scope, OF_VENDOR)).await
}

/// Writes a new product. Unscoped: products are the vendor's.
pub fn insertion(product: &Product, now: i64) -> Statement {
    Statement::new(
        "insert into update_server_product (product_code, access, minisign_key, sparkle_key, seed, \
         stop_percent, stop_minimum, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&product.product_code)
    .bind(product.access.code())
    .bind(&product.minisign_key)
    .bind(&product.sparkle_key)
    .bind(&product.seed)
    .bind(product.stop_percent)
    .bind(product.stop_minimum)
    .bind(now)
}

/// Changes the settings of a product that is still of the version it was read with. Unscoped: it was
/// read in scope.
pub fn update(product: &Product) -> Statement {
    Statement::new(
        "update update_server_product set access = ?, minisign_key = ?, sparkle_key = ?, \
         stop_percent = ?, stop_minimum = ?, version = version + 1 \
         where product_code = ? and version = ?",
    )
    .bind(product.access.code())
    .bind(&product.minisign_key)
    .bind(&product.sparkle_key)
    .bind(product.stop_percent)
    .bind(product.stop_minimum)
    .bind(&product.product_code)
    .bind(product.version)
    .label(LABEL)
    .expect_rows(1)
}
