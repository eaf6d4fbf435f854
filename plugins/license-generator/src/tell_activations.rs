//! Job: tells the timelines of customers which devices were activated.
//!
//! Not in the transaction of the activation, which many devices wait for at once, and one line per
//! licence however many came in the same minute.

use plugin_api::contracts::timeline::{self, Entry};
use plugin_api::db::Batch;
use plugin_api::{Cx, Fault};
use serde_json::Value as Json;

use crate::store::activations_told::{self as store, Activated};
use crate::story;

/// Its name.
pub(crate) const JOB: &str = "tell-activations";
/// How old an activation is before it is told: its transaction has ended by then, milliseconds.
const SETTLED: i64 = 10_000;

/// Tells what happened since the last run, once however many hosts run it.
pub(crate) async fn run(cx: Cx, _: Json) -> Result<(), Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let told = store::told_until(&db).await?;
    let until = cx.now() - SETTLED;
    let Some(after) = told else {
        return db.batch(Batch::new().and(store::begin(until))).await.map(drop);
    };
    let activated = store::between(&db, scope, after, until).await?;
    // More than one run tells: the next one goes on behind the last that was told.
    let is_full = activated.len() >= store::MOST as usize;
    let until = activated.last().filter(|_| is_full).map_or(until, |last| last.at);
    let batch = Batch::new().and(store::advance(after, until));
    let batch = activated
        .iter()
        .fold(batch, |batch, activated| batch.emit(timeline::HAPPENED, line(&cx, activated)));
    match db.batch(batch).await {
        // Another host was faster.
        Err(fault) if fault.is_mismatch(store::TOLD) => Ok(()),
        other => other.map(drop),
    }
}

fn line(cx: &Cx, activated: &Activated) -> Entry {
    let told = story::Told {
        account_id: &activated.account_id,
        licence_id: &activated.licence_id,
        product: &activated.product,
        key_hint: &activated.key_hint,
    };
    let entry = match activated.devices {
        1 => story::entry(cx, told, "device.activated", &activated.device),
        several => story::entry(cx, told, "devices.activated", &several.to_string()),
    };
    Entry { at: activated.at, actor: String::new(), ..entry }
}
