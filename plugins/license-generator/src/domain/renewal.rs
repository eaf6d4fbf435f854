//! How much longer a licence lasts when it is renewed, and what that costs; and whether what is to
//! be paid for it is late.

use plugin_api::time::{DAY, add_months, end_of_day};

use super::licence::{Licence, LicenceType};
use super::state::StoredState;

/// Longest renewal, in months.
pub const MOST_MONTHS: i64 = 120;
/// Milliseconds of an average month, for prices of a stretch of days.
const MONTH: i128 = 365 * DAY as i128 / 12;

/// For how long a licence is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Calendar months.
    Months(i64),
    /// To this last millisecond.
    Until(i64),
}

/// Where the months of a renewal begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Start {
    /// At the old end or today, whichever is later: nothing is paid twice, and nothing that is past.
    #[default]
    Later,
    /// At the old end, also when it is past: the time in between is paid for as well.
    End,
}

/// Why a licence cannot be renewed; each is the stable code of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRenewable {
    /// It was revoked.
    Revoked,
    /// It waits to be confirmed.
    Awaiting,
    /// A trial becomes a paid licence instead.
    Trial,
    /// It has no end to move.
    Endless,
    /// The new end would not be later than the old one and than now.
    NotLater,
}

impl NotRenewable {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Revoked => "licenza_revocata",
            Self::Awaiting => "licenza_in_attesa",
            Self::Trial => "rinnovo_di_prova",
            Self::Endless => "rinnovo_senza_scadenza",
            Self::NotLater => "rinnovo_non_successivo",
        }
    }
}

/// Reads `P1Y`, `P6M`, `P1Y6M` (ISO 8601) or a number of months.
pub fn parse_period(text: &str) -> Option<i64> {
    let text = text.trim();
    let (mut rest, mut months) = match text.strip_prefix(['P', 'p']) {
        Some(rest) if !rest.is_empty() => (rest, 0_i64),
        Some(_) => return None,
        None => return text.parse().ok().filter(|months| (1..=MOST_MONTHS).contains(months)),
    };
    for (units, factor) in [(['Y', 'y'], 12), (['M', 'm'], 1)] {
        if let Some((number, after)) = rest.split_once(units) {
            if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            months = months.checked_add(number.parse::<i64>().ok()?.checked_mul(factor)?)?;
            rest = after;
        }
    }
    (rest.is_empty() && (1..=MOST_MONTHS).contains(&months)).then_some(months)
}

impl Licence {
    /// The end a renewal moves: its own, or that of its maintenance when it is permanent.
    pub fn renewable_end(&self) -> Option<i64> {
        match self.r#type {
            LicenceType::Permanent => self.maintenance_until,
            LicenceType::Trial | LicenceType::Subscription => self.expires_at,
        }
    }

    /// The old and the new end of a renewal at `now`.
    pub fn renewed(
        &self,
        now: i64,
        length: Length,
        start: Start,
    ) -> Result<(i64, i64), NotRenewable> {
        match self.state_stored {
            StoredState::Revoked => return Err(NotRenewable::Revoked),
            StoredState::Awaiting => return Err(NotRenewable::Awaiting),
            StoredState::Active | StoredState::Suspended => {}
        }
        if self.r#type == LicenceType::Trial {
            return Err(NotRenewable::Trial);
        }
        let old = self.renewable_end().ok_or(NotRenewable::Endless)?;
        let from = match start {
            // Of a whole day: a renewal in the afternoon does not end in an afternoon.
            Start::Later if old < now => end_of_day(now),
            Start::Later | Start::End => old,
        };
        let new = match length {
            Length::Months(months) => add_months(from, months).ok_or(NotRenewable::NotLater)?,
            Length::Until(until) => until,
        };
        if new > old && new > now { Ok((old, new)) } else { Err(NotRenewable::NotLater) }
    }

    /// What a renewal costs when a full one of `renewal_months` costs `full`, minor units.
    pub fn pro_rata(&self, full: i64, length: Length, from: i64, to: i64) -> i64 {
        let months = i128::from(self.renewal_months.max(1));
        let full = i128::from(full);
        let (part, whole) = match length {
            Length::Months(asked) => (i128::from(asked), months),
            Length::Until(_) => (i128::from(to.saturating_sub(from)), months * MONTH),
        };
        let price = (full * part + whole / 2) / whole;
        i64::try_from(price).unwrap_or(i64::MAX)
    }

    /// Whether something is still to be paid for it.
    pub fn owes(&self) -> bool {
        self.due_at.is_some() && self.paid_at.is_none()
    }

    /// Whether what is to be paid is late for longer than its conditions allow.
    pub fn payment_suspends(&self, now: i64) -> bool {
        let Some(days) = self.conditions.suspend_after_days.filter(|_| self.owes()) else {
            return false;
        };
        let last = |due: i64| due.saturating_add(days.saturating_mul(DAY));
        self.due_at.is_some_and(|due| now > last(due))
    }
}

