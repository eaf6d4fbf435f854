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
    /// The VAT number is neither an Italian one with its right check digit nor one of a plausible
    /// form of the European Union.
    PartitaIvaErrata,
    /// It names neither a company nor a VAT number.
    SenzaCliente,
    /// It has no `id_installazione` either: all such reports of a software are one installation.
    SenzaIdentita,
    /// It is not UTF-8, so its encoding was guessed.
    CodificaIncerta,
    /// Characters that mean nothing in a text were left out or replaced.
    CaratteriNonValidi,
    /// It is JSON only with good will: other quotes, missing ones, commas too many.
    CorpoImpreciso,
    /// It breaks off; what came before was read.
    CorpoIncompleto,
    /// It is a list of several; only the first was read.
    ElementiIgnorati,
    /// A field is there more than once; the last one counts.
    CampoRipetuto,
    /// A field is of a kind that nothing, or not all, could be made of.
    TipoInatteso,
    /// A text was longer than is kept.
    TestoTroncato,
    /// A total is no number.
    NumeroNonLetto,
    /// A total may be read in two ways, as `1.234`; its sign was taken to part thousands.
    NumeroAmbiguo,
    /// The number of orders was no whole number.
    NumeroArrotondato,
    /// A total is beyond anything possible and was left out.
    NumeroTroppoGrande,
    /// A total is below zero.
    TotaleNegativo,
    /// The currency is none; euro was taken.
    ValutaSconosciuta,
}

/// Every flag, its name on the wire and where it is stored, and the key of its text.
const NAMES: [(Flag, &str, &str); 17] = [
    (Flag::PartitaIvaErrata, "partita_iva_errata", "flag-partita-iva-errata"),
    (Flag::SenzaCliente, "senza_cliente", "flag-senza-cliente"),
    (Flag::SenzaIdentita, "senza_identita", "flag-senza-identita"),
    (Flag::CodificaIncerta, "codifica_incerta", "flag-codifica-incerta"),
    (Flag::CaratteriNonValidi, "caratteri_non_validi", "flag-caratteri-non-validi"),
    (Flag::CorpoImpreciso, "corpo_impreciso", "flag-corpo-impreciso"),
    (Flag::CorpoIncompleto, "corpo_incompleto", "flag-corpo-incompleto"),
    (Flag::ElementiIgnorati, "elementi_ignorati", "flag-elementi-ignorati"),
    (Flag::CampoRipetuto, "campo_ripetuto", "flag-campo-ripetuto"),
    (Flag::TipoInatteso, "tipo_inatteso", "flag-tipo-inatteso"),
    (Flag::TestoTroncato, "testo_troncato", "flag-testo-troncato"),
    (Flag::NumeroNonLetto, "numero_non_letto", "flag-numero-non-letto"),
    (Flag::NumeroAmbiguo, "numero_ambiguo", "flag-numero-ambiguo"),
    (Flag::NumeroArrotondato, "numero_arrotondato", "flag-numero-arrotondato"),
    (Flag::NumeroTroppoGrande, "numero_troppo_grande", "flag-numero-troppo-grande"),
    (Flag::TotaleNegativo, "totale_negativo", "flag-totale-negativo"),
    (Flag::ValutaSconosciuta, "valuta_sconosciuta", "flag-valuta-sconosciuta"),
];

impl Flag {
    /// All of them, in the order of the type.
    pub const ALL: [Self; 17] = [
        Self::PartitaIvaErrata,
        Self::SenzaCliente,
        Self::SenzaIdentita,
        Self::CodificaIncerta,
        Self::CaratteriNonValidi,
        Self::CorpoImpreciso,
        Self::CorpoIncompleto,
        Self::ElementiIgnorati,
        Self::CampoRipetuto,
        Self::TipoInatteso,
        Self::TestoTroncato,
        Self::NumeroNonLetto,
        Self::NumeroAmbiguo,
        Self::NumeroArrotondato,
        Self::NumeroTroppoGrande,
        Self::TotaleNegativo,
        Self::ValutaSconosciuta,
    ];

    /// Its name on the wire and where it is stored.
    pub fn as_str(self) -> &'static str {
        self.names().0
    }

    /// The key of the text that says what it means.
    pub fn key(self) -> &'static str {
        self.names().1
    }

    /// The flag that is stored as `text`.
    pub fn from_wire(text: &str) -> Option<Self> {
        NAMES.iter().find(|(_, name, _)| *name == text).map(|(flag, _, _)| *flag)
    }

    fn names(self) -> (&'static str, &'static str) {
        // Flags stand in `NAMES` in their own order, which a test holds on to.
        NAMES.get(self as usize).map_or(("", ""), |(_, name, key)| (name, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_has_one_name_everywhere() {
        for flag in Flag::ALL {
            assert_eq!(serde_json::json!(flag), flag.as_str());
            assert_eq!(Flag::from_wire(flag.as_str()), Some(flag));
            assert_eq!(flag.key(), format!("flag-{}", flag.as_str().replace('_', "-")));
        }
        assert_eq!(Flag::from_wire(""), None);
    }

    #[test]
    fn all_of_them_fit_into_their_column() {
        let names: Vec<&str> = Flag::ALL.into_iter().map(Flag::as_str).collect();
        assert!(names.join(" ").len() <= 400);
    }
}
