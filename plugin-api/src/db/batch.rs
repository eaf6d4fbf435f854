//! Statements that stand or fall together, with what they bring along.

use super::{
    Audit, Effect, Emit, Enqueue, Mail, MoveOrganisation, NewOrganisation, RenameOrganisation,
    Statement,
};

/// One atomic write: it joins the host's group commit and costs a single hop.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    pub(super) statements: Vec<Statement>,
    pub(super) effects: Vec<Effect>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a statement.
    #[must_use]
    pub fn and(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Adds an audit row.
    #[must_use]
    pub fn audit(mut self, audit: Audit) -> Self {
        self.effects.push(Effect::Audit(audit));
        self
    }

    /// Adds an event.
    #[must_use]
    pub fn emit(mut self, name: &str, payload: impl serde::Serialize) -> Self {
        let payload = serde_json::to_value(payload).unwrap_or_default();
        self.effects.push(Effect::Emit(Emit { name: name.to_owned(), payload }));
        self
    }

    /// Queues a job.
    #[must_use]
    pub fn enqueue(mut self, job: Enqueue) -> Self {
        self.effects.push(Effect::Enqueue(job));
        self
    }

    /// Adds a node to the organisation tree.
    #[must_use]
    pub fn organisation(mut self, node: NewOrganisation) -> Self {
        self.effects.push(Effect::Organisation(node));
        self
    }

    /// Renames a node of the organisation tree along with what it stands for.
    #[must_use]
    pub fn rename_organisation(mut self, organisation_id: &str, name: &str) -> Self {
        self.effects.push(Effect::RenameOrganisation(RenameOrganisation {
            organisation_id: organisation_id.to_owned(),
            name: name.to_owned(),
        }));
        self
    }

    /// Moves a node of the organisation tree, and all below it, under another node.
    #[must_use]
    pub fn move_organisation(mut self, organisation_id: &str, parent_id: &str) -> Self {
        self.effects.push(Effect::MoveOrganisation(MoveOrganisation {
            organisation_id: organisation_id.to_owned(),
            parent_id: parent_id.to_owned(),
        }));
        self
    }

    /// Sends a mail after the commit.
    #[must_use]
    pub fn mail(mut self, mail: Mail) -> Self {
        self.effects.push(Effect::Mail(mail));
        self
    }
}
