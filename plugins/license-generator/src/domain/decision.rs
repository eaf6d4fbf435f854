//! Whether a request of a client goes through: the rules, in order, once for the calls themselves and
//! for who wants to know why.

use plugin_api::time::DAY;

use super::choices::Binding;
use super::device::Activation;
use super::licence::Licence;
use super::program::Program;
use super::refusal::Refusal;
use super::token::Shown;
use super::user::{People, Standing};

/// What a device asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether it may go on.
    Validation,
    /// A seat.
    Activation,
}

/// How often devices of a licence were exchanged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Transfers {
    /// Devices that gave their seat back and did not come again.
    pub freed: i64,
    /// Exchanges there ever were.
    pub recorded: i64,
    /// Those that count: within the days of the licence's conditions, and not forgiven.
    pub counted: i64,
}

/// Everything a decision is made on.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The present, unix milliseconds.
    pub now: i64,
    /// The licence.
    pub licence: &'a Licence,
    /// The program that asks.
    pub program: &'a Program,
    /// What it asks.
    pub question: Question,
    /// The seat that the device has or had; the device itself may be unknown.
    pub seat: Option<&'a Activation>,
    /// Whether it is known which device asks.
    pub has_device: bool,
    /// The token it shows.
    pub token: Shown,
    /// The people of a licence bound to people; none if nobody was named who asks.
    pub people: Option<&'a People>,
    /// How often devices were exchanged, if that is limited.
    pub transfers: Option<Transfers>,
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The product is the one that was sold.
    Product,
    /// The version is covered.
    Version,
    /// The licence is in force.
    State,
    /// It is bound to what the call is for.
    Binding,
    /// The person may use it.
    Person,
    /// The device has a seat.
    Seat,
    /// The device is no copy of another.
    Token,
    /// There is room for one person more.
    People,
    /// Devices are not exchanged too often.
    Transfers,
    /// There is room for one device more.
    Devices,
}

/// How a rule turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// It says nothing about such a request.
    NotAsked,
    /// Nothing stands against the request.
    Passed,
    /// The request is refused.
    Refused(Refusal),
}

impl From<Option<Refusal>> for Check {
    fn from(refusal: Option<Refusal>) -> Self {
        refusal.map_or(Self::Passed, Self::Refused)
    }
}

impl Step {
    /// Every rule, in the order in which they are asked.
    pub const ALL: [Self; 10] = [
        Self::Product,
        Self::Version,
        Self::State,
        Self::Binding,
        Self::Person,
        Self::Seat,
        Self::Token,
        Self::People,
        Self::Transfers,
        Self::Devices,
    ];

    /// Its name in answers and texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "prodotto",
            Self::Version => "versione",
            Self::State => "stato",
            Self::Binding => "associazione",
            Self::Person => "utente",
            Self::Seat => "attivazione",
            Self::Token => "gettone",
            Self::People => "limite_utenti",
            Self::Transfers => "limite_trasferimenti",
            Self::Devices => "limite_dispositivi",
        }
    }

    /// What this rule says about `case`.
    pub fn check(self, case: &Case<'_>) -> Check {
        let licence = case.licence;
        let asks_for_seat = case.question == Question::Activation;
        let takes_seat = asks_for_seat && case.has_device && !case.has_seat();
        match self {
            Self::Product => case.program.other_product(licence).into(),
            Self::Version => case.program.newer_version(licence).into(),
            Self::State => Refusal::of(licence.state(case.now)).into(),
            Self::Binding => {
                let is_floating = asks_for_seat && licence.binding == Binding::Floating;
                is_floating.then_some(Refusal::UseSeats).into()
            }
            Self::Person if licence.binding == Binding::User => person(case),
            Self::Seat if !asks_for_seat && case.has_device => {
                (!case.has_seat()).then_some(Refusal::NotActivated).into()
            }
            Self::Token if case.has_seat() => token(case),
            Self::People if takes_seat => people(case),
            Self::Transfers if takes_seat && case.seat.is_none() => transfers(case),
            Self::Devices if takes_seat => devices(case),
            _ => Check::NotAsked,
        }
    }
}

impl Case<'_> {
    /// Whether the device holds a seat.
    pub fn has_seat(&self) -> bool {
        self.seat.is_some_and(Activation::is_active)
    }

    /// The first thing that stands against the request.
    pub fn refusal(&self) -> Option<Refusal> {
        Step::ALL.into_iter().find_map(|step| match step.check(self) {
            Check::Refused(refusal) => Some(refusal),
            Check::Passed | Check::NotAsked => None,
        })
    }
}

/// Who has a seat was admitted with it: nobody is asked for a name again.
fn person(case: &Case<'_>) -> Check {
    let barred =
        |people: &People| people.asking.as_ref().is_some_and(|user| user.state == Standing::Barred);
    match case.people {
        _ if case.has_seat() => Check::Passed,
        None => Check::Refused(Refusal::UserRequired),
        Some(people) => barred(people).then_some(Refusal::UserNotAdmitted).into(),
    }
}

fn token(case: &Case<'_>) -> Check {
    match case.token {
        Shown::NotAsked => Check::NotAsked,
        Shown::Stale => Check::Refused(Refusal::Cloned),
        // Whoever activates again has lost his token, like a machine that was set up anew; the one
        // he was cloned from, if any, is found out when it shows its own.
        Shown::Missing if case.question == Question::Validation => {
            Check::Refused(Refusal::TokenMissing)
        }
        Shown::First | Shown::Current | Shown::Previous | Shown::Missing => Check::Passed,
    }
}

fn people(case: &Case<'_>) -> Check {
    let (Some(people), Some(max)) = (case.people, case.licence.users_limit()) else {
        return Check::NotAsked;
    };
    if people.has_seat() || people.active < max {
        return Check::Passed;
    }
    Check::Refused(if people.reserved >= max {
        Refusal::UserNotAdmitted
    } else {
        Refusal::UserLimit { used: people.active, max }
    })
}

fn transfers(case: &Case<'_>) -> Check {
    let conditions = &case.licence.conditions;
    let (Some(max), Some(transfers)) = (conditions.transfers_max, case.transfers) else {
        return Check::NotAsked;
    };
    let is_transfer = transfers.freed > transfers.recorded;
    (is_transfer && transfers.counted >= max)
        .then_some(Refusal::TransferLimit { max, days: conditions.transfer_days })
        .into()
}

fn devices(case: &Case<'_>) -> Check {
    let licence = case.licence;
    let (used, limit) = match licence.binding {
        Binding::User if licence.devices_max == 0 => return Check::NotAsked,
        Binding::User => {
            let asking = case.people.and_then(|people| people.asking.as_ref());
            (asking.map_or(0, |user| user.devices), licence.devices_max)
        }
        Binding::Device | Binding::Floating => (licence.devices_used, licence.devices_limit),
    };
    (used >= limit).then_some(Refusal::DeviceLimit { used, max: licence.devices_max }).into()
}

/// From when on an exchange counts, unix milliseconds.
pub fn transfers_since(licence: &Licence, now: i64) -> i64 {
    now.saturating_sub(licence.conditions.transfer_days.saturating_mul(DAY))
}

#[cfg(test)]
#[path = "decision_tests.rs"]
mod tests;
