//! What becomes of a row.

use serde::{Deserialize, Serialize};

/// What is done with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Something new is entered.
    Create,
    /// Something known is changed.
    Update,
    /// Everything is already as the row says.
    Unchanged,
    /// Nothing: the row is wrong.
    Refused,
}

impl Act {
    /// How it stands in the database.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }

    /// Whether something is written.
    pub fn writes(self) -> bool {
        matches!(self, Self::Create | Self::Update)
    }
}

/// What becomes of a row, or became of it.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub(super) act: Act,
    /// What people call the object of the row.
    pub(super) name: String,
    /// Its id, when it is known.
    pub(super) object_id: String,
    /// What is wrong: the field, empty for the row as a whole, and a sentence.
    pub(super) problems: Vec<(String, String)>,
    /// What no other row of the file may say: field and value.
    pub(super) unique: Vec<(&'static str, String)>,
}

impl Outcome {
    /// `act` is done with what people call `name`.
    pub fn of(act: Act, name: impl Into<String>) -> Self {
        Self {
            act,
            name: name.into(),
            object_id: String::new(),
            problems: Vec::new(),
            unique: Vec::new(),
        }
    }

    /// The row is wrong in `field` (empty for the row as a whole), for the reason `sentence` gives.
    pub fn refused(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self::of(Act::Refused, "").problem(field, sentence)
    }

    /// One more thing that is wrong; the row is refused.
    #[must_use]
    pub fn problem(mut self, field: impl Into<String>, sentence: impl Into<String>) -> Self {
        self.act = Act::Refused;
        self.problems.push((field.into(), sentence.into()));
        self
    }

    /// What people call the object.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The object's id, which the report links to.
    #[must_use]
    pub fn object(mut self, id: impl Into<String>) -> Self {
        self.object_id = id.into();
        self
    }

    /// No other row of the file may have this value in `field`, unless it is empty.
    #[must_use]
    pub fn unique_in_file(mut self, field: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.unique.push((field, value));
        }
        self
    }

    /// What is done.
    pub fn act(&self) -> Act {
        self.act
    }
}
