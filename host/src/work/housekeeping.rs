//! Forgets what nobody needs any more, every hour.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::Fault;
use plugin_api::time::DAY;

use super::Stop;
use crate::state::State;
use crate::{blobs, keys, mail, settings, store};

/// How long finished jobs are kept.
const JOBS: i64 = 30 * DAY;
/// How long links of mails are kept after they stopped working, so that whoever follows one late is
/// told why it does not work.
const LINKS: i64 = 30 * DAY;
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
    let days: i64 = cx.setting("access-log-days").await?;
    let accesses = db.execute(store::access::purge(now - days.max(1) * DAY)).await?;
    let keys = db.execute(store::idempotency::purge(now - DAY)).await?;
    let jobs = db.execute(store::jobs::purge(now - JOBS)).await?;
    let tokens = db.execute(store::sso::purge(now)).await?;
    let events = store::outbox::purge(&db, now - EVENTS).await?;
    let links = db.execute(store::links::forgetting(now - LINKS)).await?;
    let challenges = db.execute(store::challenges::forgetting(now)).await?;
    let days = settings::get(state, "host", "mail-days").await?.as_i64().unwrap_or(mail::KEPT_DAYS);
    let mails = db.execute(store::mail::purge(now - days.max(1).saturating_mul(DAY))).await?;
    let letters = mail::sweep(&state.config, &db).await?;
    keys::watch::rotate_old(Arc::clone(state), &cx).await?;
    let files = blobs::sweep(&state.work.blobs, &db, now).await?;
    tracing::debug!(
        accesses,
        keys,
        jobs,
        tokens,
        events,
        mails,
        letters,
        links,
        challenges,
        files,
        "Cleaned up."
    );
    Ok(())
}
