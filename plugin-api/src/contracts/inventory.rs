//! What other plugins may ask of whoever keeps the inventory of installations.

use serde::{Deserialize, Serialize};

use super::Contract;

/// Asks for what belongs to an account in the caller's branch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OfAccount {
    /// The account.
    pub account_id: String,
}

/// Everything kept of the installations of an account, for an access request (GDPR art. 15): what
/// they said of themselves, and from where.
pub const DATA: Contract<OfAccount, serde_json::Value> = Contract::new("inventory.data.v1");

/// Erases what is personal of them (GDPR art. 17): computers, addresses, bodies of reports, notes.
/// Installations and their totals stay. On the caller's transaction when it is on one.
pub const ERASE: Contract<OfAccount, ()> = Contract::new("inventory.erase.v1");
