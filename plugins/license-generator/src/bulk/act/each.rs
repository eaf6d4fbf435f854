//! Goes through the licences of a run in the order of their ids; each is changed in the transaction
//! that notes what became of it, so that a run that was cut off goes on right behind.

use std::time::Duration;

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, FaultKind};
use serde_json::json;

use super::{Act, Acting, one};
use crate::bulk::audit::audit;
use crate::bulk::issue::make::fault;
use crate::bulk::job::Teller;
use crate::domain::bulk::{Run, RunState};
use crate::store;

/// Licences read at a time.
const AT_ONCE: usize = 100;

/// Does what is left to do.
pub(in crate::bulk) async fn run(cx: &Cx, mut run: Run) -> Result<(), Fault> {
    let acting: Acting = serde_json::from_str(&run.work)?;
    let act = Act::named(&run.kind).ok_or_else(|| Fault::internal("a run of no known kind"))?;
    let spec = acting.licences(cx).await?;
    let mut teller = Teller::default();
    let mut after = store::bulk::last(&cx.db(), &run.bulk_id).await?;
    loop {
        let ids = acting.selection.ids(cx, &spec, after.as_deref(), AT_ONCE).await?;
        // Ids ascend with time: what was issued after the run was prepared is not meant.
        let meant = ids.iter().take_while(|id| **id < run.bulk_id);
        let mut any = false;
        for id in meant {
            any = true;
            if teller.tell(cx, &run).await? {
                return end(cx, &run, RunState::Stopped).await;
            }
            let began = cx.now();
            let Some(skipped) = next(cx, &run, (act, &acting), id).await? else { return Ok(()) };
            run.done += 1;
            run.skipped += i64::from(skipped);
            pause(cx, cx.now() - began).await?;
        }
        if !any {
            return end(cx, &run, RunState::Done).await;
        }
        after = ids.last().cloned();
    }
}

/// Leaves the database to others for as long as a licence took; without a job somebody is waiting.
async fn pause(cx: &Cx, took: i64) -> Result<(), Fault> {
    if cx.caller().job_id.is_empty() {
        return Ok(());
    }
    cx.sleep(Duration::from_millis(u64::try_from(took.clamp(1, 20)).unwrap_or(1))).await
}

/// Changes one; answers whether it was left as it is, or nothing when another job works on the run.
async fn next(
    cx: &Cx,
    run: &Run,
    (act, acting): (Act, &Acting),
    licence_id: &str,
) -> Result<Option<bool>, Fault> {
    let changed = cx.transaction(|tx| async move {
        let (db, scope) = (tx.db(), tx.scope());
        let reason = match store::licences::get(&db, scope, licence_id).await? {
            Some(licence) => one::done(&tx, run, (act, acting), &licence).await?,
            None => "bulk-skip-gone",
        };
        db.batch(noting(&tx, run, licence_id, reason)).await?;
        Ok(!reason.is_empty())
    });
    let fault = match changed.await {
        Ok(skipped) => return Ok(Some(skipped)),
        Err(problem) => fault(&problem),
    };
    if fault.is_mismatch(store::bulk::RUN) || fault.is_unique("license_generator_bulk_item") {
        return Ok(None);
    }
    if fault.kind != FaultKind::Mismatch {
        return Err(fault);
    }
    // Somebody changed it in the same moment: it stays as he left it.
    cx.db().batch(noting(cx, run, licence_id, "bulk-skip-changed")).await?;
    Ok(Some(true))
}

fn noting(cx: &Cx, run: &Run, licence_id: &str, reason: &str) -> Batch {
    let skipped = i64::from(!reason.is_empty());
    Batch::new().and(store::bulk::advance(run, 1, skipped)).and(store::bulk::note(
        &run.bulk_id,
        licence_id,
        reason,
        cx.now(),
    ))
}

async fn end(cx: &Cx, run: &Run, to: RunState) -> Result<(), Fault> {
    let action = if to == RunState::Done { "bulk.finished" } else { "bulk.stopped" };
    let told = json!({ "done": run.made(), "skipped": run.skipped });
    let step = store::bulk::step(cx.scope(), run, to, &run.job_id, cx.now());
    let batch = Batch::new().and(step).audit(audit(action, run).after(told));
    match cx.db().batch(batch).await {
        Err(fault) if !fault.is_mismatch(store::bulk::RUN) => Err(fault),
        _ => Ok(()),
    }
}
