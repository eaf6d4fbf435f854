//! Background jobs: queued in the transaction of what asked for them, run by whichever host is free.

mod routes;
mod runner;
mod running;
mod schedule;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use plugin_api::db::{Batch, Db, Enqueue, Statement};
use plugin_api::lent::{JobStatus, Progress};
use plugin_api::manifest::Manifest;
use plugin_api::{Actor, Caller, Fault, FaultKind};

use crate::state::State;
use crate::store;

pub use routes::routes;
pub(crate) use runner::run;
pub use running::Jobs;
pub(crate) use schedule::schedule;

/// How often a job is tried before it counts as failed.
const ATTEMPTS: i64 = 5;
/// How long a runner that says nothing keeps a job, milliseconds.
const LEASE: i64 = 60_000;
/// Longest text of progress or failure kept, characters.
const TEXT: usize = 500;

/// Refuses a job the plugin did not describe, or an id that is none.
pub fn check(manifest: &Manifest, enqueue: &Enqueue) -> Result<(), Fault> {
    if !manifest.jobs.iter().any(|job| job.name == enqueue.job) {
        let told = format!("{} describes no such job", manifest.id);
        return Err(Fault::new(FaultKind::Refused, told).about(enqueue.job.as_str()));
    }
    let id = enqueue.job_id.as_str();
    if id.is_empty() || uuid::Uuid::try_parse(id).is_ok_and(|read| read.to_string() == id) {
        return Ok(());
    }
    Err(Fault::invalid("the id of a job is a UUID in lower case").about(enqueue.job.as_str()))
}

/// The statement that queues a job of `plugin` for `caller`; `id` is used unless the request has
/// one. Ring [`Jobs::wake`] after its commit.
pub fn enqueue_statement(
    caller: &Caller,
    plugin: &str,
    enqueue: &Enqueue,
    id: &str,
    now: i64,
) -> Statement {
    let id = if enqueue.job_id.is_empty() { id } else { &enqueue.job_id };
    let origin = store::jobs::Origin {
        plugin,
        organisation_id: &caller.organisation_id,
        created_by: person(caller),
    };
    store::jobs::insert(origin, enqueue, id, ATTEMPTS, now)
}

/// Notes how far the job of `caller` is and keeps its lease; answers whether it should stop.
pub async fn progress(
    state: &Arc<State>,
    caller: &Caller,
    progress: Progress,
) -> Result<bool, Fault> {
    let cx = state.system("jobs");
    note(&state.work.jobs, &cx.db(), &caller.job_id, progress, cx.now()).await
}

/// The state of a job of `plugin`.
pub async fn status(
    state: &Arc<State>,
    plugin: &str,
    job_id: &str,
) -> Result<Option<JobStatus>, Fault> {
    store::jobs::status(&state.system("jobs").db(), plugin, job_id).await
}

/// Stops a job of `plugin` that waits, and asks one that runs to stop.
pub async fn cancel(state: &Arc<State>, plugin: &str, job_id: &str) -> Result<(), Fault> {
    let cx = state.system("jobs");
    stop(&cx.db(), plugin, job_id, cx.now()).await
}

async fn note(
    jobs: &Jobs,
    db: &Db,
    job_id: &str,
    mut progress: Progress,
    now: i64,
) -> Result<bool, Fault> {
    progress.message = shortened(&progress.message);
    let Some(token) = jobs.note(job_id, &progress, now) else {
        return jobs.is_stopping(job_id);
    };
    let statement = store::jobs::progress(job_id, &token, &progress, now + LEASE);
    let kept = db.execute(statement).await? == 1;
    let stopping = !kept || store::jobs::is_cancelled(db, job_id).await?;
    if stopping {
        jobs.stopping(job_id);
    }
    Ok(stopping)
}

async fn stop(db: &Db, plugin: &str, job_id: &str, now: i64) -> Result<(), Fault> {
    let [waiting, running] = store::jobs::cancel(plugin, job_id, now);
    let changed = db.batch(Batch::new().and(waiting).and(running)).await?;
    let known = changed.iter().sum::<u64>() > 0;
    if known || store::jobs::status(db, plugin, job_id).await?.is_some() {
        return Ok(());
    }
    Err(Fault::new(FaultKind::NotFound, "there is no such job").about(job_id))
}

/// The id of the person behind `caller`; empty when there is none.
pub(crate) fn person(caller: &Caller) -> &str {
    match &caller.actor {
        Actor::User { id, .. } | Actor::Token { user_id: id, .. } => id,
        Actor::Anonymous | Actor::Job { .. } => "",
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(TEXT).collect()
}
