//! A licence as somebody asks for it, and what it has to be to be issued.

mod check;

use std::collections::BTreeMap;

use plugin_api::FieldProblem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::licence::{AtExpiry, LicenceType};

/// Largest free payload, in bytes of JSON.
pub const LARGEST_PAYLOAD: usize = 64 * 1024;
/// Most devices or users of a licence.
pub const MOST_SEATS: i64 = 100_000;

/// A licence as somebody asks for it: the body of the API, and what the form is read into. Field
/// names are those of the contract.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Draft {
    /// Id of the customer; required.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000001")]
    pub cliente: Option<String>,
    /// Code of the product; required.
    #[schema(example = "STUDIO-PRO")]
    pub prodotto: Option<String>,
    /// `permanente`, `trial` or `abbonamento`; required.
    #[schema(example = "abbonamento")]
    pub tipo: Option<String>,
    /// Whether it is for the vendor's own use, and not invoiced.
    pub interna: bool,
    /// How many devices; 1 if left out.
    #[schema(minimum = 1, maximum = 100_000, example = 3)]
    pub dispositivi: Option<i64>,
    /// How many people; no limit if left out.
    #[schema(minimum = 1, maximum = 100_000)]
    pub utenti: Option<i64>,
    /// Its last day (`YYYY-MM-DD`, to its end, UTC) or instant (RFC 3339).
    #[schema(example = "2027-12-31")]
    pub scadenza: Option<String>,
    /// How many days it lasts, instead of `scadenza`.
    #[schema(minimum = 1, maximum = 36_500)]
    pub durata_giorni: Option<i64>,
    /// The last day whose updates it includes.
    #[schema(example = "2027-12-31")]
    pub manutenzione_fino_a: Option<String>,
    /// Modules by code; those left out are as the product has them.
    pub moduli: BTreeMap<String, ModuleDraft>,
    /// What it costs.
    pub prezzo: Option<Price>,
    /// The day the price is due, when it is to be paid later (`YYYY-MM-DD`); paid now if left out.
    #[schema(example = "2027-01-31")]
    pub pagamento_entro: Option<String>,
    /// Free data for the product: an object of at most 64 KiB.
    #[schema(value_type = Option<Object>)]
    pub payload: Option<Value>,
    /// For the vendor's own people.
    pub note: Option<String>,
    /// What the product does after its end: `blocca` (unless told otherwise), `sola_lettura` or
    /// `avvisa`.
    #[schema(example = "blocca")]
    pub alla_scadenza: Option<String>,
}

/// A module as somebody asks for it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ModuleDraft {
    /// Whether it may be used.
    pub attivo: bool,
    /// Its last day or instant, if it ends before the licence.
    pub fino_a: Option<String>,
    /// How much of it may be used.
    pub limite: Option<i64>,
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Price {
    /// Minor units.
    #[schema(example = 120_000)]
    pub importo: i64,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub valuta: String,
}

/// What counts where the draft says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Defaults {
    /// Days of a trial.
    pub trial_days: i64,
    /// Days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// Days the product goes on after its end.
    pub grace_days: i64,
}

/// A draft that makes sense by itself; customer, product and modules are still to be found.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Id of the customer.
    pub account_id: String,
    /// Code of the product.
    pub product_code: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// Whether it is for the vendor's own use.
    pub internal: bool,
    /// How many devices.
    pub devices_max: i64,
    /// How many people, if limited.
    pub users_max: Option<i64>,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// The last millisecond whose updates it includes.
    pub maintenance_until: Option<i64>,
    /// Modules that are to be other than the product has them.
    pub modules: BTreeMap<String, ModuleTerms>,
    /// Minor units.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// The last millisecond of the day the price is due, when it is to be paid later.
    pub due_at: Option<i64>,
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
}

/// Why a draft cannot be issued: the stable code, and the fields that are wrong (JSON pointers with
/// text keys).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The stable code.
    pub code: &'static str,
    /// The fields that are wrong.
    pub errors: Vec<FieldProblem>,
}

impl Rejection {
    /// One field is wrong for a reason with a code of its own, whose text explains it.
    pub fn coded(code: &'static str, pointer: &str) -> Self {
        let key = format!("problem-{}", code.replace('_', "-"));
        Self { code, errors: vec![FieldProblem::new(pointer, key)] }
    }

    /// Some fields are wrong.
    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        Self { code: "validation", errors }
    }
}

/// The JSON pointer of a module; RFC 6901 escapes `~` and `/`.
pub fn module_pointer(code: &str) -> String {
    format!("/moduli/{}", code.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests;
