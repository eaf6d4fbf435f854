//! Job: deletes raw reports and history that are older than the settings say, some at a time.

use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};
use serde_json::Value as Json;

use crate::store::reports;

/// Name of the job.
pub(super) const JOB: &str = "forget-reports";
/// Setting: days that raw reports are kept; 0 for ever.
pub(super) const REPORTS: &str = "reports-days";
/// Setting: days that the history of versions and totals is kept; 0 for ever.
pub(super) const HISTORY: &str = "history-days";

/// Deletes what is too old. Installations and figures stay, and the last that each one said.
pub(super) async fn run(cx: Cx, _: Json) -> Result<(), Fault> {
    let db = cx.db();
    if let Some(before) = oldest(&cx, REPORTS).await? {
        while reports::forget_quarantine(&db, before).await? {}
        while reports::forget(&db, before).await? {}
    }
    if let Some(before) = oldest(&cx, HISTORY).await? {
        while reports::forget_days(&db, before.div_euclid(DAY)).await? {}
    }
    Ok(())
}

/// The instant from which on things are kept; none for everything.
async fn oldest(cx: &Cx, setting: &str) -> Result<Option<i64>, Fault> {
    let days: i64 = cx.setting(setting).await?;
    Ok((days > 0).then(|| cx.now().saturating_sub(days.saturating_mul(DAY))))
}
