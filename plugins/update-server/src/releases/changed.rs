//! The single place where a change of what clients may have is told: to the signed metadata, to open
//! pages, to other plugins.

use plugin_api::contracts::updates::{PUBLISHED, Published};
use plugin_api::cx::Tx;
use plugin_api::db::Batch;
use plugin_api::{Cx, Problem};

use crate::store::releases::Release;

/// The live topic of releases and rollouts.
pub(crate) const TOPIC: &str = "update-server.releases";

/// Signs the metadata of a product anew, on the transaction that changed what clients may have of it.
pub(crate) async fn changed(tx: &Tx, product: &str) -> Result<(), Problem> {
    crate::tuf::round(tx, product).await
}

/// The same after a release came into channels where it was not yet; others hear of it.
pub(crate) async fn published(
    tx: &Tx,
    release: &Release,
    channels: Vec<String>,
) -> Result<(), Problem> {
    changed(tx, &release.product_code).await?;
    let told = Published {
        product_code: release.product_code.clone(),
        release_id: release.release_id.clone(),
        version: release.version.clone(),
        channels,
        is_critical: release.is_critical,
        at: tx.now(),
    };
    tx.db().batch(Batch::new().emit(PUBLISHED, told)).await?;
    Ok(())
}

/// Tells open pages that something moved.
pub(crate) async fn show(cx: &Cx) {
    // A page that misses it shows the old state until it is opened again: no failure of what was done.
    let _ = cx.live(TOPIC, serde_json::json!({})).await;
}
