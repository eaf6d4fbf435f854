//! Rollouts: how releases reach the installations of a channel.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;
use crate::domain::rollout::{self, Stage, State};

/// Names the statements that change a rollout, so that a mismatch can be told.
pub const LABEL: &str = "rollout";

/// How a release reaches the installations of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollout {
    /// Its id.
    pub rollout_id: String,
    /// Code of its product.
    pub product_code: String,
    /// The channel.
    pub channel: String,
    /// The release.
    pub release_id: String,
    /// Where it stands.
    pub state: State,
    /// Ascending.
    #[serde(with = "plugin_api::db::json")]
    pub schedule: Vec<Stage>,
    /// While paused or stopped: how many percent have it.
    pub frozen_percent: Option<i64>,
    /// Why it stopped.
    pub reason: String,
    /// Installations that said they took it.
    pub succeeded: i64,
    /// Installations that said they could not.
    pub failed: i64,
    /// When it began, unix milliseconds.
    pub started_at: i64,
    /// Who began it.
    pub started_by: String,
    /// When it ended, unix milliseconds.
    pub ended_at: Option<i64>,
    /// Raised by each change, for `ETag`.
    pub row_version: i64,
}

impl Rollout {
    /// How many percent of the installations get it at `now`.
    pub fn percent(&self, now: i64) -> i64 {
        rollout::percent(self.state, &self.schedule, self.frozen_percent, now)
    }

    /// When its schedule next changes after `now`.
    pub fn next(&self, now: i64) -> Option<Stage> {
        self.schedule.iter().find(|stage| stage.at > now).copied()
    }

    /// Whether people may still steer it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Running | State::Paused)
    }

    /// The part of it that counts for clients.
    pub fn deciding(self) -> rollout::Rollout {
        rollout::Rollout {
            rollout_id: self.rollout_id,
            channel: self.channel,
            release_id: self.release_id,
            state: self.state,
            schedule: self.schedule,
            frozen_percent: self.frozen_percent,
        }
    }
}

const COLUMNS: &str = "select rollout_id, product_code, channel, release_id, state, schedule, \
    frozen_percent, reason, succeeded, failed, started_at, started_by, ended_at, row_version \
    from update_server_rollout";

/// The rollout of this id.
pub async fn get(db: &Db, scope: &Scope, id: &str) -> Result<Option<Rollout>, Fault> {
    let statement = Statement::new(format!("{COLUMNS} where rollout_id = ? and {{scope}}"));
    db.first(statement.bind(id).scope(scope, OF_VENDOR)).await
}

/// The rollouts of a release, newest first.
pub async fn of_release(db: &Db, scope: &Scope, release_id: &str) -> Result<Vec<Rollout>, Fault> {
    let sql = format!("{COLUMNS} where release_id = ? and {{scope}} order by rollout_id desc");
    db.all(Statement::new(sql).bind(release_id).scope(scope, OF_VENDOR)).await
}

/// How far a rollout has come by what installations say of themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Reach {
    /// Those of its channel that run its release.
    pub have: i64,
    /// Those of its channel that ever asked.
    pub known: i64,
}

/// Counts the installations of the channel of a rollout.
pub async fn reach(db: &Db, scope: &Scope, rollout: &Rollout) -> Result<Reach, Fault> {
    let statement = Statement::new(
        "select coalesce(cast(sum(case when c.version_order = r.version_order then 1 else 0 end) \
         as signed), 0) as have, count(*) as known \
         from update_server_client c join update_server_release r on r.release_id = ? \
         where c.product_code = ? and c.channel = ? and {scope}",
    );
    let statement = statement
        .bind(&rollout.release_id)
        .bind(&rollout.product_code)
        .bind(&rollout.channel)
        .scope(scope, "c.organisation_id");
    Ok(db.first(statement).await?.unwrap_or_default())
}

/// Every rollout of a product, oldest first. Unscoped: see [`out`](super::releases::out).
pub async fn of_product(db: &Db, product: &str) -> Result<Vec<Rollout>, Fault> {
    let sql = format!("{COLUMNS} where product_code = ? order by rollout_id");
    db.all(Statement::new(sql).bind(product)).await
}

/// Every rollout that still goes on, oldest first. Unscoped: for the job that looks after them.
pub async fn open(db: &Db) -> Result<Vec<Rollout>, Fault> {
    let sql = format!("{COLUMNS} where state in ('running', 'paused') order by rollout_id");
    db.all(Statement::new(sql)).await
}

/// Begins a rollout, unless the same release has one in the channel that is not over; labelled, so
/// that a mismatch can be told. Unscoped: its release was read in scope.
pub fn insertion(rollout: &Rollout) -> Statement {
    let schedule = serde_json::to_string(&rollout.schedule).unwrap_or_else(|_| "[]".to_owned());
    Statement::new(
        "insert into update_server_rollout (rollout_id, product_code, channel, release_id, state, \
         schedule, frozen_percent, started_at, started_by, ended_at) \
         select ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from (select 1 as one) as this where not exists \
         (select 1 from update_server_rollout r where r.release_id = ? and r.channel = ? \
         and r.state in ('running', 'paused'))",
    )
    .bind(&rollout.rollout_id)
    .bind(&rollout.product_code)
    .bind(&rollout.channel)
    .bind(&rollout.release_id)
    .bind(rollout.state.code())
    .bind(schedule)
    .bind(rollout.frozen_percent)
    .bind(rollout.started_at)
    .bind(&rollout.started_by)
    .bind(rollout.ended_at)
    .bind(&rollout.release_id)
    .bind(&rollout.channel)
    .label(LABEL)
    .expect_rows(1)
}

/// Writes the state, the schedule and what comes with them of a rollout that is still as it was read.
/// Unscoped: it was read in scope.
pub fn update(rollout: &Rollout) -> Statement {
    let schedule = serde_json::to_string(&rollout.schedule).unwrap_or_else(|_| "[]".to_owned());
    Statement::new(
        "update update_server_rollout set state = ?, schedule = ?, frozen_percent = ?, reason = ?, \
         ended_at = ?, row_version = row_version + 1 where rollout_id = ? and row_version = ?",
    )
    .bind(rollout.state.code())
    .bind(schedule)
    .bind(rollout.frozen_percent)
    .bind(&rollout.reason)
    .bind(rollout.ended_at)
    .bind(&rollout.rollout_id)
    .bind(rollout.row_version)
    .label(LABEL)
    .expect_rows(1)
}

/// Stops every rollout of a release that still goes on. Unscoped: the release was read in scope.
pub fn stopping(release_id: &str, reason: &str, now: i64) -> Statement {
    Statement::new(
        "update update_server_rollout set state = 'stopped', frozen_percent = 0, reason = ?, \
         ended_at = ?, row_version = row_version + 1 \
         where release_id = ? and state in ('running', 'paused')",
    )
    .bind(reason)
    .bind(now)
    .bind(release_id)
}
