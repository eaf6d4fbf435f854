//! Why something lent by the host could not be done; the one error that crosses the border.

use serde::{Deserialize, Serialize};

/// What went wrong, in a form a caller can act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind:?}: {message}")]
pub struct Fault {
    /// The class of the failure.
    pub kind: FaultKind,
    /// For developers and the log, never for people.
    pub message: String,
    /// What it names: a constraint (`Unique`), the label of a statement (`Mismatch`), a call.
    #[serde(default)]
    pub subject: String,
}

/// The classes of [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum FaultKind {
    /// A unique or primary key already holds the value; `subject` names the constraint or columns.
    Unique,
    /// A statement of a batch changed another number of rows than it expected; `subject` is its label.
    Mismatch,
    /// What was handed in belongs to another state of the thing than the present one, which `subject`
    /// tells: the offset of an upload.
    Conflict,
    /// Deadlock, lock timeout or busy: the same transaction may succeed when run again.
    Retry,
    /// The deadline of the request, job or transaction has passed.
    Timeout,
    /// The caller may not do this, or the plugin did not declare it.
    Refused,
    /// The named thing (service, blob, setting, job) does not exist.
    NotFound,
    /// The plugin that should answer is not enabled.
    Unavailable,
    /// What was handed in cannot be read.
    Invalid,
    /// What was handed in is longer than allowed.
    TooLarge,
    /// The database failed.
    Database,
    /// Anything else.
    Internal,
    /// A kind this build does not know.
    #[serde(other)]
    Other,
}

impl Fault {
    /// A fault of `kind` that says `message`.
    pub fn new(kind: FaultKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), subject: String::new() }
    }

    /// Names what the fault is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// An internal fault.
    pub fn internal(message: impl std::fmt::Display) -> Self {
        Self::new(FaultKind::Internal, message.to_string())
    }

    /// What was handed in cannot be read.
    pub fn invalid(message: impl std::fmt::Display) -> Self {
        Self::new(FaultKind::Invalid, message.to_string())
    }

    /// Whether this is a `Unique` fault whose constraint or column list mentions `name`.
    pub fn is_unique(&self, name: &str) -> bool {
        self.kind == FaultKind::Unique
            && (self.subject.contains(name) || self.message.contains(name))
    }

    /// Whether the statement labelled `label` changed another number of rows than expected.
    pub fn is_mismatch(&self, label: &str) -> bool {
        self.kind == FaultKind::Mismatch && self.subject == label
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::invalid(error)
    }
}
