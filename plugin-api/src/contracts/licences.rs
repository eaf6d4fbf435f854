//! What other plugins may ask of whoever keeps the licences.

use serde::{Deserialize, Serialize};

use super::Contract;

/// Asks for the licences of an account in the caller's branch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OfAccount {
    /// The account.
    pub account_id: String,
}

/// A licence as other plugins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceOfAccount {
    /// Its id.
    pub licence_id: String,
    /// What its product is called.
    pub product: String,
    /// Code of its product.
    pub product_code: String,
    /// `permanente`, `trial` or `abbonamento`.
    pub tipo: String,
    /// Where it stands now: `attiva`, `scaduta`, `in_attesa_convalida` …
    pub stato: String,
    /// When it ends, unix milliseconds; none when it does not.
    pub expires_at: Option<i64>,
    /// The activation key with all but its end hidden.
    pub key_hint: String,
    /// The page that shows it, a path of the cockpit; empty when the caller may not open it.
    pub path: String,
}

/// The licences of one account, newest first, at most 500.
pub const OF_ACCOUNT: Contract<OfAccount, Vec<LicenceOfAccount>> =
    Contract::new("licences.of_account.v1");

/// Everything kept of the devices of an account, for an access request (GDPR art. 15): devices,
/// what they asked and from where.
pub const DATA: Contract<OfAccount, serde_json::Value> = Contract::new("licences.data.v1");

/// Erases what is personal of it (GDPR art. 17): names of devices, addresses, notes. Licences and
/// their seats stay. On the caller's transaction when it is on one.
pub const ERASE: Contract<OfAccount, ()> = Contract::new("licences.erase.v1");

/// Event: a licence was issued; payload is an [`Issued`].
pub const ISSUED: &str = "licences.issued.v1";

/// What is told of a licence that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Its id.
    pub licence_id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// Code of its product.
    pub product_code: String,
}

/// Event: a licence was renewed; payload is a [`Renewed`].
pub const RENEWED: &str = "licences.renewed.v1";

/// What is told of a licence that was renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewed {
    /// Its id.
    pub licence_id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// Code of its product.
    pub product_code: String,
    /// Its new last millisecond; that of its maintenance for a permanent one.
    pub until: i64,
    /// The transaction it was booked with; empty when it cost nothing.
    pub transaction_id: String,
    /// Whether it renewed itself.
    pub automatic: bool,
}
