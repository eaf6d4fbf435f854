//! Takes jobs that are due, runs them in their plugins, and notes how they ended.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::db::Batch;
use plugin_api::lent::{JobState, Progress};
use plugin_api::{Actor, Caller, Fault, FaultKind, Permissions, Scope};
use tokio::time::{Instant, interval_at};

use super::{Jobs, LEASE, shortened};
use crate::store::jobs::{self as store, Due, Outcome};
use crate::work::{Bench, Source, Stop, backoff, insist, pool, take};

/// How many jobs run side by side.
const WIDTH: usize = 2;
/// How often the lease of a running job is renewed.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How long to wait for a plugin that was switched off in between, milliseconds.
const AWAY: i64 = 5_000;

/// Runs jobs until stopped.
pub(crate) async fn run(bench: Bench, jobs: Jobs, stop: Stop) {
    let bell = jobs.bell.clone();
    pool(Arc::new(Runner { bench, jobs }), WIDTH, bell, stop).await;
}

pub(super) struct Runner {
    pub(super) bench: Bench,
    pub(super) jobs: Jobs,
}

/// A job and the token that proves it is ours.
pub(super) struct Claimed {
    due: Due,
    token: String,
}

impl Source for Runner {
    type Item = Claimed;

    async fn claim(&self, room: usize) -> Result<Vec<Claimed>, Fault> {
        let (cx, db) = (&self.bench.cx, self.bench.cx.db());
        let manifests = self.bench.carrier.manifests();
        let plugins: Vec<&str> = manifests
            .iter()
            .filter(|manifest| !manifest.jobs.is_empty())
            .map(|manifest| manifest.id.as_str())
            .collect();
        let due = store::due(&db, &plugins, cx.now(), room).await?;
        let due = due.into_iter().map(|due| Claimed { due, token: cx.fresh_id() }).collect();
        let claim = |claimed: &mut Claimed| {
            let now = cx.now();
            store::claim(&claimed.due.job_id, &claimed.token, now + LEASE, now)
        };
        Ok(take(&db, due, claim).await)
    }

    async fn run(&self, claimed: Claimed) {
        let Claimed { due, token } = claimed;
        let entry = self.jobs.enter(&due.job_id, &token);
        // Told before a run that never ended: its host died.
        let outcome = if due.cancel_requested {
            Err(Fault::internal("stopped while its host was down"))
        } else if due.attempts >= due.max_attempts {
            Err(Fault::internal("its host stopped each time while it ran"))
        } else {
            let Some(outcome) = self.call(&due, &token).await else {
                tracing::warn!(job = due.job, job.id = due.job_id, "The lease of a job was lost.");
                return;
            };
            outcome
        };
        let (progress, told) = entry.finish();
        let now = self.bench.cx.now();
        let mut ending = match outcome {
            Ok(()) if told => ended(JobState::Cancelled),
            Ok(()) => ended(JobState::Done),
            Err(fault) => self.failed(&due, told, &fault, now).await,
        };
        ending.progress = progress;
        let statement = store::finish(&due.job_id, &token, &ending, now);
        if let Err(fault) = insist(&self.bench.cx.db(), Batch::new().and(statement)).await {
            tracing::error!(%fault, job.id = due.job_id, "The end of a job could not be written.");
        }
    }

    async fn hand_back(&self) {
        let db = self.bench.cx.db();
        for (job_id, token) in self.jobs.take_cut_off() {
            let handed_back = Batch::new().and(store::hand_back(&job_id, &token));
            if let Err(fault) = insist(&db, handed_back).await {
                tracing::warn!(%fault, job.id = job_id, "A job waits until its lease ends.");
            }
        }
    }
}

impl Runner {
    /// Runs a job and keeps its lease meanwhile; nothing when it was lost.
    async fn call(&self, due: &Due, token: &str) -> Option<Result<(), Fault>> {
        let caller = Caller {
            request_id: due.job_id.clone(),
            actor: Actor::Job { name: format!("{}/{}", due.plugin, due.job) },
            permissions: Permissions::Everything,
            scope: Scope::everything(),
            organisation_id: due.organisation_id.clone(),
            job_id: due.job_id.clone(),
            ..Caller::default()
        };
        let name = format!("job:{}", due.job);
        let payload = due.payload.clone().into_bytes();
        let mut call = self.bench.carrier.carry(&due.plugin, caller, name, payload);
        let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        loop {
            tokio::select! {
                outcome = &mut call => return Some(outcome.map(drop)),
                _ = heartbeat.tick() => {
                    let until = self.bench.cx.now() + LEASE;
                    let renewal = store::renew(&due.job_id, token, until);
                    // A database that is away for a moment does not end the job: the lease may last.
                    if self.bench.cx.db().execute(renewal).await.is_ok_and(|changed| changed == 0) {
                        return None;
                    }
                }
            }
        }
    }

    async fn failed(&self, due: &Due, told: bool, fault: &Fault, now: i64) -> Outcome {
        let (cx, db) = (&self.bench.cx, self.bench.cx.db());
        let attempts = due.attempts + 1;
        let cancelled = told
            || due.cancel_requested
            || store::is_cancelled(&db, &due.job_id).await.unwrap_or_default();
        let error = shortened(&fault.to_string());
        if cancelled {
            return Outcome { error, ..ended(JobState::Cancelled) };
        }
        if fault.kind == FaultKind::Unavailable {
            let run_at = Some(now + AWAY);
            return Outcome { error, run_at, counted: false, ..ended(JobState::Queued) };
        }
        if attempts >= due.max_attempts {
            tracing::error!(%fault, job = due.job, job.id = due.job_id, "A job failed for good.");
            return Outcome { error, ..ended(JobState::Failed) };
        }
        tracing::warn!(%fault, job = due.job, job.id = due.job_id, attempts, "A job failed.");
        let run_at = Some(now + backoff(cx, attempts));
        Outcome { error, run_at, ..ended(JobState::Queued) }
    }
}

fn ended(state: JobState) -> Outcome {
    let progress = Progress { done: 0, total: 0, message: String::new() };
    Outcome { state, error: String::new(), run_at: None, counted: true, progress }
}
