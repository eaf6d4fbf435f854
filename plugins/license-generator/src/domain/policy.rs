//! What a vendor settles for the licences of a product: the values that count where a draft says
//! nothing, and how far one may go.
//!
//! A licence keeps the [`Conditions`] it was issued under; a changed policy reaches it only when
//! somebody applies it.

use serde::{Deserialize, Serialize};

use super::choices::{Binding, Renewal};
use super::licence::{AtExpiry, LicenceType};

/// What a licence keeps of the policy it was issued under, beside its own columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    /// How many components of a fingerprint must be the same for a device to be the same one; all
    /// of them if not said.
    pub match_components: Option<i64>,
    /// Whether a device shows at each validation the token it got at the one before: two devices
    /// of one fingerprint (a clone) are told apart by it.
    pub rolling_token: bool,
    /// How often devices may be exchanged within `transfer_days`; no limit if not said.
    pub transfers_max: Option<i64>,
    /// The window of `transfers_max`, in days.
    pub transfer_days: i64,
    /// How long a floating seat is kept without a heartbeat, in seconds.
    pub lease_seconds: i64,
    /// How long a floating seat may be borrowed, in days; 0 for not at all.
    pub borrow_days: i64,
    /// By how many percent devices or floating seats may go over what was sold.
    pub overage_percent: i64,
    /// Days after which a postponed payment that is overdue suspends the licence; never if not said.
    pub suspend_after_days: Option<i64>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            match_components: None,
            rolling_token: false,
            transfers_max: None,
            transfer_days: 365,
            lease_seconds: 300,
            borrow_days: 0,
            overage_percent: 0,
            suspend_after_days: None,
        }
    }
}

impl Conditions {
    /// `max` with the overage allowed, rounded down.
    pub fn with_overage(&self, max: i64) -> i64 {
        max.saturating_add(max.saturating_mul(self.overage_percent) / 100)
    }
}

/// The values of a policy. Limits that are not said do not limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// The types that may be issued; all if empty.
    pub types: Vec<LicenceType>,
    /// What licences are bound to unless told otherwise.
    pub binding: Binding,
    /// Days of a trial.
    pub trial_days: i64,
    /// Days of a subscription without an end of its own; must be told if not said.
    pub duration_days: Option<i64>,
    /// Most days a licence may last.
    pub longest_days: Option<i64>,
    /// Days of maintenance of a permanent licence; for ever if not said.
    pub maintenance_days: Option<i64>,
    /// Devices, people or floating seats unless told otherwise.
    pub devices: i64,
    /// Most of them.
    pub devices_most: Option<i64>,
    /// Days the product goes on after its end.
    pub grace_days: i64,
    /// Days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// What the product does after its end.
    pub at_expiry: AtExpiry,
    /// How it is renewed.
    pub renewal: Renewal,
    /// Months of a renewal.
    pub renewal_months: i64,
    /// Whether it may be paid later.
    pub postponed: bool,
    /// Days within which a postponed payment is due, unless told otherwise.
    pub postponed_days: i64,
    /// Whether licences refuse nothing and only report what they would have refused.
    pub shadow: bool,
    /// What each licence keeps.
    pub conditions: Conditions,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            types: Vec::new(),
            binding: Binding::Device,
            trial_days: 30,
            duration_days: None,
            longest_days: None,
            maintenance_days: None,
            devices: 1,
            devices_most: None,
            grace_days: 7,
            offline_days: 30,
            at_expiry: AtExpiry::Block,
            renewal: Renewal::Manual,
            renewal_months: 12,
            postponed: true,
            postponed_days: 30,
            shadow: false,
            conditions: Conditions::default(),
        }
    }
}

/// A policy in force: its values, and which version of which policy they are; none for what the
/// settings say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    /// Its id and version.
    pub of: Option<(String, i64)>,
    /// Its values.
    pub policy: Policy,
    /// Whether who asks may go beyond its limits.
    pub may_exceed: bool,
}
