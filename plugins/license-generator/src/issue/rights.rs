//! Whether somebody may issue what he asks for.

use plugin_api::Cx;

use super::{NotIssued, Order};

/// Refuses an order that is beyond what the caller may issue.
#[expect(clippy::unused_async, reason = "quotas are counted in the database")]
pub(super) async fn check(_cx: &Cx, _order: &Order) -> Result<(), NotIssued> {
    Ok(())
}
