//! A licence as it was issued, with the product and customer it is for.

use plugin_api::db::json;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::choices::{Binding, Origin, Period, Renewal, SuspendedFor};
use super::policy::Conditions;
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
    /// How much of it may be used, if that is limited; within one `period`, if it is counted.
    pub max: Option<i64>,
    /// Whether it is only being tried.
    #[serde(default, deserialize_with = "bit")]
    pub trial: bool,
    /// How often its count begins anew; none if its use is not counted.
    #[serde(default)]
    pub period: Option<Period>,
    /// By how many percent its count may go over `max`.
    #[serde(default)]
    pub overage: i64,
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
    /// The product's id.
    pub product_id: String,
    /// The newest major version of the product it covers.
    pub version_major: i64,
    /// The newest minor version of that major one it covers; every one if not said.
    pub version_minor: Option<i64>,
    /// Code of the bundle it was sold as; empty for none.
    pub bundle: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// What was decided about it.
    pub state_stored: StoredState,
    /// Why it is suspended, if it is.
    pub suspended_for: Option<SuspendedFor>,
    /// Whether it is for the vendor's own use, and not invoiced.
    #[serde(deserialize_with = "bit")]
    pub internal: bool,
    /// What it is bound to.
    pub binding: Binding,
    /// How many devices may have a seat.
    pub devices_max: i64,
    /// The same with the overage its conditions allow.
    pub devices_limit: i64,
    /// How many have one.
    pub devices_used: i64,
    /// How many people may use it, if that is limited.
    pub users_max: Option<i64>,
    /// How many floating seats it has; none unless it is bound to them.
    pub seats_max: Option<i64>,
    /// The same with the overage its conditions allow.
    pub seats_limit: Option<i64>,
    /// How many of them are out.
    pub seats_out: i64,
    /// Its first millisecond.
    pub starts_at: i64,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// The last millisecond whose updates it includes, if that is limited.
    pub maintenance_until: Option<i64>,
    /// What it costs by the price list, minor units.
    pub list_price: Option<i64>,
    /// What is taken off that, hundredths of a percent.
    pub discount: i64,
    /// What it costs, minor units.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// When its price is due, if it is paid later.
    pub due_at: Option<i64>,
    /// When that was paid.
    pub paid_at: Option<i64>,
    /// The node that sold it.
    pub seller_id: Option<String>,
    /// The node of the agent who gets the credit.
    pub agent_id: Option<String>,
    /// The customer's site it is for; may be empty.
    pub site: String,
    /// Values of the product's typed parameters.
    #[serde(with = "json")]
    pub parameters: Map<String, Value>,
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
    /// The policy it was issued under.
    pub policy_id: Option<String>,
    /// The version of that policy.
    pub policy_version: Option<i64>,
    /// What it keeps of that policy.
    #[serde(with = "json")]
    pub conditions: Conditions,
    /// Whether it refuses nothing, and only reports what it would have refused.
    #[serde(deserialize_with = "bit")]
    pub shadow: bool,
    /// How it is renewed.
    pub renewal: Renewal,
    /// Months of a renewal.
    pub renewal_months: i64,
    /// How often it was renewed.
    pub renewals: i64,
    /// When it was renewed last.
    pub renewed_at: Option<i64>,
    /// When it became a paid licence, if it was a trial.
    pub converted_at: Option<i64>,
    /// How it came into being.
    pub origin: Origin,
    /// The bulk run that made it.
    pub bulk_id: Option<String>,
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

/// A version as people write it: `3` for every minor one, or `3.1`.
pub fn version_text(major: i64, minor: Option<i64>) -> String {
    let minor = minor.map_or_else(String::new, |minor| format!(".{minor}"));
    format!("{major}{minor}")
}

impl Licence {
    /// Where it stands at `now`.
    pub fn state(&self, now: i64) -> State {
        State::at(now, self.state_stored, self.r#type, self.starts_at, self.expires_at)
    }

    /// How many people may have a seat with the overage allowed, if that is limited.
    pub fn users_limit(&self) -> Option<i64> {
        self.users_max.map(|max| self.conditions.with_overage(max))
    }

    /// The newest version it covers: `3` for every minor one, or `3.1`.
    pub fn covered_version(&self) -> String {
        version_text(self.version_major, self.version_minor)
    }

    /// What was taken off its price, in percent.
    pub fn discount_percent(&self) -> f64 {
        f64::from(i32::try_from(self.discount).unwrap_or_default()) / 100.0
    }

    /// The customer's name, or nothing.
    pub fn customer_name(&self) -> &str {
        self.customer.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// A permanent licence in force, for three devices.
    pub(crate) fn licence() -> Licence {
        Licence {
            licence_id: "L".into(),
            organisation_id: "O".into(),
            account_id: "C".into(),
            customer: Some("Bianchi & Figli".into()),
            product_code: "STUDIO".into(),
            product_name: "Studio".into(),
            product_id: "P".into(),
            version_major: 3,
            version_minor: None,
            bundle: String::new(),
            r#type: LicenceType::Permanent,
            state_stored: StoredState::Active,
            suspended_for: None,
            internal: false,
            binding: Binding::Device,
            devices_max: 3,
            devices_limit: 3,
            devices_used: 1,
            users_max: None,
            seats_max: None,
            seats_limit: None,
            seats_out: 0,
            starts_at: 1_500,
            expires_at: None,
            maintenance_until: None,
            list_price: None,
            discount: 0,
            price: None,
            currency: "EUR".into(),
            due_at: None,
            paid_at: None,
            seller_id: None,
            agent_id: None,
            site: String::new(),
            parameters: Map::new(),
            payload: Map::from_iter([("a".to_owned(), json!([1]))]),
            note: String::new(),
            key_hint: "ABCDE".into(),
            offline_days: 30,
            grace_days: 7,
            at_expiry: AtExpiry::Block,
            policy_id: None,
            policy_version: None,
            conditions: Conditions::default(),
            shadow: false,
            renewal: Renewal::Manual,
            renewal_months: 12,
            renewals: 0,
            renewed_at: None,
            converted_at: None,
            origin: Origin::Person,
            bulk_id: None,
            version: 1,
            created_at: 1_500,
            created_by: String::new(),
            modules: vec![ModuleGrant {
                code: "pdf".into(),
                active: true,
                until: None,
                max: Some(5),
                trial: false,
                period: None,
                overage: 0,
            }],
        }
    }
}
