//! What may be decided about a licence, and where it stands afterwards: the one state machine behind
//! pages, API, jobs and bulk actions.
//!
//! A suspension has one reason at a time, the strongest that applies: a person's goes before the
//! customer's, and that before a payment's. What a person decided only a person undoes; the other
//! two end by themselves, and cannot be ended by hand as long as their ground holds.

use super::choices::SuspendedFor;
use super::licence::Licence;
use super::state::StoredState;

/// Where a licence stands, as far as somebody decided it; time is no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Waiting to be confirmed.
    Awaiting,
    /// In force as far as its dates allow.
    Active,
    /// Switched off, for this reason.
    Suspended(SuspendedFor),
    /// Taken back for good.
    Revoked,
}

/// What is decided about a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Switch it off for a reason.
    Suspend(SuspendedFor),
    /// The reason is over.
    Resume(SuspendedFor),
    /// Take it back for good.
    Revoke,
    /// Let a licence that was waiting come into force.
    Confirm,
}

/// Which reasons to suspend a licence hold at the moment of a change, whatever it is suspended for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Grounds {
    /// Its customer is suspended.
    pub account: bool,
    /// Its payment is overdue for longer than its conditions allow.
    pub payment: bool,
}

impl Standing {
    /// As the database holds it. A suspension without a reason is from before there were reasons:
    /// somebody decided it.
    pub fn stored(state: StoredState, suspended_for: Option<SuspendedFor>) -> Self {
        match state {
            StoredState::Awaiting => Self::Awaiting,
            StoredState::Active => Self::Active,
            StoredState::Revoked => Self::Revoked,
            StoredState::Suspended => {
                Self::Suspended(suspended_for.unwrap_or(SuspendedFor::Person))
            }
        }
    }

    /// Where a licence stands.
    pub fn of(licence: &Licence) -> Self {
        Self::stored(licence.state_stored, licence.suspended_for)
    }

    /// The state the database holds.
    pub fn state(self) -> StoredState {
        match self {
            Self::Awaiting => StoredState::Awaiting,
            Self::Active => StoredState::Active,
            Self::Suspended(_) => StoredState::Suspended,
            Self::Revoked => StoredState::Revoked,
        }
    }

    /// Why it is suspended, if it is.
    pub fn suspended_for(self) -> Option<SuspendedFor> {
        match self {
            Self::Suspended(reason) => Some(reason),
            _ => None,
        }
    }

    /// Where it stands after `change`; none where the change makes no sense, or changes nothing.
    pub fn after(self, change: Change, grounds: Grounds) -> Option<Self> {
        match (self, change) {
            (Self::Active, Change::Suspend(reason)) => Some(Self::Suspended(reason)),
            (Self::Suspended(held), Change::Suspend(reason)) => {
                (strength(reason) > strength(held)).then_some(Self::Suspended(reason))
            }
            (Self::Suspended(held), Change::Resume(over)) if held == over => {
                Some(Self::in_force(grounds.without(over)))
            }
            (Self::Awaiting, Change::Confirm) => Some(Self::in_force(grounds)),
            (Self::Revoked, _) => None,
            (_, Change::Revoke) => Some(Self::Revoked),
            _ => None,
        }
    }

    /// Where a licence stands against which nobody decided anything.
    fn in_force(grounds: Grounds) -> Self {
        match grounds {
            Grounds { account: true, .. } => Self::Suspended(SuspendedFor::Account),
            Grounds { payment: true, .. } => Self::Suspended(SuspendedFor::Payment),
            Grounds { .. } => Self::Active,
        }
    }
}

impl Change {
    /// What a person may decide.
    pub const BY_PERSON: [Self; 4] = [
        Self::Suspend(SuspendedFor::Person),
        Self::Resume(SuspendedFor::Person),
        Self::Confirm,
        Self::Revoke,
    ];

    /// Its name in forms and texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Suspend(_) => "suspend",
            Self::Resume(_) => "resume",
            Self::Revoke => "revoke",
            Self::Confirm => "confirm",
        }
    }

    /// What a person decides by this name.
    pub fn by_person(name: &str) -> Option<Self> {
        Self::BY_PERSON.into_iter().find(|change| change.name() == name)
    }

    /// What a person may decide about a licence that stands there.
    pub fn offered(standing: Standing) -> impl Iterator<Item = Self> {
        let changes = Self::BY_PERSON.into_iter();
        changes.filter(move |change| standing.after(*change, Grounds::default()).is_some())
    }

    /// Whether the customer loses something.
    pub fn takes_away(self) -> bool {
        matches!(self, Self::Suspend(_) | Self::Revoke)
    }
}

impl Grounds {
    fn without(self, over: SuspendedFor) -> Self {
        match over {
            SuspendedFor::Person => self,
            SuspendedFor::Account => Self { account: false, ..self },
            SuspendedFor::Payment => Self { payment: false, ..self },
        }
    }
}

/// How strong a reason is: a stronger one takes the place of a weaker.
fn strength(reason: SuspendedFor) -> u8 {
    match reason {
        SuspendedFor::Payment => 0,
        SuspendedFor::Account => 1,
        SuspendedFor::Person => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::SuspendedFor::{Account, Payment, Person};
    use super::*;

    const NONE: Grounds = Grounds { account: false, payment: false };
    const BOTH: Grounds = Grounds { account: true, payment: true };

    #[test]
    fn a_reason_ends_only_itself() {
        for held in [Person, Account, Payment] {
            for over in [Person, Account, Payment] {
                let after = Standing::Suspended(held).after(Change::Resume(over), NONE);
                assert_eq!(after, (held == over).then_some(Standing::Active), "{held:?} {over:?}");
            }
        }
    }

    #[test]
    fn a_stronger_reason_takes_the_place_of_a_weaker() {
        let then = |held, reason| Standing::Suspended(held).after(Change::Suspend(reason), NONE);
        assert_eq!(then(Payment, Account), Some(Standing::Suspended(Account)));
        assert_eq!(then(Payment, Person), Some(Standing::Suspended(Person)));
        assert_eq!(then(Account, Person), Some(Standing::Suspended(Person)));
        for (held, reason) in [(Person, Account), (Person, Payment), (Account, Payment)] {
            assert_eq!(then(held, reason), None);
            assert_eq!(then(held, held), None);
        }
    }

    #[test]
    fn what_still_holds_stands_when_something_stronger_is_over() {
        let resumed = |held| Standing::Suspended(held).after(Change::Resume(held), BOTH);
        assert_eq!(resumed(Person), Some(Standing::Suspended(Account)));
        assert_eq!(resumed(Account), Some(Standing::Suspended(Payment)));
        let confirmed = Standing::Awaiting.after(Change::Confirm, BOTH);
        assert_eq!(confirmed, Some(Standing::Suspended(Account)));
    }

    #[test]
    fn what_waits_is_not_suspended_and_what_is_revoked_stays_so() {
        for reason in [Person, Account, Payment] {
            assert_eq!(Standing::Awaiting.after(Change::Suspend(reason), NONE), None);
        }
        for change in Change::BY_PERSON {
            assert_eq!(Standing::Revoked.after(change, BOTH), None);
            assert_eq!(Change::by_person(change.name()), Some(change));
        }
        assert_eq!(Change::offered(Standing::Revoked).count(), 0);
    }
}
