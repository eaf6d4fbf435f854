//! Runs that apply a version of a policy to licences that exist.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Its job is at work, or waits for its turn.
    Running,
    /// Somebody stopped it; it can go on.
    Stopped,
    /// Finished.
    Done,
}

impl RunState {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }
}

/// A run.
#[derive(Debug, Clone, Deserialize)]
pub struct Run {
    /// Its id.
    pub run_id: String,
    /// The policy.
    pub policy_id: String,
    /// The version that is applied.
    pub version: i64,
    /// The job that does it.
    pub job_id: String,
    /// Where it stands.
    pub state: RunState,
    /// How many licences it found when it began.
    pub licences_total: i64,
    /// How many it brought to the version.
    pub licences_done: i64,
    /// How many of those are different since.
    pub licences_changed: i64,
    /// When it began, unix milliseconds.
    pub created_at: i64,
    /// Who began it.
    pub created_by: String,
}

const SELECT: &str = "select r.run_id, r.policy_id, r.version, r.job_id, r.state, \
    r.licences_total, r.licences_done, r.licences_changed, r.created_at, r.created_by \
    from license_generator_policy_run r \
    join license_generator_policy p on p.policy_id = r.policy_id";

/// A run by id.
pub async fn get(db: &Db, scope: &Scope, run_id: &str) -> Result<Option<Run>, Fault> {
    let sql = format!("{SELECT} where r.run_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(run_id).scope(scope, "p.organisation_id")).await
}

/// The run of the newest version of a policy that was applied.
pub async fn latest(db: &Db, scope: &Scope, policy_id: &str) -> Result<Option<Run>, Fault> {
    let sql =
        format!("{SELECT} where r.policy_id = ? and {{scope}} order by r.version desc limit 1");
    db.first(Statement::new(sql).bind(policy_id).scope(scope, "p.organisation_id")).await
}

/// The statement that writes a new run.
///
/// Unscoped: written beside the version it applies.
pub fn insertion(run: &Run) -> Statement {
    Statement::new(
        "insert into license_generator_policy_run (run_id, policy_id, version, job_id, state, \
         licences_total, created_at, created_by) values (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&run.run_id)
    .bind(&run.policy_id)
    .bind(run.version)
    .bind(&run.job_id)
    .bind(run.state.as_str())
    .bind(run.licences_total)
    .bind(run.created_at)
    .bind(&run.created_by)
}

/// The statement that puts a run into another state, worked at by the job `job_id`: a mismatch of
/// `run` says that it is no longer as it was read.
///
/// Unscoped: the run was found in the caller's branch, or by its own job.
pub fn step(run: &Run, to: RunState, job_id: &str) -> Statement {
    Statement::new(
        "update license_generator_policy_run set state = ?, job_id = ? \
         where run_id = ? and job_id = ? and state = ?",
    )
    .bind(to.as_str())
    .bind(job_id)
    .bind(&run.run_id)
    .bind(&run.job_id)
    .bind(run.state.as_str())
    .expect_rows(1)
    .label("run")
}

/// The statement that counts licences as done; none is counted when another job took the run.
///
/// Unscoped: run by the job itself.
pub fn counted(run: &Run, done: i64, changed: i64) -> Statement {
    Statement::new(
        "update license_generator_policy_run set licences_done = licences_done + ?, \
         licences_changed = licences_changed + ? where run_id = ? and job_id = ?",
    )
    .bind(done)
    .bind(changed)
    .bind(&run.run_id)
    .bind(&run.job_id)
}
