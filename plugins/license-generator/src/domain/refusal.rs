//! Why a client is told no: one code each, the same over every route.

use axum::http::StatusCode;
use plugin_api::Problem;

use super::state::State;

/// Why a licence cannot be used the way a client asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// What was sent is no activation key, or a computer key we never signed.
    InvalidKey,
    /// The key is well formed, but nobody has it.
    UnknownKey,
    /// Its time is over.
    Expired,
    /// It was switched off for a while.
    Suspended,
    /// It was taken back for good.
    Revoked,
    /// It waits to be confirmed.
    Awaiting,
    /// Every seat is taken.
    DeviceLimit {
        /// Seats taken.
        used: i64,
        /// Seats there are.
        max: i64,
    },
    /// This device has no seat.
    NotActivated,
    /// The key is for another product.
    WrongProduct,
    /// It does not cover this version.
    VersionNotIncluded,
}

impl Refusal {
    /// The refusal of every use in this state; none where it may be used.
    pub fn of(state: State) -> Option<Self> {
        match state {
            State::Revoked => Some(Self::Revoked),
            State::Suspended => Some(Self::Suspended),
            State::Expired => Some(Self::Expired),
            State::Awaiting => Some(Self::Awaiting),
            State::Demo | State::Active => None,
        }
    }

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidKey => "chiave_non_valida",
            Self::UnknownKey => "chiave_sconosciuta",
            Self::Expired => "licenza_scaduta",
            Self::Suspended => "licenza_sospesa",
            Self::Revoked => "licenza_revocata",
            Self::Awaiting => "licenza_in_attesa",
            Self::DeviceLimit { .. } => "limite_dispositivi",
            Self::NotActivated => "dispositivo_non_attivato",
            Self::WrongProduct => "prodotto_errato",
            Self::VersionNotIncluded => "versione_non_inclusa",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::InvalidKey => StatusCode::BAD_REQUEST,
            Self::UnknownKey => StatusCode::NOT_FOUND,
            Self::DeviceLimit { .. } => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let problem = Self::new(refusal.status(), refusal.code());
        match refusal {
            Refusal::DeviceLimit { used, max } => problem
                .member("dispositivi_usati", used)
                .member("dispositivi_massimi", max)
                .argument("max", max),
            _ => problem,
        }
    }
}
