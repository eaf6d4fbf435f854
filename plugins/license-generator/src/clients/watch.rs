//! Jobs: look for what is suspicious about the last month, and forget validations that are too old.

use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};
use serde_json::Value as Json;

use crate::store;
use crate::store::suspicions::{Reason, Window, forgetting, found, noting};

/// Name of the job that looks.
pub(super) const WATCH: &str = "watch-use";
/// Name of the job that forgets.
pub(super) const FORGET: &str = "forget-validations";

/// How far back it looks.
const MONTH: i64 = 30 * DAY;
/// Licences noted at most for each reason, those with most first.
const MOST: u32 = 500;

/// From how much on it looks suspicious.
fn at_least(reason: Reason) -> i64 {
    match reason {
        Reason::Clone | Reason::Shared => 1,
        Reason::Transfers => 3,
        Reason::Refusals => 20,
        Reason::Addresses => 10,
    }
}

/// Notes what was found; what did not happen for a month is gone.
pub(super) async fn watch(cx: Cx, _: Json) -> Result<(), Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let since = cx.now() - MONTH;
    for reason in Reason::ALL {
        let window = Window { since, at_least: at_least(reason), most: MOST };
        let findings = found(&db, scope, reason, window).await?;
        for some in findings.chunks(100) {
            let batch = some
                .iter()
                .fold(Batch::new(), |batch, found| noting(batch, &cx.fresh_id(), reason, found));
            db.batch(batch).await?;
        }
    }
    db.execute(forgetting(scope, since)).await.map(drop)
}

/// Forgets validations older than the setting says; activations and refusals of a seat stay.
pub(super) async fn forget(cx: Cx, _: Json) -> Result<(), Fault> {
    let days: i64 = cx.setting("log-days").await?;
    let before = cx.now() - days.max(1).saturating_mul(DAY);
    while store::log::forget_validations(&cx.db(), before).await? {}
    Ok(())
}
