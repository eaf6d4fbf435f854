//! Policies: what a vendor settles for the licences of a product.

use plugin_api::Cx;

use crate::domain::policy::{InForce, Policy};
use crate::issue::NotIssued;

/// The policy in force for a product: the one named, else the product's own, else what the settings
/// say.
pub(crate) async fn in_force(
    cx: &Cx,
    _product_id: Option<&str>,
    _code: Option<&str>,
) -> Result<InForce, NotIssued> {
    let policy = Policy {
        trial_days: cx.setting("trial-days").await?,
        offline_days: cx.setting("offline-days").await?,
        grace_days: cx.setting("grace-days").await?,
        ..Policy::default()
    };
    Ok(InForce { of: None, policy })
}
