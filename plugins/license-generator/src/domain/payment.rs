//! What is paid for a licence, and how.

use serde::{Deserialize, Serialize};

/// What something was paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The licence was sold.
    Sale,
    /// It was renewed.
    Renewal,
    /// It got more than it had.
    Change,
    /// A trial became a paid licence.
    Conversion,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Sale, Self::Renewal, Self::Change, Self::Conversion];

    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Renewal => "renewal",
            Self::Change => "change",
            Self::Conversion => "conversion",
        }
    }

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Sale => "vendita",
            Self::Renewal => "rinnovo",
            Self::Change => "modifica",
            Self::Conversion => "conversione",
        }
    }
}

/// How something is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// At once.
    Paid,
    /// Later.
    Postponed,
    /// It costs nothing.
    Free,
}

impl Mode {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Postponed => "postponed",
            Self::Free => "free",
        }
    }

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Paid => "pagamento",
            Self::Postponed => "posticipato",
            Self::Free => "gratis",
        }
    }
}

/// The ways money comes, as the ledger calls them and as they are called on the wire.
pub const METHODS: [(&str, &str); 6] = [
    ("bank_transfer", "bonifico"),
    ("card", "carta"),
    ("cash", "contanti"),
    ("cheque", "assegno"),
    ("direct_debit", "addebito_diretto"),
    ("other", "altro"),
];

/// The way of this name on the wire; empty for an empty name.
pub fn method(wire: &str) -> Option<&'static str> {
    if wire.is_empty() {
        return Some("");
    }
    METHODS.iter().find(|(_, known)| *known == wire).map(|(stored, _)| *stored)
}
