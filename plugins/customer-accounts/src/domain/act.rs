//! What brings a customer into a state, as its history tells it.

use plugin_api::contracts::accounts::AccountState;

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Entered it.
    Entered,
    /// Checked it.
    Validated,
    /// Turned it down while it was waiting; needs a reason.
    Refused,
    /// Stopped serving it; needs a reason.
    Suspended,
    /// Serves it again.
    Resumed,
    /// Put another customer's record into this one.
    Merged,
    /// Erased what is personal of it.
    Erased,
}

impl Act {
    /// What leads from one state to another.
    pub fn of(from: AccountState, to: AccountState) -> Self {
        match (from, to) {
            (AccountState::Awaiting, AccountState::Suspended) => Self::Refused,
            (_, AccountState::Suspended) => Self::Suspended,
            (AccountState::Suspended, _) => Self::Resumed,
            _ => Self::Validated,
        }
    }

    /// Whether somebody must say why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Refused | Self::Suspended)
    }

    /// How it stands in the database.
    pub fn text(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Validated => "validated",
            Self::Refused => "refused",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
            Self::Merged => "merged",
            Self::Erased => "erased",
        }
    }

    /// Its icon in the timeline.
    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Entered => "users",
            Self::Validated => "check",
            Self::Refused => "cross",
            Self::Suspended => "lock",
            Self::Resumed => "play",
            Self::Merged => "copy",
            Self::Erased => "trash",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_something_away_needs_a_reason() {
        use AccountState::{Awaiting, Suspended, Validated};
        assert_eq!(Act::of(Awaiting, Suspended), Act::Refused);
        assert_eq!(Act::of(Validated, Suspended), Act::Suspended);
        assert_eq!(Act::of(Awaiting, Validated), Act::Validated);
        assert_eq!(Act::of(Suspended, Validated), Act::Resumed);
        assert!(Act::Refused.needs_reason() && Act::Suspended.needs_reason());
        assert!(!Act::Validated.needs_reason() && !Act::Resumed.needs_reason());
    }
}