#[cfg(test)]
mod tests {
    use plugin_api::time::parse_end_of_day;

    use super::*;
    use crate::domain::licence::tests::licence;
    use crate::domain::policy::Conditions;

    fn day(text: &str) -> i64 {
        parse_end_of_day(text).expect("a date")
    }

    fn subscription(end: &str) -> Licence {
        Licence {
            r#type: LicenceType::Subscription,
            expires_at: Some(day(end)),
            price: Some(12_000),
            ..licence()
        }
    }

    #[test]
    fn periods_are_read_as_people_and_iso_write_them() {
        for (text, months) in [("P1Y", 12), ("P6M", 6), (" P1Y6M ", 18), ("12", 12), ("p1m", 1)] {
            assert_eq!(parse_period(text), Some(months), "{text}");
        }
        for text in ["", "P", "P0M", "P1D", "P1", "1Y", "-3", "P-1Y", "P11Y", "PY", "P1M1Y", "121"]
        {
            assert_eq!(parse_period(text), None, "{text}");
        }
    }

    #[test]
    fn a_renewal_begins_at_the_later_of_end_and_today() {
        let year = Length::Months(12);
        let early = subscription("2026-12-31").renewed(day("2026-11-22"), year, Start::Later);
        assert_eq!(early, Ok((day("2026-12-31"), day("2027-12-31"))));
        let late = subscription("2026-06-30").renewed(day("2026-11-22") - 5, year, Start::Later);
        assert_eq!(late, Ok((day("2026-06-30"), day("2027-11-22"))));
        let backdated = subscription("2026-06-30").renewed(day("2026-11-22"), year, Start::End);
        assert_eq!(backdated, Ok((day("2026-06-30"), day("2027-06-30"))));
        let past = subscription("2020-01-01").renewed(day("2026-11-22"), year, Start::End);
        assert_eq!(past, Err(NotRenewable::NotLater));
        let back = Length::Until(day("2026-12-30"));
        let back = subscription("2026-12-31").renewed(day("2026-11-22"), back, Start::Later);
        assert_eq!(back, Err(NotRenewable::NotLater));
    }

    #[test]
    fn only_what_ends_and_is_in_force_is_renewed() {
        let year = |licence: Licence| licence.renewed(0, Length::Months(12), Start::Later).err();
        assert_eq!(year(licence()), Some(NotRenewable::Endless));
        let maintained = Licence { maintenance_until: Some(5), ..licence() };
        assert_eq!(year(maintained), None);
        let with = |state_stored| Licence { state_stored, ..subscription("2026-12-31") };
        assert_eq!(year(with(StoredState::Revoked)), Some(NotRenewable::Revoked));
        assert_eq!(year(with(StoredState::Awaiting)), Some(NotRenewable::Awaiting));
        assert_eq!(year(with(StoredState::Suspended)), None);
        let trial = Licence { r#type: LicenceType::Trial, ..subscription("2026-12-31") };
        assert_eq!(year(trial), Some(NotRenewable::Trial));
    }

    #[test]
    fn part_of_a_year_costs_part_of_its_price() {
        let licence = subscription("2026-12-31");
        assert_eq!(licence.pro_rata(12_000, Length::Months(6), 0, 0), 6_000);
        assert_eq!(licence.pro_rata(12_001, Length::Months(6), 0, 0), 6_001);
        let until = Length::Until(365 * DAY);
        assert_eq!(licence.pro_rata(12_000, until, 0, 365 * DAY), 12_000);
    }

    #[test]
    fn a_late_payment_suspends_only_where_the_conditions_say_so() {
        let conditions = Conditions { suspend_after_days: Some(15), ..Conditions::default() };
        let owing = Licence { due_at: Some(day("2026-11-01")), conditions, ..licence() };
        assert!(!owing.payment_suspends(day("2026-11-16")));
        assert!(owing.payment_suspends(day("2026-11-16") + 1));
        assert!(!Licence { paid_at: Some(1), ..owing.clone() }.payment_suspends(i64::MAX));
        let lenient = Licence { conditions: Conditions::default(), ..owing };
        assert!(!lenient.payment_suspends(i64::MAX));
    }
}
