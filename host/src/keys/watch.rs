//! Follows the keys that other processes of this installation change, and replaces old ones by the clock.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::{Cx, Fault};

use crate::state::State;
use crate::work::Stop;

/// How soon a change is noticed.
const EVERY: Duration = Duration::from_secs(3);

/// Notices changed keys until stopped.
pub(crate) async fn run(state: Arc<State>, mut stop: Stop) {
    let cx = state.system("keys");
    while stop.pause(EVERY).await {
        if let Err(fault) = state.keys.refresh(&cx).await {
            tracing::warn!(%fault, "The signing keys could not be read again; trying again.");
        }
    }
}

/// Replaces signing keys older than the setting says; 0 days is never.
pub(crate) async fn rotate_old(state: Arc<State>, cx: &Cx) -> Result<(), Fault> {
    let days: i64 = cx.setting("key-days").await?;
    let is_here = state.keys.root().is_some_and(|root| root.is_here);
    if days <= 0 {
        return Ok(());
    }
    if !is_here {
        tracing::warn!("Signing keys are not replaced while the root is kept elsewhere.");
        return Ok(());
    }
    let replaced = state.keys.rotate_older_than(cx, days).await?;
    if replaced > 0 {
        tracing::info!(replaced, "Signing keys were replaced by the clock.");
    }
    Ok(())
}
