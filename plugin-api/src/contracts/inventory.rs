//! What other plugins may ask of whoever keeps the inventory of installations.

use serde::{Deserialize, Serialize};

use super::Contract;

/// Asks for what belongs to an account in the caller's branch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OfAccount {
    /// The account.
    pub account_id: String,
}

/// An installation as other plugins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstallationOfAccount {
    /// Its id.
    pub installation_id: String,
    /// What its software calls itself.
    pub software: String,
    /// The version it last said; empty for not said.
    pub version: String,
    /// The name of its computer; empty for not said.
    pub computer: String,
    /// Code of its product; none while nobody said.
    pub product_code: Option<String>,
    /// The licence it has.
    pub licence_id: Option<String>,
    /// When it last reported itself, unix milliseconds.
    pub last_seen_at: i64,
    /// The page that shows it, a path of the cockpit; empty when the caller may not open it.
    pub path: String,
}

/// The installations of one account, the one last heard of first, at most 500.
pub const OF_ACCOUNT: Contract<OfAccount, Vec<InstallationOfAccount>> =
    Contract::new("inventory.of_account.v1");

/// Everything kept of the installations of an account, for an access request (GDPR art. 15): what
/// they said of themselves, and from where.
pub const DATA: Contract<OfAccount, serde_json::Value> = Contract::new("inventory.data.v1");

/// Erases what is personal of them (GDPR art. 17): computers, addresses, bodies of reports, notes.
/// Installations and their totals stay. On the caller's transaction when it is on one.
pub const ERASE: Contract<OfAccount, ()> = Contract::new("inventory.erase.v1");

/// Asks how many installations of the caller's branch run which version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Only those heard of since then, unix milliseconds.
    pub since: i64,
}

/// How many installations run one version of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsVersion {
    /// Code of the product.
    pub product_code: String,
    /// The version as they say it; empty for not said.
    pub version: String,
    /// How many.
    pub installations: i64,
    /// The page that lists them, a path of the cockpit; empty when the caller may not open it.
    pub path: String,
}

/// What installations of the caller's branch run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// By product and version.
    pub versions: Vec<RunsVersion>,
    /// Whether there were more than are counted: then it is those heard of last.
    pub is_cut: bool,
}

/// How many installations run which version, of those whose product is known.
pub const VERSIONS: Contract<Versions, Running> = Contract::new("inventory.versions.v1");
