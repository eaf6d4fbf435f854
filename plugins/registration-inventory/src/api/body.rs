//! What registrations and installations have in common as programs see them.

use serde::Serialize;
use utoipa::ToSchema;

/// The customer as the software names it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cliente {
    /// Company name; may be empty.
    #[schema(example = "Rossi S.r.l.")]
    pub ragione_sociale: String,
    /// VAT number as it was told, without spaces; may be empty.
    #[schema(example = "12345678903")]
    pub partita_iva: String,
    /// Whether its check digit, or its form, is right.
    pub partita_iva_valida: bool,
}

/// An amount.
#[derive(Debug, Serialize, ToSchema)]
pub struct Importo {
    /// Minor units of the currency (ISO 4217): cents of EUR, whole JPY.
    #[schema(example = 124_950)]
    pub importo: i64,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub valuta: String,
}

impl Importo {
    /// The amount, if it was told.
    pub(super) fn of(minor: Option<i64>, currency: &str) -> Option<Self> {
        minor.map(|importo| Self { importo, valuta: currency.to_owned() })
    }
}

/// Flags as a list.
pub(super) fn flags(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
