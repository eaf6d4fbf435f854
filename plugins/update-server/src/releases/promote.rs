//! A release that is out comes into another channel.

use plugin_api::db::Batch;
use plugin_api::{Cx, FieldProblem, Problem};
use serde_json::json;

use super::body::Draft;
use super::changed;
use super::publish::unless_changed;
use super::save::audit;
use crate::actor;
use crate::domain::release::State;
use crate::rollouts::plan::Plan;
use crate::rollouts::start;
use crate::store::releases;
use crate::store::{channels, placements};

/// Places a release in a channel of its product where it is not yet.
pub(crate) async fn promote(
    cx: &Cx,
    draft: &Draft,
    channel: &str,
    plan: &Plan,
) -> Result<(), Problem> {
    let release = &draft.release;
    if release.state != State::Published {
        return Err(Problem::conflict("rilascio_non_uscito"));
    }
    let known = channels::of_product(&cx.db(), cx.scope(), &release.product_code).await?;
    if !known.iter().any(|known| known.channel == channel) {
        return Err(Problem::validation(vec![FieldProblem::new(
            "/canale",
            "field-channel-unknown",
        )]));
    }
    if draft.channels.iter().any(|there| there == channel) {
        return Err(Problem::conflict("gia_nel_canale"));
    }
    let audit =
        audit("release.promoted", release).after(json!({ "channel": channel, "rollout": plan }));
    cx.transaction(|tx| {
        let audit = audit.clone();
        async move {
            let place = (release.product_code.as_str(), &*release.release_id, channel);
            let batch = Batch::new()
                .and(releases::touched(&release.release_id, &[State::Published]))
                .and(placements::placing(place, (tx.now(), &actor::name(&tx))));
            let batch = start::begun(&tx, batch, (release, channel), plan);
            let written = tx.db().batch(batch.audit(audit)).await;
            unless_changed(written)?;
            changed::published(&tx, release, vec![channel.to_owned()]).await
        }
    })
    .await?;
    changed::show(cx).await;
    Ok(())
}
