//! What a run is to do: the terms of its licences, how they are shared out, who is told.

use plugin_api::contracts::licences::Order;
use plugin_api::db::Audit;
use plugin_api::ui::FormErrors;
use plugin_api::{Fault, Lang};
use serde::{Deserialize, Serialize};

use crate::licensing::terms::Terms;
use crate::mapping::sheet::{Sent, value};
use crate::store::runs::{Group, Run};

/// What a run is to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Plan {
    /// What each licence is.
    pub(super) terms: Terms,
    /// One licence for each installation, rather than one for a customer and product.
    pub(super) each: bool,
    /// Tells the people of the customer.
    pub(super) tell_customer: bool,
    /// Tells the people of his reseller.
    pub(super) tell_seller: bool,
}

impl Plan {
    /// What a form sent, or what cannot be read of it.
    pub(super) fn read(sent: &Sent, lang: &Lang) -> Result<Self, FormErrors> {
        let told = |whom: &str| sent.iter().any(|(name, who)| name == "avvisa" && who == whom);
        Ok(Self {
            terms: Terms::read(sent, lang)?,
            each: value(sent, "licenze") == "installazione",
            tell_customer: told("cliente"),
            tell_seller: told("rivenditore"),
        })
    }

    /// That of a run that was confirmed.
    pub(super) fn of(run: &Run) -> Result<Self, Fault> {
        Ok(serde_json::from_str(&run.terms)?)
    }

    /// How many licences installations of one customer and product get.
    pub(super) fn licences(&self, installations: i64) -> i64 {
        if self.each { installations } else { 1 }
    }

    /// One of the licences of `group`.
    pub(super) fn order(&self, group: &Group) -> Order {
        let devices = if self.each { 1 } else { group.n };
        Order { devices: Some(devices), ..self.terms.order(&group.account_id, &group.product_code) }
    }
}

/// The audit row of an act on a run.
pub(super) fn audit(action: &str, run: &Run) -> Audit {
    Audit::of(action, &run.run_id).in_organisation(&run.organisation_id)
}
