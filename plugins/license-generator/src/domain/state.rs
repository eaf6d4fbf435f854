//! Where a licence stands: stored in part, the rest computed on reading.

use serde::{Deserialize, Serialize};

use super::licence::LicenceType;

/// What is stored; `expired` and `trial running` never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoredState {
    /// In force as far as its dates allow.
    Active,
    /// Switched off for a while.
    Suspended,
    /// Taken back for good.
    Revoked,
    /// Waiting for somebody to confirm it.
    Awaiting,
}

impl StoredState {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Awaiting => "awaiting",
        }
    }
}

/// Where a licence stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Taken back for good.
    Revoked,
    /// Switched off for a while.
    Suspended,
    /// Its time is over.
    Expired,
    /// Not confirmed yet, or its first day has not come.
    Awaiting,
    /// A trial that is running.
    Demo,
    /// In force.
    Active,
}

impl State {
    /// Every state, in the order of precedence.
    pub const ALL: [Self; 6] =
        [Self::Revoked, Self::Suspended, Self::Expired, Self::Awaiting, Self::Demo, Self::Active];

    /// The state of a licence at `now`. The first and the last millisecond of its time belong to it.
    pub fn at(
        now: i64,
        stored: StoredState,
        kind: LicenceType,
        starts_at: i64,
        expires_at: Option<i64>,
    ) -> Self {
        match stored {
            StoredState::Revoked => Self::Revoked,
            StoredState::Suspended => Self::Suspended,
            _ if expires_at.is_some_and(|last| now > last) => Self::Expired,
            StoredState::Awaiting => Self::Awaiting,
            StoredState::Active if now < starts_at => Self::Awaiting,
            StoredState::Active if kind == LicenceType::Trial => Self::Demo,
            StoredState::Active => Self::Active,
        }
    }

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Revoked => "revocata",
            Self::Suspended => "sospesa",
            Self::Expired => "scaduta",
            Self::Awaiting => "in_attesa_convalida",
            Self::Demo => "demo",
            Self::Active => "attiva",
        }
    }

    /// The state of this name on the wire.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.wire() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use LicenceType::{Permanent, Trial};

    const START: i64 = 1_000;
    const LAST: i64 = 2_000;

    fn at(now: i64, stored: StoredState, kind: LicenceType) -> State {
        State::at(now, stored, kind, START, Some(LAST))
    }

    #[test]
    fn the_last_millisecond_belongs_to_it() {
        assert_eq!(at(LAST, StoredState::Active, Permanent), State::Active);
        assert_eq!(at(LAST + 1, StoredState::Active, Permanent), State::Expired);
        assert_eq!(at(LAST, StoredState::Active, Trial), State::Demo);
        assert_eq!(at(LAST + 1, StoredState::Active, Trial), State::Expired);
        assert_eq!(at(START, StoredState::Active, Permanent), State::Active);
        assert_eq!(at(START - 1, StoredState::Active, Permanent), State::Awaiting);
    }

    #[test]
    fn what_somebody_decided_goes_before_what_time_does() {
        for kind in [Trial, Permanent] {
            for now in [START - 1, START, LAST + 1] {
                assert_eq!(at(now, StoredState::Revoked, kind), State::Revoked);
                assert_eq!(at(now, StoredState::Suspended, kind), State::Suspended);
            }
            assert_eq!(at(START, StoredState::Awaiting, kind), State::Awaiting);
            assert_eq!(at(LAST + 1, StoredState::Awaiting, kind), State::Expired);
        }
    }

    #[test]
    fn without_an_end_it_never_expires() {
        let state = State::at(i64::MAX, StoredState::Active, Permanent, START, None);
        assert_eq!(state, State::Active);
    }

    #[test]
    fn names_on_the_wire_come_back() {
        for state in State::ALL {
            assert_eq!(State::from_wire(state.wire()), Some(state));
        }
        assert_eq!(State::from_wire("boh"), None);
    }
}
