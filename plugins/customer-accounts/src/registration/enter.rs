//! Entering who registered: as a customer who waits, below whoever receives him.

use plugin_api::contracts::Contract;
use plugin_api::contracts::accounts::AccountState;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::received;
use crate::create::new_customer;
use crate::domain::{Customer, Draft};
use crate::happened::Happening;
use crate::rules::Map;
use crate::store;
use crate::store::registrations::Registration;

/// Who registers; its draft was checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Register {
    /// What is known of him.
    pub draft: Draft,
    /// The code of a reseller as he typed it; empty for none.
    pub reseller_code: String,
    /// Code of the product he wants; empty for none.
    pub product: String,
    /// The hash of the code he will ask with.
    pub code_hash: String,
}

/// Who was registered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Registered {
    /// The id of the customer.
    pub customer_id: String,
}

/// Enters who registered. Asked of ourselves with everything within reach, because who registers
/// is nobody known and has no branch to be entered into.
pub(crate) const REGISTER: Contract<Register, Registered> = Contract::new("accounts.register.v1");

/// Answers [`REGISTER`], on the caller's transaction.
pub(crate) async fn register(cx: Cx, asked: Register) -> Result<Registered, Fault> {
    let Register { draft, reseller_code, product, code_hash } = asked;
    let details = draft.check().map_err(|_| Fault::invalid("the draft was not checked"))?;
    let map = Map::load(&cx).await?;
    let unassigned = new_customer(&cx, details, AccountState::Awaiting);
    let decision =
        map.decide(map.root(), &received(&unassigned, reseller_code.clone(), product.clone()));
    let customer = Customer { assigned_to: decision.organisation_id.clone(), ..unassigned };
    store::insert(&cx, &customer).await?;
    let known = store::codes::find(&cx.db(), &reseller_code).await?.is_some();
    let registration = Registration {
        customer_id: customer.customer_id.clone(),
        organisation_id: customer.organisation_id.clone(),
        reseller_code,
        reseller_code_known: i64::from(known),
        product,
        reason: String::new(),
        rule_name: String::new(),
        registered_at: cx.now(),
    };
    let audit = Audit::of("customer.registered", &customer.customer_id)
        .named(customer.name())
        .in_organisation(&customer.organisation_id)
        .after(json!({
            "reseller_code": registration.reseller_code,
            "product": registration.product,
            "assigned_to": customer.assigned_to,
            "rule": decision.rule().map(|rule| rule.name.as_str()),
        }));
    let line = Happening::of("customer.registered", "users")
        .saying(&cx, |lang| lang.t("timeline-registered"))
        .entry(&cx, &customer);
    let batch = Batch::new()
        .and(store::registrations::insertion(&registration, &code_hash, &decision))
        .and(store::timeline::entry(&cx.fresh_id(), &line))
        .audit(audit);
    cx.db().batch(batch).await?;
    Ok(Registered { customer_id: customer.customer_id })
}
