//! Bundles of other cockpits that were sent here.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;

/// Names the statement that changes a bundle, so that a mismatch can be told.
pub const LABEL: &str = "bundle";

/// What became of a release of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its version.
    pub versione: String,
    /// `preso`, `presente`, or why it was refused.
    pub esito: String,
    /// More about it, in the language of who took it in.
    #[serde(default)]
    pub dettaglio: String,
}

/// A bundle.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bundle {
    /// Its id.
    pub bundle_id: String,
    /// The file; gone once everything was taken in.
    pub blob_id: String,
    /// What the file was called.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// Code of its product.
    pub product_code: String,
    /// The key that signed it, base64url.
    pub signer: String,
    /// The thumbprint of that key.
    pub fingerprint: String,
    /// When it was made, unix milliseconds.
    pub made_at: i64,
    /// When its metadata ends, unix milliseconds.
    pub expires_at: i64,
    /// `waiting`, `running`, `done`, `failed`.
    pub state: String,
    /// What became of its releases.
    #[serde(with = "plugin_api::db::json")]
    pub told: Vec<Told>,
    /// The job that takes it in.
    pub job_id: Option<String>,
    /// When it was sent, unix milliseconds.
    pub created_at: i64,
    /// Who sent it.
    pub created_by: String,
    /// When it was taken in, unix milliseconds.
    pub taken_at: Option<i64>,
    /// Raised by each change.
    pub row_version: i64,
}

/// The bundle of this id.
pub async fn get(db: &Db, scope: &Scope, id: &str) -> Result<Option<Bundle>, Fault> {
    let statement = Statement::new(
        "select bundle_id, blob_id, file_name, size, product_code, signer, fingerprint, made_at, \
         expires_at, state, told, job_id, created_at, created_by, taken_at, row_version \
         from update_server_bundle where bundle_id = ? and {scope}",
    );
    db.first(statement.bind(id).scope(scope, OF_VENDOR)).await
}

/// Writes a bundle that waits. Unscoped: bundles are the vendor's.
pub fn insertion(bundle: &Bundle) -> Statement {
    Statement::new(
        "insert into update_server_bundle (bundle_id, blob_id, file_name, size, product_code, signer, \
         fingerprint, made_at, expires_at, state, told, created_at, created_by) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', '[]', ?, ?)",
    )
    .bind(&bundle.bundle_id)
    .bind(&bundle.blob_id)
    .bind(&bundle.file_name)
    .bind(bundle.size)
    .bind(&bundle.product_code)
    .bind(&bundle.signer)
    .bind(&bundle.fingerprint)
    .bind(bundle.made_at)
    .bind(bundle.expires_at)
    .bind(bundle.created_at)
    .bind(&bundle.created_by)
}

/// Lets a job take a bundle in that is still as it was read. Unscoped: it was read in scope.
pub fn running(bundle: &Bundle, job_id: &str) -> Statement {
    Statement::new(
        "update update_server_bundle set state = 'running', job_id = ?, \
         row_version = row_version + 1 where bundle_id = ? and row_version = ?",
    )
    .bind(job_id)
    .bind(&bundle.bundle_id)
    .bind(bundle.row_version)
    .label(LABEL)
    .expect_rows(1)
}

/// Notes what became of a bundle. Unscoped: see [`running`].
pub fn ended(id: &str, state: &str, told: &[Told], now: i64) -> Result<Statement, Fault> {
    let sql = "update update_server_bundle set state = ?, told = ?, taken_at = ?, \
         row_version = row_version + 1 where bundle_id = ?";
    let told = serde_json::to_string(told)?;
    Ok(Statement::new(sql).bind(state).bind(told).bind(now).bind(id))
}
