//! Looks after rollouts every minute: those that fail too often stop, those that reached everybody are
//! over.

use plugin_api::contracts::updates::{STOPPED, Stopped};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, Problem};
use serde_json::{Value, json};

use crate::domain::rollout::{State, must_stop};
use crate::releases::changed;
use crate::store::products;
use crate::store::rollouts::{self, LABEL, Rollout};

/// The name of the job.
pub(super) const NAME: &str = "tend-rollouts";
/// What begins the reason of a rollout that stopped by itself.
const AUTOMATIC: &str = "auto:";

/// The job.
pub(super) async fn job(cx: Cx, _payload: Value) -> Result<(), Fault> {
    for rollout in rollouts::open(&cx.db()).await? {
        tend(&cx, rollout).await.map_err(|problem| {
            problem.fault().cloned().unwrap_or_else(|| Fault::internal(problem.codice()))
        })?;
    }
    Ok(())
}

/// Stops the rollouts of a release that fail too often; to be called when an installation said that it
/// failed.
pub(crate) async fn watch(cx: &Cx, release_id: &str) -> Result<(), Problem> {
    for rollout in rollouts::open(&cx.db()).await? {
        if rollout.release_id == release_id {
            tend(cx, rollout).await?;
        }
    }
    Ok(())
}

async fn tend(cx: &Cx, rollout: Rollout) -> Result<(), Problem> {
    let Some(product) = products::known(&cx.db(), &rollout.product_code).await? else {
        return Ok(());
    };
    let outcomes = (rollout.succeeded, rollout.failed);
    let fails = must_stop(outcomes, (product.stop_percent, product.stop_minimum));
    let is_over = rollout.state == State::Running && rollout.percent(cx.now()) == 100;
    if !fails && !is_over {
        return Ok(());
    }
    let (succeeded, failed) = outcomes;
    let after = Rollout {
        state: if fails { State::Stopped } else { State::Done },
        frozen_percent: fails.then_some(0),
        reason: if fails {
            format!("{AUTOMATIC}{failed}/{}", succeeded.saturating_add(failed))
        } else {
            String::new()
        },
        ended_at: Some(cx.now()),
        ..rollout
    };
    let moved = cx.transaction(|tx| {
        let after = after.clone();
        async move {
            let action = if fails { "rollout.stopped_by_itself" } else { "rollout.completed" };
            let audit = Audit::of(action, &after.rollout_id)
                .named(format!("{} {}", after.product_code, after.channel))
                .after(json!({ "succeeded": succeeded, "failed": failed }));
            let mut batch = Batch::new().and(rollouts::update(&after)).audit(audit);
            if fails {
                batch = batch.emit(
                    STOPPED,
                    Stopped {
                        product_code: after.product_code.clone(),
                        channel: after.channel.clone(),
                        release_id: after.release_id.clone(),
                        rollout_id: after.rollout_id.clone(),
                        succeeded,
                        failed,
                    },
                );
            }
            match tx.db().batch(batch).await {
                // Somebody steered it meanwhile: the next round looks again.
                Err(fault) if fault.is_mismatch(LABEL) => return Ok(()),
                done => drop(done?),
            }
            changed::changed(&tx, &after.product_code).await
        }
    });
    moved.await?;
    changed::show(cx).await;
    Ok(())
}

/// The failures and outcomes in the reason of a rollout that stopped by itself.
pub(super) fn automatic(reason: &str) -> Option<(&str, &str)> {
    reason.strip_prefix(AUTOMATIC)?.split_once('/')
}
