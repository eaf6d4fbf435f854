//! What an installation says of itself, once it was read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A report, with what could not be read left out and flagged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What the software calls itself, at most 200 characters; never empty.
    pub name: String,
    /// Its version as it says it, at most 64 characters; empty for not said.
    pub version: String,
    /// `ragione_sociale`, at most 200 characters; empty for not said.
    pub company: String,
    /// `partita_iva` without spaces and dots, upper case, at most 32 characters; empty for not said.
    pub vat_number: String,
    /// Whether that is an Italian VAT number with its right check digit, or a foreign one of a
    /// plausible form.
    pub vat_is_valid: bool,
    /// `totale_ordini`.
    pub orders: Option<i64>,
    /// `totale_venduto`, minor units of `currency`.
    pub sold: Option<i64>,
    /// ISO 4217; `EUR` when not said.
    pub currency: String,
    /// `id_installazione`, at most 200 characters; empty for none.
    pub external_id: String,
    /// The name of the computer, at most 200 characters; empty for not said.
    pub host_name: String,
    /// The operating system, at most 200 characters; empty for not said.
    pub system: String,
    /// What could not be read or looks odd, each once.
    pub flags: Vec<Flag>,
}

/// What could not be read in a report, or looks odd; the report is kept all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The check digit of the VAT number is wrong.
    PartitaIvaErrata,
}
