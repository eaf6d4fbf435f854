//! Why a client is told no: one code each, the same over every route.

use axum::http::StatusCode;
use plugin_api::Problem;
use plugin_api::time::rfc3339;

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
    /// The device is a copy of another one, or another one is a copy of it.
    Cloned,
    /// The device did not show the token it was given.
    TokenMissing,
    /// Devices were exchanged too often.
    TransferLimit {
        /// Exchanges allowed.
        max: i64,
        /// Within so many days.
        days: i64,
    },
    /// Every person there is room for has a seat.
    UserLimit {
        /// People who have one.
        used: i64,
        /// People there is room for.
        max: i64,
    },
    /// This person may not use it.
    UserNotAdmitted,
    /// It is bound to people, and nobody was named.
    UserRequired,
    /// It has no floating seats.
    NotFloating,
    /// It has floating seats: those are taken, not activated.
    UseSeats,
    /// Every floating seat is out, or kept for others.
    SeatsExhausted(SeatsOut),
    /// This seat is not out: its lease ended, it was given back or freed, or it never was.
    SeatUnknown,
    /// No seat of it may be borrowed.
    NoBorrowing,
    /// The licence has no such module, or its time is over.
    ModuleNotIncluded,
    /// The use of this module is not counted.
    ModuleNotCounted,
    /// More of the module was asked for than is left.
    MeterExhausted {
        /// What is left.
        left: i64,
    },
}

/// Where the floating seats of a licence are. Instants are unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatsOut {
    /// Seats that are out.
    pub out: i64,
    /// Seats there are.
    pub max: i64,
    /// When the next lease ends, if one does.
    pub next_return: Option<i64>,
    /// Devices that asked in vain within the last minute, this one included.
    pub waiting: i64,
    /// Seconds after which it is worth asking again.
    pub retry_in: u32,
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
            Self::Cloned => "dispositivo_clonato",
            Self::TokenMissing => "gettone_mancante",
            Self::TransferLimit { .. } => "limite_trasferimenti",
            Self::UserLimit { .. } => "limite_utenti",
            Self::UserNotAdmitted => "utente_non_ammesso",
            Self::UserRequired => "utente_richiesto",
            Self::NotFloating => "non_flottante",
            Self::UseSeats => "usa_posti",
            Self::SeatsExhausted(_) => "posti_esauriti",
            Self::SeatUnknown => "posto_sconosciuto",
            Self::NoBorrowing => "prestito_non_ammesso",
            Self::ModuleNotIncluded => "modulo_non_incluso",
            Self::ModuleNotCounted => "modulo_non_contato",
            Self::MeterExhausted { .. } => "consumo_esaurito",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::InvalidKey => StatusCode::BAD_REQUEST,
            Self::UnknownKey | Self::SeatUnknown => StatusCode::NOT_FOUND,
            Self::DeviceLimit { .. }
            | Self::Cloned
            | Self::TransferLimit { .. }
            | Self::UserLimit { .. }
            | Self::SeatsExhausted(_)
            | Self::MeterExhausted { .. } => StatusCode::CONFLICT,
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
            Refusal::TransferLimit { max, days } => problem
                .member("trasferimenti_massimi", max)
                .member("giorni", days)
                .argument("max", max)
                .argument("days", days),
            Refusal::UserLimit { used, max } => problem
                .member("utenti_attivi", used)
                .member("utenti_massimi", max)
                .argument("max", max),
            Refusal::SeatsExhausted(seats) => problem
                .member("posti_fuori", seats.out)
                .member("posti_massimi", seats.max)
                .member("prossimo_ritorno", seats.next_return.map(rfc3339))
                .member("in_coda", seats.waiting)
                .argument("max", seats.max)
                .retry_in(seats.retry_in),
            Refusal::MeterExhausted { left } => {
                problem.member("residuo", left).argument("left", left)
            }
            _ => problem,
        }
    }
}
