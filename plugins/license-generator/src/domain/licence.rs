//! A licence as it was issued, with the product and customer it is for.

use plugin_api::db::json;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::state::{State, StoredState};

/// How long a licence lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenceType {
    /// For ever.
    Permanent,
    /// For a few days, to try the product.
    Trial,
    /// As long as it is paid for.
    Subscription,
}

impl LicenceType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::Permanent, Self::Trial, Self::Subscription];

    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Trial => "trial",
            Self::Subscription => "subscription",
        }
    }

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Permanent => "permanente",
            Self::Trial => "trial",
            Self::Subscription => "abbonamento",
        }
    }

    /// The type of this name on the wire.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.wire() == name)
    }
}

/// What the product does when the licence has expired and its tolerance is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtExpiry {
    /// It stops.
    #[default]
    Block,
    /// It shows what is there.
    ReadOnly,
    /// It goes on, and says so.
    Warn,
}

impl AtExpiry {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Block, Self::ReadOnly, Self::Warn];

    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::ReadOnly => "read_only",
            Self::Warn => "warn",
        }
    }

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Block => "blocca",
            Self::ReadOnly => "sola_lettura",
            Self::Warn => "avvisa",
        }
    }

    /// The choice of this name on the wire.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.wire() == name)
    }
}

/// A module of the product as this licence has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ModuleGrant {
    /// The module's code.
    pub code: String,
    /// Whether it may be used.
    #[serde(deserialize_with = "bit")]
    pub active: bool,
    /// The last millisecond it may be used, if it ends before the licence.
    pub until: Option<i64>,
    /// How much of it may be used, if that is limited.
    pub max: Option<i64>,
}

fn bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(deserializer)? != 0)
}

/// A licence. Instants are unix milliseconds.
#[derive(Debug, Clone, Deserialize)]
pub struct Licence {
    /// Its id.
    pub licence_id: String,
    /// The customer's node of the organisation tree.
    pub organisation_id: String,
    /// The customer.
    pub account_id: String,
    /// The customer's name; none if the account is gone.
    pub customer: Option<String>,
    /// The product's code.
    pub product_code: String,
    /// The product's name.
    pub product_name: String,
    /// The newest major version of the product it covers.
    pub version_major: i64,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// What was decided about it.
    pub state_stored: StoredState,
    /// Whether it is for the vendor's own use, and not invoiced.
    pub internal: bool,
    /// How many devices may have a seat.
    pub devices_max: i64,
    /// How many have one.
    pub devices_used: i64,
    /// How many people may use it, if that is limited.
    pub users_max: Option<i64>,
    /// Its first millisecond.
    pub starts_at: i64,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// The last millisecond whose updates it includes, if that is limited.
    pub maintenance_until: Option<i64>,
    /// Minor units.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Free data the product gets with its computer key.
    #[serde(with = "json")]
    pub payload: Map<String, Value>,
    /// For our own people.
    pub note: String,
    /// The first group of its activation key.
    pub key_hint: String,
    /// How many days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// How many days the product goes on after its end.
    pub grace_days: i64,
    /// What it does then.
    pub at_expiry: AtExpiry,
    /// Counts its changes.
    pub version: i64,
    /// When it was issued.
    pub created_at: i64,
    /// Who issued it.
    pub created_by: String,
    /// Its modules.
    #[serde(with = "json")]
    pub modules: Vec<ModuleGrant>,
}

impl Licence {
    /// Where it stands at `now`.
    pub fn state(&self, now: i64) -> State {
        State::at(now, self.state_stored, self.r#type, self.starts_at, self.expires_at)
    }

    /// The customer's name, or nothing.
    pub fn customer_name(&self) -> &str {
        self.customer.as_deref().unwrap_or_default()
    }
}
