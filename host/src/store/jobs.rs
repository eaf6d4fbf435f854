//! Jobs and their schedule: `host_job`, `host_job_schedule`.
//!
//! Unscoped: jobs are run for the installation; who may see one is asked where it is shown.

use plugin_api::db::{Db, Enqueue, Statement, Value};
use plugin_api::lent::{JobState, JobStatus, Progress};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// Whose job it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) plugin: &'a str,
    pub(crate) organisation_id: &'a str,
    pub(crate) created_by: &'a str,
}

/// A job that may be taken.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Due {
    pub(crate) job_id: String,
    pub(crate) plugin: String,
    pub(crate) job: String,
    pub(crate) payload: String,
    pub(crate) attempts: i64,
    pub(crate) max_attempts: i64,
    pub(crate) cancel_requested: bool,
    pub(crate) organisation_id: String,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) state: JobState,
    pub(crate) error: String,
    /// When to run it again, if it is to be.
    pub(crate) run_at: Option<i64>,
    /// Whether the attempt counts.
    pub(crate) counted: bool,
    pub(crate) progress: Progress,
}

/// When a job of a plugin runs next by itself.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Scheduled {
    pub(crate) plugin: String,
    pub(crate) job: String,
    pub(crate) cron: String,
    pub(crate) next_at: i64,
}

pub(crate) fn insert(
    of: Origin<'_>,
    enqueue: &Enqueue,
    id: &str,
    max_attempts: i64,
    now: i64,
) -> Statement {
    Statement::new(
        "insert into host_job (job_id, plugin, job, payload, state, run_at, attempts, \
         max_attempts, lease_until, lease_token, progress_done, progress_total, progress_message, \
         error, cancel_requested, created_at, organisation_id, created_by) \
         values (?, ?, ?, ?, 'queued', ?, 0, ?, 0, '', 0, 0, '', '', 0, ?, ?, ?)",
    )
    .bind(id)
    .bind(of.plugin)
    .bind(enqueue.job.as_str())
    .bind(enqueue.payload.to_string())
    .bind(enqueue.run_at.max(now))
    .bind(max_attempts)
    .bind(now)
    .bind(of.organisation_id)
    .bind(of.created_by)
}

/// Jobs of `plugins` that wait, or whose runner is gone, oldest first.
pub(crate) async fn due(
    db: &Db,
    plugins: &[&str],
    now: i64,
    limit: usize,
) -> Result<Vec<Due>, Fault> {
    if plugins.is_empty() {
        return Ok(Vec::new());
    }
    let select = format!(
        "select job_id, plugin, job, payload, attempts, max_attempts, cancel_requested, \
         organisation_id from host_job where plugin in ({}) \
         and ((state = 'queued' and run_at <= ?) or (state = 'running' and lease_until < ?)) \
         order by run_at, job_id limit {limit}",
        marks(plugins.len())
    );
    let plugins = plugins.iter().map(|plugin| Value::from(*plugin));
    db.all(Statement::new(select).bind_all(plugins).bind(now).bind(now)).await
}

/// Takes a job unless somebody else was faster: changes one row or none.
pub(crate) fn claim(job_id: &str, token: &str, lease_until: i64, now: i64) -> Statement {
    Statement::new(
        "update host_job set state = 'running', lease_token = ?, lease_until = ?, \
         attempts = attempts + 1, started_at = coalesce(started_at, ?) \
         where job_id = ? \
         and ((state = 'queued' and run_at <= ?) or (state = 'running' and lease_until < ?))",
    )
    .bind(token)
    .bind(lease_until)
    .bind(now)
    .bind(job_id)
    .bind(now)
    .bind(now)
}

/// Keeps a job; changes no row when the lease was lost.
pub(crate) fn renew(job_id: &str, token: &str, lease_until: i64) -> Statement {
    Statement::new(
        "update host_job set lease_until = ? \
         where job_id = ? and lease_token = ? and state = 'running'",
    )
    .bind(lease_until)
    .bind(job_id)
    .bind(token)
}

/// Notes how far a job is and keeps it; changes no row when the lease was lost.
pub(crate) fn progress(
    job_id: &str,
    token: &str,
    progress: &Progress,
    lease_until: i64,
) -> Statement {
    Statement::new(
        "update host_job set lease_until = ?, progress_done = ?, progress_total = ?, \
         progress_message = ? where job_id = ? and lease_token = ? and state = 'running'",
    )
    .bind(lease_until)
    .bind_all(progress_values(progress))
    .bind(job_id)
    .bind(token)
}

/// Ends a run; changes no row when the lease was lost.
pub(crate) fn finish(job_id: &str, token: &str, outcome: &Outcome, now: i64) -> Statement {
    let ended = outcome.state != JobState::Queued;
    Statement::new(
        "update host_job set state = ?, error = ?, run_at = coalesce(?, run_at), \
         attempts = attempts - ?, finished_at = ?, progress_done = ?, progress_total = ?, \
         progress_message = ?, lease_token = '', lease_until = 0 \
         where job_id = ? and lease_token = ? and state = 'running'",
    )
    .bind(text(outcome.state))
    .bind(outcome.error.as_str())
    .bind(outcome.run_at)
    .bind(!outcome.counted)
    .bind(ended.then_some(now))
    .bind_all(progress_values(&outcome.progress))
    .bind(job_id)
    .bind(token)
}

