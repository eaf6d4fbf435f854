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

/// A product that licences are issued for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is still sold.
    pub is_sold: bool,
    /// Its modules.
    pub modules: Vec<Module>,
}

/// A module of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether a licence has it unless told otherwise.
    pub by_default: bool,
}

/// Every product, by name.
pub const PRODUCTS: Contract<(), Vec<Product>> = Contract::new("licences.products.v1");

/// A licence to be issued.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// The account it is for.
    pub account_id: String,
    /// Code of its product.
    pub product_code: String,
    /// `permanente`, `trial` or `abbonamento`.
    pub tipo: String,
    /// Its last day, `YYYY-MM-DD`; empty for as the product's policy says.
    pub until: String,
    /// How many devices; none for as the policy says.
    pub devices: Option<i64>,
    /// Codes of the modules that are active; none for as the product has them.
    pub modules: Option<Vec<String>>,
    /// The version it covers; empty for the newest.
    pub version: String,
    /// What it costs, minor units and ISO 4217; none for the price list.
    pub price: Option<(i64, String)>,
    /// The day the price is due, `YYYY-MM-DD`; empty for paid now.
    pub due: String,
    /// For the vendor's own people.
    pub note: String,
}

/// What an order comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quoted {
    /// What it costs, minor units and ISO 4217; none when it costs nothing or has no price.
    pub price: Option<(i64, String)>,
    /// Why it cannot be issued by the caller, in his language; empty when it can.
    pub problem: String,
}

/// What an order would cost and whether the caller may issue it; writes nothing.
pub const QUOTE: Contract<Order, Quoted> = Contract::new("licences.quote.v1");

/// A licence that was issued, or why it was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ordered {
    /// Its id; empty when it was not issued.
    pub licence_id: String,
    /// Why it was not, in the caller's language; empty when it was.
    pub problem: String,
}

/// Issues a licence on the caller's rights; run it on a transaction. Nothing is written when it
/// answers a problem.
pub const ISSUE: Contract<Order, Ordered> = Contract::new("licences.issue.v1");

/// The licences of these ids that lie in the caller's branch.
pub const FIND: Contract<Vec<String>, Vec<LicenceOfAccount>> = Contract::new("licences.find.v1");

/// Names a licence whose updates are asked for. Ask with
/// [`service_unscoped`](crate::Cx::service_unscoped) where what names it is a credential.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntitlementOf {
    /// By its id, which must come from a credential and not from the request itself.
    Licence(String),
    /// By its activation key as somebody typed it, or one of the system used before.
    Key(String),
}

/// An activation key is a credential, so it never reaches a log by accident.
impl std::fmt::Debug for EntitlementOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Licence(id) => f.debug_tuple("Licence").field(id).finish(),
            Self::Key(_) => f.write_str("Key(…)"),
        }
    }
}

/// What updates a licence includes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// Code of its product.
    pub product_code: String,
    /// The last millisecond whose releases are included: when the licence or its maintenance ends or
    /// ended, whichever comes first; `i64::MAX` for no end. What was released before stays included.
    pub until: i64,
    /// Codes of the modules it has now; none where modules do not count.
    pub modules: Option<Vec<String>>,
    /// The newest version it covers: the major number, and the minor one if that is limited too; none
    /// for any.
    #[serde(default)]
    pub newest: Option<(i64, Option<i64>)>,
    /// Its id.
    pub licence_id: String,
    /// The customer's own node.
    pub organisation_id: String,
    /// The customer.
    pub account_id: String,
}

/// Why a licence includes no updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotEntitled {
    /// There is no such licence, or what was shown is no key at all.
    Unknown,
    /// It was taken back for good.
    Revoked,
    /// It is switched off for a while.
    Suspended,
    /// It waits to be confirmed, or its first day has not come.
    Awaiting,
    /// It is for another product.
    WrongProduct,
}

/// What updates a licence includes at this moment, or why none. One that has expired, or whose
/// maintenance has ended, still includes everything released before.
pub const ENTITLEMENT: Contract<EntitlementOf, Result<Entitlement, NotEntitled>> =
    Contract::new("licences.entitlement.v1");

/// Asks for what must be carried to machines without a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineOf {
    /// A licence of the caller's branch whose devices get fresh computer keys; none for no licence.
    pub licence_id: Option<String>,
}

/// A fresh computer key of a device that has a seat. A credential, so it is not `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineKey {
    /// The seat.
    pub activation_id: String,
    /// What the device is called.
    pub device: String,
    /// The computer key: a compact JWS of the type `licenza+jwt`.
    pub computer_key: String,
}

/// What is carried to machines without a network.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offline {
    /// The list of revocations: a compact JWS of the type `revoche+jwt`.
    pub revocations: String,
    /// Fresh computer keys, at most 1,000; none where the licence is not in force.
    pub keys: Vec<OfflineKey>,
}

/// What must be carried to machines without a network: the revocations, and fresh computer keys of the
/// devices of a licence. It takes no seat and writes nothing.
pub const OFFLINE: Contract<OfflineOf, Offline> = Contract::new("licences.offline.v1");
