//! Jobs: the figures of the day from the tally each hour, and the tally anew each night.

use plugin_api::db::{Audit, Batch};
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};
use serde_json::{Value as Json, json};

use crate::store::figures::keep;

/// Writes today's figures.
pub(super) const TODAY: &str = "inventory-figures";
/// Counts the tally anew.
pub(super) const RECOUNT: &str = "inventory-recount";
/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// Writes the figures of today; in the first hour of a day those of yesterday as well, which is how
/// it ended.
pub(super) async fn today(cx: Cx, _: Json) -> Result<(), Fault> {
    let (day, into_it) = (cx.now().div_euclid(DAY), cx.now().rem_euclid(DAY));
    let batch = if into_it < HOUR { keep::of_day(Batch::new(), day - 1) } else { Batch::new() };
    cx.db().batch(keep::of_day(batch, day)).await.map(drop)
}

/// Counts the tally anew, which heals whatever went wrong with it, and puts the shards of
/// yesterday together.
pub(super) async fn recount(cx: Cx, _: Json) -> Result<(), Fault> {
    again(&cx).await?;
    let yesterday = cx.now().div_euclid(DAY) - 1;
    cx.db().batch(keep::merge_shards((yesterday - 7, yesterday))).await.map(drop)
}

/// The tally anew from the installations; differences are told in the audit log.
pub(crate) async fn again(cx: &Cx) -> Result<i64, Fault> {
    let done = cx.transaction(async |tx| {
        let differences = keep::differences(&tx.db()).await?;
        let batch = keep::recount();
        let batch = if differences == 0 {
            batch
        } else {
            let told = Audit::of("inventory_tally.recounted", "tally");
            batch.audit(told.named("tally").after(json!({ "differences": differences })))
        };
        tx.db().batch(batch).await?;
        Ok(differences)
    });
    done.await.map_err(|problem| {
        problem.fault().cloned().unwrap_or_else(|| Fault::internal("the tally was not counted"))
    })
}
