//! Where an installation stands.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody decided about an installation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum State {
    /// Nobody decided yet.
    #[default]
    #[serde(rename = "non_ancora_assegnato")]
    Pending,
    /// It belongs to a customer.
    #[serde(rename = "assegnata")]
    Assigned,
    /// It is only counted.
    #[serde(rename = "solo_statistica")]
    Statistics,
    /// It is not even counted.
    #[serde(rename = "ignorata")]
    Ignored,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Assigned, Self::Statistics, Self::Ignored];

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Assigned => "assigned",
            Self::Statistics => "statistics",
            Self::Ignored => "ignored",
        }
    }

    /// As software and addresses of pages call it.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Pending => "non_ancora_assegnato",
            Self::Assigned => "assegnata",
            Self::Statistics => "solo_statistica",
            Self::Ignored => "ignorata",
        }
    }

    /// What is stored as `text`; pending for what nobody wrote.
    pub fn stored(text: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.as_str() == text).unwrap_or_default()
    }

    /// What software calls `text`.
    pub fn from_wire(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.wire() == text)
    }
}
