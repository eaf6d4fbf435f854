//! A rollout begins: with a release that goes out, with its coming into a channel, or later.

use plugin_api::cx::Tx;
use plugin_api::db::Batch;
use plugin_api::{Cx, FieldProblem, Problem};
use serde_json::json;

use super::plan::Plan;
use crate::actor;
use crate::domain::release;
use crate::domain::rollout::State;
use crate::releases::body::Draft;
use crate::releases::changed;
use crate::releases::save::audit;
use crate::store::releases::Release;
use crate::store::rollouts::{self, LABEL, Rollout};

/// Adds the rollout of a release that comes into a channel; none for everybody at once.
pub(crate) fn begun(
    tx: &Tx,
    batch: Batch,
    (release, channel): (&Release, &str),
    plan: &Plan,
) -> Batch {
    if plan.is_at_once() {
        return batch;
    }
    batch.and(rollouts::insertion(&rollout(tx, release, channel, plan)))
}

/// Begins a rollout of a release that is in a channel already and has none going on there; answers its
/// id.
pub(crate) async fn start(
    cx: &Cx,
    draft: &Draft,
    channel: &str,
    plan: &Plan,
) -> Result<String, Problem> {
    let release = &draft.release;
    if release.state != release::State::Published {
        return Err(Problem::conflict("rilascio_non_uscito"));
    }
    if !draft.channels.iter().any(|there| there == channel) {
        return Err(Problem::validation(vec![FieldProblem::new(
            "/canale",
            "field-channel-unknown",
        )]));
    }
    let rollout_id = cx
        .transaction(|tx| async move {
            let rollout = rollout(&tx, release, channel, plan);
            let audit = audit("rollout.started", release)
                .after(json!({ "channel": channel, "rollout": plan }));
            let batch = Batch::new().and(rollouts::insertion(&rollout)).audit(audit);
            match tx.db().batch(batch).await {
                Err(fault) if fault.is_mismatch(LABEL) => {
                    return Err(Problem::conflict("distribuzione_in_corso"));
                }
                done => drop(done?),
            }
            changed::changed(&tx, &release.product_code).await?;
            Ok(rollout.rollout_id)
        })
        .await?;
    changed::show(cx).await;
    Ok(rollout_id)
}

fn rollout(cx: &Cx, release: &Release, channel: &str, plan: &Plan) -> Rollout {
    let now = cx.now();
    let at_once = plan.is_at_once();
    Rollout {
        rollout_id: cx.fresh_id(),
        product_code: release.product_code.clone(),
        channel: channel.to_owned(),
        release_id: release.release_id.clone(),
        state: if at_once { State::Done } else { State::Running },
        schedule: plan.begun(now),
        frozen_percent: None,
        reason: String::new(),
        succeeded: 0,
        failed: 0,
        started_at: now,
        started_by: actor::name(cx),
        ended_at: at_once.then_some(now),
        row_version: 1,
    }
}
