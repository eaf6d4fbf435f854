//! Takes back the licences of a run that nobody has used. Those that were used stay.

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, FaultKind};
use serde_json::json;

use crate::bulk::audit::audit;
use crate::bulk::job::Teller;
use crate::domain::bulk::{Run, RunState};
use crate::store;

/// Licences taken back in one transaction.
const TOGETHER: usize = 50;

/// Takes back what is left to take back.
pub(in crate::bulk) async fn run(cx: &Cx, run: Run) -> Result<(), Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let mut teller = Teller::default();
    let mut after = String::new();
    loop {
        let page = (run.bulk_id.as_str(), after.as_str());
        let ids = store::bulk::unused(&db, scope, page, TOGETHER).await?;
        let Some(last) = ids.last() else { break };
        after.clone_from(last);
        match db.batch(store::bulk::removal(scope, &ids)).await {
            Ok(_) => {}
            // A device came in between: its licence stays, the others go.
            Err(fault) if fault.kind == FaultKind::Mismatch => one_by_one(cx, &ids).await?,
            Err(fault) => return Err(fault),
        }
        teller.tell(cx, &run).await?;
        cx.sleep(std::time::Duration::from_millis(5)).await?;
    }
    let kept = store::bulk::made(&db, scope, &run.bulk_id).await?;
    let told = json!({ "taken_back": run.made() - kept, "kept": kept });
    let step = store::bulk::step(scope, &run, RunState::Undone, &run.job_id, cx.now());
    let batch = Batch::new().and(step).audit(audit("bulk.undone", &run).after(told));
    match db.batch(batch).await {
        Err(fault) if !fault.is_mismatch(store::bulk::RUN) => Err(fault),
        _ => Ok(()),
    }
}

async fn one_by_one(cx: &Cx, ids: &[String]) -> Result<(), Fault> {
    for id in ids {
        let removal = store::bulk::removal(cx.scope(), std::slice::from_ref(id));
        match cx.db().batch(removal).await {
            Err(fault) if fault.kind != FaultKind::Mismatch => return Err(fault),
            _ => {}
        }
    }
    Ok(())
}
