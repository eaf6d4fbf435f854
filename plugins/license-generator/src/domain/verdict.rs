//! What is decided about a request of a client.

use super::licence::Licence;
use super::refusal::Refusal;

/// What is decided about a request of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing stands against it.
    Admitted,
    /// It would be refused, but its licence only watches (`shadow`): it goes through, and the log says
    /// what it would have been refused for.
    Shadowed(Refusal),
    /// It is refused.
    Refused(Refusal),
}

impl Verdict {
    /// The verdict on a request for `licence` against which `refusal` stands.
    pub fn of(licence: &Licence, refusal: Option<Refusal>) -> Self {
        match refusal {
            None => Self::Admitted,
            Some(refusal) if licence.shadow => Self::Shadowed(refusal),
            Some(refusal) => Self::Refused(refusal),
        }
    }

    /// Why the client is told no, if it is.
    pub fn refusal(self) -> Option<Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Admitted | Self::Shadowed(_) => None,
        }
    }
}
