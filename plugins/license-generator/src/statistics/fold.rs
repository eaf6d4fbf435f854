//! Job: folds what happened into figures by day.
//!
//! Days that are over are folded once, two of them again while late lines of the log may come, and
//! later ones only when licences appeared in them or went: an import brings old dates. What is not
//! folded yet is counted live, so the figures are right whenever the job runs.

use plugin_api::db::{Batch, Enqueue};
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};
use serde_json::Value as Json;

use super::span::day_of;
use crate::store::statistics::{Within, daily, fold as store, history, modules};

/// Its name.
pub(super) const JOB: &str = "fold-figures";
/// Days counted at once.
const TOGETHER: i64 = 7;
/// Days folded in one run at most, so that a long history takes several.
const ONE_RUN: i64 = 1_000;
/// Days folded again each time.
const AGAIN: i64 = 2;
/// Days in which licences appeared or went, folded again in one run at most.
const CHANGED: u32 = 400;

/// The job, to be run at once.
pub(crate) fn due() -> Enqueue {
    Enqueue { job: JOB.to_owned(), payload: Json::Null, run_at: 0, job_id: String::new() }
}

/// Folds what is due.
pub(super) async fn run(cx: Cx, _: Json) -> Result<(), Fault> {
    match fold(&cx).await {
        // Another host was faster.
        Err(fault) if fault.is_mismatch(store::MARK) => Ok(()),
        other => other,
    }
}

async fn fold(cx: &Cx) -> Result<(), Fault> {
    let db = cx.db();
    let today = day_of(cx.now());
    let mark = if let Some(mark) = store::mark(&db).await? {
        mark
    } else {
        let first = history::first(&db).await?.map_or(today, day_of).min(today);
        db.execute(store::begin(first)).await?;
        store::Mark { folded_until: first, counted_at: 0 }
    };
    let end = today.min(mark.folded_until + ONE_RUN * DAY);
    let mut folded = mark.folded_until;
    while folded < end {
        let next = end.min(folded + TOGETHER * DAY);
        replace(cx, (folded, next), Some(folded)).await?;
        folded = next;
        let days = |from: i64, to: i64| u64::try_from((to - from) / DAY).unwrap_or_default();
        let done = days(mark.folded_until, folded);
        if cx.progress(done, days(mark.folded_until, end), "").await? {
            return Ok(());
        }
    }
    replace(cx, (folded - AGAIN * DAY, folded), None).await?;
    for day in history::changed(&db, folded, CHANGED).await? {
        replace(cx, (day, day + DAY), None).await?;
    }
    modules::recount(&db, mark.counted_at, cx.now()).await?;
    if folded < today {
        // The rest of a long history follows at once.
        db.batch(Batch::new().enqueue(due())).await?;
    }
    Ok(())
}

/// Counts some days and writes them in place of what is there; moves the mark when it stands at
/// their beginning.
async fn replace(cx: &Cx, span: (i64, i64), mark: Option<i64>) -> Result<(), Fault> {
    let db = cx.db();
    let counts = history::counts(&db, &Within::everything(), span, true).await?;
    let batch = daily::replacing(span, &counts);
    let batch = match mark {
        Some(from) => batch.and(store::advance(from, span.1)),
        None => batch,
    };
    db.batch(batch).await.map(drop)
}
