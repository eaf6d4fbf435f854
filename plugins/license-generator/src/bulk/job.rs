//! The job of a run: issues, changes or takes back, as who confirmed it.

use plugin_api::db::{Batch, Enqueue};
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Scope};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::audit::audit;
use super::{act, issue};
use crate::domain::bulk::{Run, RunState};
use crate::store;

/// Its name.
pub(super) const NAME: &str = "bulk";
/// How often it tells how far it is, milliseconds: each time is a write of its own.
const TELL_EVERY: i64 = 500;
/// How long a run waits to be confirmed, milliseconds.
const KEPT: i64 = 7 * DAY;

#[derive(Deserialize)]
struct Payload {
    bulk_id: String,
}

/// Queues the job of a run under the id the run knows.
pub(super) fn queued(bulk_id: &str, job_id: &str) -> Enqueue {
    Enqueue {
        job: NAME.to_owned(),
        payload: json!({ "bulk_id": bulk_id }),
        run_at: 0,
        job_id: job_id.to_owned(),
    }
}

/// Does what the run waits for; nothing when it waits for nothing, or for another job.
pub(super) async fn run(cx: Cx, payload: Json) -> Result<(), Fault> {
    let Payload { bulk_id } = serde_json::from_value(payload)?;
    let found = store::bulk::get(&cx.db(), &Scope::everything(), &bulk_id).await?;
    let Some(run) = found.filter(|run| run.job_id == cx.caller().job_id) else { return Ok(()) };
    work(&cx.acting_for(&run.caller), run).await
}

/// Does it, in a job or at once.
pub(super) async fn work(cx: &Cx, run: Run) -> Result<(), Fault> {
    match run.state {
        RunState::Running if run.issues() => issue::make::run(cx, run).await,
        RunState::Running => act::each::run(cx, run).await,
        RunState::Undoing => issue::undo::run(cx, run).await,
        RunState::Prepared | RunState::Stopped | RunState::Done | RunState::Undone => Ok(()),
    }
}

/// Forgets runs nobody confirmed for a week: their lists say what devices a customer has.
pub(super) async fn sweep(cx: Cx, _: Json) -> Result<(), Fault> {
    let everything = Scope::everything();
    for old in store::bulk::forgotten(&cx.db(), cx.now() - KEPT).await? {
        let rows = store::bulk::forget(&everything, &old).into_iter();
        let batch = rows.fold(Batch::new(), Batch::and).audit(audit("bulk.expired", &old));
        match cx.db().batch(batch).await {
            Err(fault) if !fault.is_mismatch(store::bulk::RUN) => return Err(fault),
            _ => {}
        }
    }
    Ok(())
}

/// Tells how far a run is, now and then.
#[derive(Debug, Default)]
pub(super) struct Teller {
    told_at: Option<i64>,
}

impl Teller {
    /// Tells it if it is time to; answers whether somebody asked the job to stop. Outside a job
    /// there is nobody to tell.
    pub(super) async fn tell(&mut self, cx: &Cx, run: &Run) -> Result<bool, Fault> {
        let now = cx.now();
        let is_early = self.told_at.is_some_and(|told| now - told < TELL_EVERY);
        if is_early || cx.caller().job_id.is_empty() {
            return Ok(false);
        }
        self.told_at = Some(now);
        let lang = cx.lang();
        let (n, total) = (lang.number(run.done), lang.number(run.total));
        let message = lang.with("bulk-progress", &[("n", &n), ("total", &total)]);
        let count = |n: i64| u64::try_from(n).unwrap_or_default();
        cx.progress(count(run.done), count(run.total), &message).await
    }
}
