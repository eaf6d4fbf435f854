//! How far the daily figures are.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// Label of the statement that moves the mark: another host was faster.
pub const MARK: &str = "mark";

/// How far the figures are; instants are unix milliseconds.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Mark {
    /// Days before this one are in the daily figures.
    pub folded_until: i64,
    /// When the use of modules was counted; 0 for never.
    pub counted_at: i64,
}

/// The mark; none before the first run.
///
/// Unscoped: one mark for all.
pub async fn mark(db: &Db) -> Result<Option<Mark>, Fault> {
    let sql = "select folded_until, counted_at from license_generator_folded where name = 'daily'";
    db.first(Statement::new(sql)).await
}

/// Notes the first day that is folded.
///
/// Unscoped: one mark for all.
pub fn begin(day: i64) -> Statement {
    let sql = "insert into license_generator_folded (name, folded_until, counted_at) \
        values ('daily', ?, 0)";
    Statement::new(sql).bind(day)
}

/// Moves the mark from one day to a later one.
///
/// Unscoped: one mark for all.
pub fn advance(from: i64, to: i64) -> Statement {
    let sql = "update license_generator_folded set folded_until = ? \
        where name = 'daily' and folded_until = ?";
    Statement::new(sql).bind(to).bind(from).expect_rows(1).label(MARK)
}

/// Notes when the use of modules was counted.
///
/// Unscoped: one mark for all.
pub fn counted(before: i64, now: i64) -> Statement {
    let sql = "update license_generator_folded set counted_at = ? \
        where name = 'daily' and counted_at = ?";
    Statement::new(sql).bind(now).bind(before).expect_rows(1).label(MARK)
}
