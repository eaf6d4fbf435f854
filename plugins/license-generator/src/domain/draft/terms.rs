//! A draft that makes sense by itself.

use std::collections::BTreeMap;

use plugin_api::FieldProblem;
use serde_json::{Map, Value};

use crate::domain::choices::{Binding, Period, Renewal};
use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::policy::Conditions;

/// A draft that makes sense by itself; customer, product and modules are still to be found. Instants
/// are unix milliseconds, amounts minor units.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Id of the customer.
    pub account_id: String,
    /// Code of the product.
    pub product_code: String,
    /// Major and minor number of the version it covers; the product's newest if not said.
    pub version: Option<(i64, Option<i64>)>,
    /// Code of the bundle it is sold as.
    pub bundle: Option<String>,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// Whether it is for the vendor's own use.
    pub internal: bool,
    /// What it is bound to.
    pub binding: Binding,
    /// How many devices.
    pub devices_max: i64,
    /// How many people, if limited.
    pub users_max: Option<i64>,
    /// How many floating seats.
    pub seats_max: Option<i64>,
    /// Its first millisecond.
    pub starts_at: i64,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// The last millisecond whose updates it includes.
    pub maintenance_until: Option<i64>,
    /// Modules that are to be other than the product has them.
    pub modules: BTreeMap<String, ModuleTerms>,
    /// What it is to cost, whatever the price list says.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// What is taken off the price list, hundredths of a percent.
    pub discount: i64,
    /// The last millisecond of the day the price is due, when it is to be paid later.
    pub due_at: Option<i64>,
    /// Node that sells it.
    pub seller_id: Option<String>,
    /// Node of the agent who gets the credit.
    pub agent_id: Option<String>,
    /// The customer's site it is for; may be empty.
    pub site: String,
    /// Values of the product's typed parameters.
    pub parameters: Map<String, Value>,
    /// Free data, JSON text.
    pub payload: String,
    /// For the vendor's own people.
    pub note: String,
    /// What the product does after its end.
    pub at_expiry: AtExpiry,
    /// Days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// Days the product goes on after its end.
    pub grace_days: i64,
    /// The policy it is issued under, and its version.
    pub policy: Option<(String, i64)>,
    /// What it keeps of that policy.
    pub conditions: Conditions,
    /// Whether it refuses nothing.
    pub shadow: bool,
    /// How it is renewed.
    pub renewal: Renewal,
    /// Months of a renewal.
    pub renewal_months: i64,
    /// Fields that go beyond the policy, where who asks may do that.
    pub beyond: Vec<FieldProblem>,
}

/// A module of [`Terms`].
#[derive(Debug, Clone, Default)]
pub struct ModuleTerms {
    /// Whether it may be used.
    pub active: bool,
    /// Its last millisecond.
    pub until: Option<i64>,
    /// How much of it may be used.
    pub max: Option<i64>,
    /// Whether it is only being tried.
    pub trial: bool,
    /// How often its count begins anew.
    pub period: Option<Period>,
    /// By how many percent its count may go over `max`.
    pub overage: i64,
}
