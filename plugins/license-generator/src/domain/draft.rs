//! A licence as somebody asks for it, and what it has to be to be issued.

mod check;
mod limits;
mod terms;

use std::collections::BTreeMap;

use plugin_api::FieldProblem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use terms::{ModuleTerms, Terms};

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
    /// The version it covers, `3` or `3.1`; the product's newest if left out.
    #[schema(example = "3.1")]
    pub versione: Option<String>,
    /// Code of the bundle it is sold as.
    pub pacchetto: Option<String>,
    /// Code of the policy it is issued under; the product's own if left out.
    pub politica: Option<String>,
    /// Whether it is for the vendor's own use, and not invoiced.
    pub interna: bool,
    /// What it is bound to: `dispositivo`, `utente` or `flottante`; as the policy says if left out.
    #[schema(example = "dispositivo")]
    pub associazione: Option<String>,
    /// How many devices; as the policy says if left out.
    #[schema(minimum = 1, maximum = 100_000, example = 3)]
    pub dispositivi: Option<i64>,
    /// How many floating seats, for `flottante`; as the policy says if left out.
    #[schema(minimum = 1, maximum = 100_000)]
    pub posti: Option<i64>,
    /// How many people; no limit if left out.
    #[schema(minimum = 1, maximum = 100_000)]
    pub utenti: Option<i64>,
    /// Its first day or instant; now if left out.
    #[schema(example = "2026-12-01")]
    pub inizio: Option<String>,
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
    /// What it costs; by the price list, less `sconto`, if left out.
    pub prezzo: Option<Price>,
    /// Percent taken off the price list.
    #[schema(minimum = 0, maximum = 100, example = 10.0)]
    pub sconto: Option<f64>,
    /// The day the price is due, when it is to be paid later (`YYYY-MM-DD`); paid now if left out.
    #[schema(example = "2027-01-31")]
    pub pagamento_entro: Option<String>,
    /// Node of the organisation that sells it; the customer's own reseller if left out.
    pub organizzazione: Option<String>,
    /// Node of the agent who gets the credit.
    pub agente: Option<String>,
    /// The customer's site it is for.
    #[schema(example = "Sede di Torino")]
    pub sede: Option<String>,
    /// Values of the product's typed parameters, by name.
    #[schema(value_type = BTreeMap<String, Object>)]
    pub parametri: BTreeMap<String, Value>,
    /// Free data for the product: an object of at most 64 KiB.
    #[schema(value_type = Option<Object>)]
    pub payload: Option<Value>,
    /// For the vendor's own people.
    pub note: Option<String>,
    /// What the product does after its end: `blocca`, `sola_lettura` or `avvisa`; as the policy says
    /// if left out.
    #[schema(example = "blocca")]
    pub alla_scadenza: Option<String>,
    /// Whether it refuses nothing and only reports what it would have refused; as the policy says if
    /// left out.
    pub ombra: Option<bool>,
    /// How it is renewed: `manuale` or `automatico`; as the policy says if left out.
    #[schema(example = "manuale")]
    pub rinnovo: Option<String>,
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
    /// Whether it is only being tried.
    pub prova: bool,
    /// How often its count begins anew: `mai`, `giorno`, `mese` or `anno`; as the module says if left
    /// out.
    pub periodo: Option<String>,
    /// By how many percent its count may go over `limite`.
    pub sforamento: Option<i64>,
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

/// The JSON pointer of a module.
pub fn module_pointer(code: &str) -> String {
    pointer("/moduli", code)
}

/// The JSON pointer of the member `name` of what `parent` points to; RFC 6901 escapes `~` and `/`.
pub fn pointer(parent: &str, name: &str) -> String {
    format!("{parent}/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests;
