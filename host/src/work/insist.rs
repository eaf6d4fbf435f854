//! Writes that must not be lost to a deadlock: how a run ended is known only here.

use plugin_api::db::{Batch, Db};
use plugin_api::{Fault, FaultKind};

/// How often a batch is tried.
const TRIES: u32 = 10;

/// Runs `batch`, again while the database says that this may help.
pub(crate) async fn insist(db: &Db, batch: Batch) -> Result<Vec<u64>, Fault> {
    let mut tries = 0;
    loop {
        tries += 1;
        match db.batch(batch.clone()).await {
            Err(fault) if fault.kind == FaultKind::Retry && tries < TRIES => {}
            other => return other,
        }
    }
}
