//! Links rows into the chain within a second or two of their commit; one process does it at a time.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::Fault;
use plugin_api::db::{Batch, Db};

use super::chain;
use crate::state::State;
use crate::store::audit::{self as store, Head};
use crate::store::leases::{self, Lease};
use crate::work::Stop;

/// How often it looks.
const PERIOD: Duration = Duration::from_secs(1);
/// How long the lease lasts without being renewed, milliseconds.
const LEASE: i64 = 15_000;
/// How many rows are linked in one transaction.
const AT_ONCE: u32 = 200;

/// Seals until asked to stop, and gives the lease back.
pub(crate) async fn run(state: Arc<State>, mut stop: Stop) {
    let holder = crate::lend::fresh_id();
    let db = state.system("audit-sealer").db();
    let mut lease = None;
    while stop.pause(PERIOD).await {
        if let Err(fault) = turn(&db, &holder, &mut lease, || state.now()).await {
            lease = None;
            tracing::warn!(error = %fault, "Audit rows could not be sealed; trying again.");
        }
    }
    if let Some(held) = lease {
        // Whoever starts next would otherwise wait until it runs out.
        let _ = db.execute(held.release()).await;
    }
}

/// Seals whatever is not sealed, if nobody else is doing it.
async fn turn(
    db: &Db,
    holder: &str,
    lease: &mut Option<Lease>,
    now: impl Fn() -> i64,
) -> Result<(), Fault> {
    loop {
        if store::unsealed(db, 1).await?.is_empty() {
            return Ok(());
        }
        if lease.is_none() {
            *lease = leases::acquire(db, "audit-sealer", holder, now(), LEASE).await?;
        }
        let Some(held) = lease else { return Ok(()) };
        match seal(db, held, now()).await {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            // Somebody took over while we slept; he goes on from where we were.
            Err(fault) if fault.is_mismatch("lease") || fault.is_mismatch("head") => {
                *lease = None;
                return Ok(());
            }
            Err(fault) => return Err(fault),
        }
    }
}

/// Links the oldest unsealed rows to the end of the chain; answers how many.
pub(super) async fn seal(db: &Db, lease: &Lease, now: i64) -> Result<usize, Fault> {
    let head = store::head(db).await?;
    let rows = store::unsealed(db, AT_ONCE).await?;
    let mut end = Head { sealed_at: now, ..head.clone() };
    let mut batch = Batch::new().and(lease.renewal(now));
    for row in &rows {
        end.chain_no += 1;
        end.chain_hash = chain::link(&end.chain_hash, end.chain_no, row);
        batch = batch.and(store::seal(&row.audit_id, end.chain_no, &end.chain_hash));
    }
    if !rows.is_empty() {
        db.batch(batch.and(store::advance(&head, &end))).await?;
    }
    Ok(rows.len())
}
