//! Licences being written.

use plugin_api::db::{Batch, Statement, Value};

use crate::domain::choices::{Binding, Origin, Period, Renewal};
use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::state::StoredState;

/// A licence to be written. Instants are unix milliseconds, amounts minor units.
#[derive(Debug, Clone)]
pub struct NewLicence {
    /// Its id.
    pub licence_id: String,
    /// The customer's node of the organisation tree.
    pub organisation_id: String,
    /// The customer.
    pub account_id: String,
    /// The product.
    pub product_id: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// What was decided about it.
    pub state_stored: StoredState,
    /// Whether it is for the vendor's own use.
    pub internal: bool,
    /// What it is bound to.
    pub binding: Binding,
    /// How many devices may have a seat.
    pub devices_max: i64,
    /// The same with the overage allowed.
    pub devices_limit: i64,
    /// How many people may use it, if that is limited.
    pub users_max: Option<i64>,
    /// How many floating seats it has.
    pub seats_max: Option<i64>,
    /// The same with the overage allowed.
    pub seats_limit: Option<i64>,
    /// The newest major version it covers.
    pub version_major: i64,
    /// The newest minor version of that one; every one if not said.
    pub version_minor: Option<i64>,
    /// Code of the bundle it is sold as; may be empty.
    pub bundle: String,
    /// Its first millisecond.
    pub starts_at: i64,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// The last millisecond whose updates it includes.
    pub maintenance_until: Option<i64>,
    /// What it costs by the price list.
    pub list_price: Option<i64>,
    /// What is taken off, hundredths of a percent.
    pub discount: i64,
    /// What it costs.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// When its price is due, if it is paid later.
    pub due_at: Option<i64>,
    /// Node that sold it.
    pub seller_id: Option<String>,
    /// Node of the agent who gets the credit.
    pub agent_id: Option<String>,
    /// The customer's site; may be empty.
    pub site: String,
    /// Typed parameters, JSON text.
    pub parameters: String,
    /// Free data, JSON text.
    pub payload: String,
    /// For our own people.
    pub note: String,
    /// Keyed hash of the activation key, hexadecimal.
    pub key_hash: String,
    /// The activation key, sealed.
    pub key_sealed: Vec<u8>,
    /// Its first group.
    pub key_hint: String,
    /// How many days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// How many days the product goes on after its end.
    pub grace_days: i64,
    /// What it does then.
    pub at_expiry: AtExpiry,
    /// The policy it is issued under, and its version.
    pub policy: Option<(String, i64)>,
    /// What it keeps of that policy, JSON text.
    pub conditions: String,
    /// Whether it refuses nothing.
    pub shadow: bool,
    /// How it is renewed.
    pub renewal: Renewal,
    /// Months of a renewal.
    pub renewal_months: i64,
    /// How it comes into being.
    pub origin: Origin,
    /// The bulk run that makes it.
    pub bulk_id: Option<String>,
    /// Names a licence of the sample, so that it is made once.
    pub marker: Option<String>,
    /// The present.
    pub created_at: i64,
    /// Who issues it.
    pub created_by: String,
    /// Its modules.
    pub modules: Vec<NewGrant>,
}

/// A module of a licence to be written.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// The module.
    pub module_id: String,
    /// Its code.
    pub code: String,
    /// Whether it may be used.
    pub active: bool,
    /// Its last millisecond, if it ends before the licence.
    pub until: Option<i64>,
    /// How much of it may be used, if limited.
    pub max: Option<i64>,
    /// Whether it is only being tried.
    pub trial: bool,
    /// How often its count begins anew; none if its use is not counted.
    pub period: Option<Period>,
    /// By how many percent its count may go over `max`.
    pub overage: i64,
}

/// The batch that writes a licence; its organisation was found in the caller's branch before.
///
/// Unscoped: a new row has no scope yet.
pub fn insertion(new: &NewLicence) -> Batch {
    statements(new).into_iter().fold(Batch::new(), Batch::and)
}

/// The statements of [`insertion`], for a batch that writes many.
///
/// Unscoped: a new row has no scope yet.
pub fn statements(new: &NewLicence) -> Vec<Statement> {
    let licence = into_table("license_generator_licence", vec![columns(new)]);
    let grants = new.modules.iter().map(|grant| granting(&new.licence_id, grant));
    std::iter::once(licence).chain(grants).collect()
}

