//! What a write brings with it in the same transaction: audit rows, events, queued jobs, mails.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Mail, MoveOrganisation, NewOrganisation, RenameOrganisation};

/// Something the host writes in the transaction of the plugin's own statements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A row of the audit log.
    Audit(Audit),
    /// An event other plugins hear, at least once, after the commit.
    Emit(Emit),
    /// A background job of this plugin.
    Enqueue(Enqueue),
    /// A new node of the organisation tree.
    Organisation(NewOrganisation),
    /// Another name of a node of the organisation tree.
    RenameOrganisation(RenameOrganisation),
    /// Another place for a node of the organisation tree, with everything below it.
    MoveOrganisation(MoveOrganisation),
    /// A mail, sent after the commit.
    Mail(Mail),
}

/// Who did what is known to the host; this says to which object, and how it changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Audit {
    /// `noun.past_participle`: `licence.created`.
    pub action: String,
    /// Id of the object.
    pub object_id: String,
    /// What people call it.
    pub object_name: String,
    /// The branch it belongs to; empty for the vendor's root.
    pub organisation_id: String,
    /// The object before, secrets left out.
    pub before: Option<Json>,
    /// The object after, secrets left out.
    pub after: Option<Json>,
}

impl Audit {
    /// An audit row of `action` on the object `id`.
    pub fn of(action: &str, id: &str) -> Self {
        Self { action: action.to_owned(), object_id: id.to_owned(), ..Self::default() }
    }

    /// What people call the object.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.object_name = name.into();
        self
    }

    /// The branch the object belongs to.
    #[must_use]
    pub fn in_organisation(mut self, id: impl Into<String>) -> Self {
        self.organisation_id = id.into();
        self
    }

    /// The object as it was.
    #[must_use]
    pub fn before(mut self, value: impl Serialize) -> Self {
        self.before = serde_json::to_value(value).ok();
        self
    }

    /// The object as it is now.
    #[must_use]
    pub fn after(mut self, value: impl Serialize) -> Self {
        self.after = serde_json::to_value(value).ok();
        self
    }
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emit {
    /// Versioned name: `licence.created.v1`.
    pub name: String,
    /// What happened.
    pub payload: Json,
}

/// A job to run soon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enqueue {
    /// Name of a job this plugin described.
    pub job: String,
    /// What it works on.
    pub payload: Json,
    /// Not before this instant, unix milliseconds; 0 for at once.
    #[serde(default)]
    pub run_at: i64,
    /// The id the job gets, so that a page can follow its progress; empty to let the host choose.
    #[serde(default)]
    pub job_id: String,
}