/// Gives a job back unfinished, as if it had not been tried.
pub(crate) fn hand_back(job_id: &str, token: &str) -> Statement {
    Statement::new(
        "update host_job set state = 'queued', attempts = attempts - 1, lease_token = '', \
         lease_until = 0 where job_id = ? and lease_token = ? and state = 'running'",
    )
    .bind(job_id)
    .bind(token)
}

/// Whether somebody asked the job to stop.
pub(crate) async fn is_cancelled(db: &Db, job_id: &str) -> Result<bool, Fault> {
    let select = "select cancel_requested from host_job where job_id = ?";
    Ok(db.scalar(Statement::new(select).bind(job_id)).await? != 0)
}

/// Stops a job that waits, and asks one that runs to stop.
pub(crate) fn cancel(plugin: &str, job_id: &str, now: i64) -> [Statement; 2] {
    let waiting = Statement::new(
        "update host_job set state = 'cancelled', cancel_requested = 1, finished_at = ? \
         where job_id = ? and plugin = ? and state = 'queued'",
    );
    let running = Statement::new(
        "update host_job set cancel_requested = 1 \
         where job_id = ? and plugin = ? and state = 'running'",
    );
    [waiting.bind(now).bind(job_id).bind(plugin), running.bind(job_id).bind(plugin)]
}

/// A job of `plugin`.
pub(crate) async fn status(
    db: &Db,
    plugin: &str,
    job_id: &str,
) -> Result<Option<JobStatus>, Fault> {
    let select = format!("{STATUS} where job_id = ? and plugin = ?");
    let row: Option<StatusRow> = db.first(Statement::new(select).bind(job_id).bind(plugin)).await?;
    Ok(row.map(JobStatus::from))
}

/// A job of whichever plugin that `created_by` queued, or that belongs to his branch.
pub(crate) async fn visible(
    db: &Db,
    scope: &Scope,
    created_by: &str,
    job_id: &str,
) -> Result<Option<JobStatus>, Fault> {
    let select = format!("{STATUS} where job_id = ? and (created_by = ? or {{scope}})");
    let select = Statement::new(select).bind(job_id).bind(created_by);
    let row: Option<StatusRow> = db.first(select.scope(scope, "organisation_id")).await?;
    Ok(row.map(JobStatus::from))
}

/// Forgets jobs that ended before `before`; at most some thousands at a time.
pub(crate) fn purge(before: i64) -> Statement {
    // The inner table lets MariaDB read, with a limit, the table it deletes from.
    Statement::new(
        "delete from host_job where job_id in (select job_id from \
         (select job_id from host_job where finished_at < ? limit 5000) as old)",
    )
    .bind(before)
}

/// Everything that runs by itself.
pub(crate) async fn scheduled(db: &Db) -> Result<Vec<Scheduled>, Fault> {
    db.all(Statement::new("select plugin, job, cron, next_at from host_job_schedule")).await
}

/// Schedules a job for the first time.
pub(crate) fn add_to_schedule(scheduled: &Scheduled) -> Statement {
    Statement::new("insert into host_job_schedule (plugin, job, cron, next_at) values (?, ?, ?, ?)")
        .bind(scheduled.plugin.as_str())
        .bind(scheduled.job.as_str())
        .bind(scheduled.cron.as_str())
        .bind(scheduled.next_at)
}

/// Moves a job from one instant to its next; only one host can.
pub(crate) fn reschedule(scheduled: &Scheduled, cron: &str, next_at: i64) -> Statement {
    Statement::new(
        "update host_job_schedule set cron = ?, next_at = ? \
         where plugin = ? and job = ? and next_at = ?",
    )
    .bind(cron)
    .bind(next_at)
    .bind(scheduled.plugin.as_str())
    .bind(scheduled.job.as_str())
    .bind(scheduled.next_at)
    .label("schedule")
    .expect_rows(1)
}

/// How many runs of a job wait or go on.
pub(crate) async fn unfinished(db: &Db, plugin: &str, job: &str) -> Result<i64, Fault> {
    let select = "select count(*) from host_job \
                  where plugin = ? and job = ? and state in ('queued', 'running')";
    db.scalar(Statement::new(select).bind(plugin).bind(job)).await
}

/// `?, ?, ?`: one mark for each of `n` values.
pub(super) fn marks(n: usize) -> String {
    vec!["?"; n].join(", ")
}

const STATUS: &str = "select job_id, job, state, progress_done, progress_total, progress_message, \
                      error from host_job";

#[derive(Deserialize)]
struct StatusRow {
    job_id: String,
    job: String,
    state: JobState,
    progress_done: u64,
    progress_total: u64,
    progress_message: String,
    error: String,
}

impl From<StatusRow> for JobStatus {
    fn from(row: StatusRow) -> Self {
        let progress = Progress {
            done: row.progress_done,
            total: row.progress_total,
            message: row.progress_message,
        };
        Self { job_id: row.job_id, job: row.job, state: row.state, progress, error: row.error }
    }
}

fn progress_values(progress: &Progress) -> [Value; 3] {
    let count = |n: u64| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    [count(progress.done), count(progress.total), progress.message.as_str().into()]
}

fn text(state: JobState) -> &'static str {
    match state {
        JobState::Queued => "queued",
        JobState::Running => "running",
        JobState::Done => "done",
        JobState::Failed => "failed",
        JobState::Cancelled => "cancelled",
    }
}