/// The statements that write licences like [`insertion`] does, all in as few as possible.
///
/// Unscoped: new rows have no scope yet.
pub fn statements_of_many(new: &[NewLicence]) -> Vec<Statement> {
    let licences: Vec<_> = new.iter().map(columns).collect();
    let grants = new
        .iter()
        .flat_map(|new| new.modules.iter().map(|grant| grant_columns(&new.licence_id, grant)));
    let grants: Vec<_> = grants.collect();
    [("license_generator_licence", licences), ("license_generator_licence_module", grants)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(table, rows)| into_table(table, rows))
        .collect()
}

/// One insert of rows that have the same columns.
fn into_table(table: &str, rows: Vec<Vec<(&'static str, Value)>>) -> Statement {
    let names: Vec<&str> = rows.iter().take(1).flatten().map(|(name, _)| *name).collect();
    let place = format!("({})", vec!["?"; names.len()].join(", "));
    let sql = format!(
        "insert into {table} ({}) values {}",
        names.join(", "),
        vec![place; rows.len()].join(", ")
    );
    Statement::new(sql).bind_all(rows.into_iter().flatten().map(|(_, value)| value))
}

fn grant_columns(licence_id: &str, grant: &NewGrant) -> Vec<(&'static str, Value)> {
    vec![
        ("licence_id", licence_id.into()),
        ("module_id", grant.module_id.as_str().into()),
        ("code", grant.code.as_str().into()),
        ("active", grant.active.into()),
        ("active_until", grant.until.into()),
        ("quantity_max", grant.max.into()),
        ("trial", grant.trial.into()),
        ("period", grant.period.map(Period::as_str).into()),
        ("overage", grant.overage.into()),
    ]
}

/// The statement that writes a module of a licence.
///
/// Unscoped: part of writing the licence.
pub(super) fn granting(licence_id: &str, grant: &NewGrant) -> Statement {
    into_table("license_generator_licence_module", vec![grant_columns(licence_id, grant)])
}

pub(super) fn columns(new: &NewLicence) -> Vec<(&'static str, Value)> {
    let (policy_id, policy_version) = new.policy.clone().unzip();
    vec![
        ("licence_id", new.licence_id.as_str().into()),
        ("organisation_id", new.organisation_id.as_str().into()),
        ("account_id", new.account_id.as_str().into()),
        ("product_id", new.product_id.as_str().into()),
        ("type", new.r#type.as_str().into()),
        ("state_stored", new.state_stored.as_str().into()),
        ("internal", new.internal.into()),
        ("binding", new.binding.as_str().into()),
        ("devices_max", new.devices_max.into()),
        ("devices_limit", new.devices_limit.into()),
        ("devices_used", 0_i64.into()),
        ("users_max", new.users_max.into()),
        ("seats_max", new.seats_max.into()),
        ("seats_limit", new.seats_limit.into()),
        ("version_major", new.version_major.into()),
        ("version_minor", new.version_minor.into()),
        ("bundle", new.bundle.as_str().into()),
        ("starts_at", new.starts_at.into()),
        ("expires_at", new.expires_at.into()),
        ("maintenance_until", new.maintenance_until.into()),
        ("list_price", new.list_price.into()),
        ("discount", new.discount.into()),
        ("price", new.price.into()),
        ("currency", new.currency.as_str().into()),
        ("due_at", new.due_at.into()),
        ("seller_id", new.seller_id.clone().into()),
        ("agent_id", new.agent_id.clone().into()),
        ("site", new.site.as_str().into()),
        ("parameters", new.parameters.as_str().into()),
        ("payload", new.payload.as_str().into()),
        ("note", new.note.as_str().into()),
        ("key_hash", new.key_hash.as_str().into()),
        ("key_sealed", new.key_sealed.clone().into()),
        ("key_hint", new.key_hint.as_str().into()),
        ("offline_days", new.offline_days.into()),
        ("grace_days", new.grace_days.into()),
        ("at_expiry", new.at_expiry.as_str().into()),
        ("policy_id", policy_id.into()),
        ("policy_version", policy_version.into()),
        ("conditions", new.conditions.as_str().into()),
        ("shadow", new.shadow.into()),
        ("renewal", new.renewal.as_str().into()),
        ("renewal_months", new.renewal_months.into()),
        ("origin", new.origin.as_str().into()),
        ("bulk_id", new.bulk_id.clone().into()),
        ("marker", new.marker.clone().into()),
        ("version", 1_i64.into()),
        ("created_at", new.created_at.into()),
        ("created_by", new.created_by.as_str().into()),
    ]
}
