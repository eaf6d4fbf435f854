//! What installations said of updates they tried.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// What an installation said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its id.
    pub outcome_id: String,
    /// Code of the product.
    pub product_code: String,
    /// The release it tried.
    pub release_id: String,
    /// Keyed hash of the installation.
    pub client: String,
    /// The customer's own node; the vendor's without a licence.
    pub organisation_id: String,
    /// When, unix milliseconds.
    pub at: i64,
    /// What it ran before; empty if it did not say.
    pub from_version: String,
    /// Whether it worked.
    pub succeeded: bool,
    /// What went wrong; empty if nothing.
    pub error: String,
}

#[derive(Deserialize)]
struct Said {
    succeeded: i64,
}

/// What an installation said of a release before, if it did: whether it worked. Unscoped: it asks about
/// itself.
pub async fn before(db: &Db, release_id: &str, client: &str) -> Result<Option<bool>, Fault> {
    let sql = "select succeeded from update_server_outcome where release_id = ? and client = ?";
    let said: Option<Said> = db.first(Statement::new(sql).bind(release_id).bind(client)).await?;
    Ok(said.map(|said| said.succeeded != 0))
}

/// Writes what an installation says of a release for the first time; twice violates a unique key.
/// Unscoped: it says it of itself.
pub fn insertion(outcome: &Outcome) -> Statement {
    Statement::new(
        "insert into update_server_outcome (outcome_id, product_code, release_id, client, \
         organisation_id, at, from_version, succeeded, error) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&outcome.outcome_id)
    .bind(&outcome.product_code)
    .bind(&outcome.release_id)
    .bind(&outcome.client)
    .bind(&outcome.organisation_id)
    .bind(outcome.at)
    .bind(&outcome.from_version)
    .bind(outcome.succeeded)
    .bind(&outcome.error)
}

/// Writes that an update worked in the end that had failed before. Unscoped: as before.
pub fn correction(outcome: &Outcome) -> Statement {
    Statement::new(
        "update update_server_outcome set succeeded = 1, error = '', at = ? \
         where release_id = ? and client = ? and succeeded = 0",
    )
    .bind(outcome.at)
    .bind(&outcome.release_id)
    .bind(&outcome.client)
    .label("outcome")
    .expect_rows(1)
}

/// Counts an outcome in the rollout of a release in a channel that still goes on; `failed` may be
/// negative, where it worked in the end. Its version stays: who steers it meanwhile is not in the way.
/// Unscoped: as before.
pub fn counting(release_id: &str, channel: &str, (succeeded, failed): (i64, i64)) -> Statement {
    Statement::new(
        "update update_server_rollout set succeeded = succeeded + ?, failed = failed + ? \
         where release_id = ? and channel = ? and state in ('running', 'paused')",
    )
    .bind(succeeded)
    .bind(failed)
    .bind(release_id)
    .bind(channel)
}

/// Forgets what was said before `before`. Unscoped: a job asks.
pub fn forgetting(before: i64) -> Statement {
    Statement::new("delete from update_server_outcome where at < ?").bind(before)
}
