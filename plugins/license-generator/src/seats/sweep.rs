//! The job that frees seats whose lease ended and keeps the numbers right, each minute. Nobody waits
//! for it: who takes a seat frees those of his licence himself.

use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};
use serde_json::Value;

use crate::api::posti::WAITS;
use crate::store;
use crate::store::seats::is_contested;

/// Its name.
pub(super) const JOB: &str = "seats";

/// Frees, counts and notes.
pub(super) async fn run(cx: Cx, _: Value) -> Result<(), Fault> {
    let (db, now) = (cx.db(), cx.now());
    for (licence_id, seats) in store::seats::ended(&db, now).await? {
        match store::seats::sweep(&db, &licence_id, seats, now).await {
            Ok(()) => {}
            // Somebody took a seat of it meanwhile, and freed them.
            Err(fault) if is_contested(&fault) => {}
            Err(fault) => return Err(fault),
        }
    }
    for licence_id in store::seats::mismatched(&db).await? {
        store::seats::recount(&db, &licence_id).await?;
    }
    store::seats::note_all(&db, now.div_euclid(DAY) * DAY, now).await?;
    store::seats::forget_waiting(&db, now - WAITS).await
}
