//! What became of each licence of a run that changes licences.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// The statement that notes what became of a licence: an empty reason says it was done.
///
/// Unscoped: the licence was found in the caller's branch before.
pub fn note(bulk_id: &str, licence_id: &str, reason: &str, now: i64) -> Statement {
    let outcome = if reason.is_empty() { "done" } else { "skipped" };
    Statement::new(
        "insert into license_generator_bulk_item (bulk_id, licence_id, outcome, reason, at) \
         values (?, ?, ?, ?, ?)",
    )
    .bind(bulk_id)
    .bind(licence_id)
    .bind(outcome)
    .bind(reason)
    .bind(now)
}

/// The last licence a run got to, in the order of ids.
///
/// Unscoped: the run was found in the caller's branch before.
pub async fn last(db: &Db, bulk_id: &str) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Last {
        licence_id: String,
    }
    let sql = "select licence_id from license_generator_bulk_item where bulk_id = ? \
        order by licence_id desc limit 1";
    let last: Option<Last> = db.first(Statement::new(sql).bind(bulk_id)).await?;
    Ok(last.map(|last| last.licence_id))
}

/// How many licences of a run ended alike.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tally {
    /// `done` or `skipped`.
    pub outcome: String,
    /// The key of the text that says why.
    pub reason: String,
    /// How many.
    pub n: i64,
}

/// What became of the licences of a run, counted.
///
/// Unscoped: the run was found in the caller's branch before.
pub async fn tally(db: &Db, bulk_id: &str) -> Result<Vec<Tally>, Fault> {
    let sql = "select outcome, reason, count(*) as n from license_generator_bulk_item \
        where bulk_id = ? group by outcome, reason order by outcome, reason";
    db.all(Statement::new(sql).bind(bulk_id)).await
}
