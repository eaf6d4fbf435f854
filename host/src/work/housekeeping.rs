//! Forgets what nobody needs any more, every hour.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::Fault;
use plugin_api::time::DAY;

use super::Stop;
use crate::state::State;
use crate::{blobs, store};

/// How long finished jobs are kept.
const JOBS: i64 = 30 * DAY;
/// How long delivered events are kept.
const EVENTS: i64 = 7 * DAY;

/// Cleans up soon after the start and then every hour, until stopped.
pub(crate) async fn run(state: Arc<State>, mut stop: Stop) {
    let mut next = Duration::from_mins(1);
    while stop.pause(next).await {
        next = Duration::from_hours(1);
        if let Err(fault) = clean(&state).await {
            tracing::warn!(%fault, "Old rows could not be cleaned up; trying again in an hour.");
        }
    }
}

async fn clean(state: &Arc<State>) -> Result<(), Fault> {
    let cx = state.system("housekeeping");
    let (db, now) = (cx.db(), cx.now());
    let keys = db.execute(store::idempotency::purge(now - DAY)).await?;
    let jobs = db.execute(store::jobs::purge(now - JOBS)).await?;
    let events = store::outbox::purge(&db, now - EVENTS).await?;
    let files = blobs::sweep(&state.work.blobs, &db, now).await?;
    tracing::debug!(keys, jobs, events, files, "Cleaned up.");
    Ok(())
}
