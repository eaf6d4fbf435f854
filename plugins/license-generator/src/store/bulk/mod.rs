//! Bulk runs: the run itself, its list, what became of each licence, and what is taken back.

mod items;
mod lists;
mod reserve;
mod undo;

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};

use crate::domain::bulk::{Run, RunState};

pub use items::{Tally, last, note, tally};
pub use lists::{customers, keep_lines, lines};
pub use reserve::reserving;
pub use undo::{Issued, made, removal, unused, with_keys};

/// Label of the statement that moves a run on; a mismatch says that somebody else did.
pub const RUN: &str = "bulk";

/// The statement that writes a new run.
///
/// Unscoped: it belongs to the organisation of who writes it.
pub fn insert(run: &Run) -> Statement {
    Statement::new(
        "insert into license_generator_bulk (bulk_id, organisation_id, kind, state, title, \
         title_folded, work, total, done, skipped, booked, price, currency, caller, job_id, \
         created_at, created_by) values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&run.bulk_id)
    .bind(&run.organisation_id)
    .bind(&run.kind)
    .bind(run.state.as_str())
    .bind(&run.title)
    .bind(plugin_api::table::fold(&run.title))
    .bind(&run.work)
    .bind(run.total)
    .bind(run.price)
    .bind(&run.currency)
    .bind(&run.caller)
    .bind(&run.job_id)
    .bind(run.created_at)
    .bind(&run.created_by)
}

/// A run by id.
pub async fn get(db: &Db, scope: &Scope, bulk_id: &str) -> Result<Option<Run>, Fault> {
    db.first(
        Statement::new(
            "select bulk_id, organisation_id, kind, state, title, work, total, done, skipped, \
             booked, price, currency, caller, job_id, created_at, created_by, finished_at \
             from license_generator_bulk where bulk_id = ? and {scope}",
        )
        .bind(bulk_id)
        .scope(scope, "organisation_id"),
    )
    .await
}

/// The statement that moves `run` to another state, for the job `job_id`; one row, or none when
/// somebody was faster.
pub fn step(scope: &Scope, run: &Run, to: RunState, job_id: &str, now: i64) -> Statement {
    let ended = matches!(to, RunState::Stopped | RunState::Done | RunState::Undone);
    Statement::new(
        "update license_generator_bulk set state = ?, job_id = ?, finished_at = ? \
         where bulk_id = ? and state = ? and job_id = ? and {scope}",
    )
    .bind(to.as_str())
    .bind(job_id)
    .bind(ended.then_some(now))
    .bind(&run.bulk_id)
    .bind(run.state.as_str())
    .bind(&run.job_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(RUN)
}

/// The statement that counts `done` more, `skipped` of them left out: it stands in the transaction
/// that does them, so that a run that was cut off goes on right behind, and two at once cannot do
/// the same twice.
///
/// Unscoped: only the job of the run writes it.
pub fn advance(run: &Run, done: i64, skipped: i64) -> Statement {
    Statement::new(
        "update license_generator_bulk set done = done + ?, skipped = skipped + ? \
         where bulk_id = ? and done = ? and state = ? and job_id = ?",
    )
    .bind(done)
    .bind(skipped)
    .bind(&run.bulk_id)
    .bind(run.done)
    .bind(run.state.as_str())
    .bind(&run.job_id)
    .expect_rows(1)
    .label(RUN)
}

/// The statement that says whom the job of a run acts for: who confirmed it last.
pub fn acting_for(scope: &Scope, run: &Run, caller: &str) -> Statement {
    Statement::new(
        "update license_generator_bulk set caller = ? where bulk_id = ? and state = ? and {scope}",
    )
    .bind(caller)
    .bind(&run.bulk_id)
    .bind(run.state.as_str())
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(RUN)
}

/// The statement that keeps what was decided when a run was confirmed.
pub fn decided(scope: &Scope, run: &Run) -> Statement {
    Statement::new(
        "update license_generator_bulk set work = ? \
         where bulk_id = ? and state = 'prepared' and {scope}",
    )
    .bind(&run.work)
    .bind(&run.bulk_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(RUN)
}

/// The statement that notes that everything done so far is booked.
///
/// Unscoped: only the job of the run writes it.
pub fn booked(run: &Run) -> Statement {
    Statement::new(
        "update license_generator_bulk set booked = done where bulk_id = ? and booked = ?",
    )
    .bind(&run.bulk_id)
    .bind(run.booked)
    .expect_rows(1)
    .label(RUN)
}

/// Runs nobody confirmed since `before`.
///
/// Unscoped: the job that tidies up asks.
pub async fn forgotten(db: &Db, before: i64) -> Result<Vec<Run>, Fault> {
    db.all(
        Statement::new(
            "select bulk_id, organisation_id, kind, state, title, work, total, done, skipped, \
             booked, price, currency, caller, job_id, created_at, created_by, finished_at \
             from license_generator_bulk where state = 'prepared' and created_at < ? limit 100",
        )
        .bind(before),
    )
    .await
}

/// The statements that forget a run nobody confirmed.
pub fn forget(scope: &Scope, run: &Run) -> [Statement; 2] {
    [
        Statement::new(
            "delete from license_generator_bulk \
             where bulk_id = ? and state = 'prepared' and {scope}",
        )
        .bind(&run.bulk_id)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label(RUN),
        Statement::new("delete from license_generator_bulk_list where bulk_id = ?")
            .bind(&run.bulk_id),
    ]
}
