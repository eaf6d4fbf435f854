//! Effects of a batch as statements of the host's own tables, in the same transaction.

use plugin_api::Fault;
use plugin_api::db::{Effect, Rendered};

use super::Lent;
use crate::state::State;
use crate::{audit, jobs, mail, outbox};

/// Whom to wake once the batch is committed.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Wakes {
    jobs: bool,
    outbox: bool,
    mail: bool,
}

impl Wakes {
    pub(crate) fn wake(self, state: &State) {
        if self.jobs {
            state.work.jobs.wake();
        }
        if self.outbox {
            state.work.outbox.wake();
        }
        if self.mail {
            state.work.mail.wake();
        }
    }
}

/// Appends the statements of `effects`.
pub(crate) fn append(
    lent: &Lent,
    statements: &mut Vec<Rendered>,
    effects: Vec<Effect>,
) -> Result<Wakes, Fault> {
    let mut wakes = Wakes::default();
    let dialect = lent.state.database.dialect();
    let (id, now) = (super::fresh_id, lent.state.now());
    for effect in effects {
        let statement = match effect {
            Effect::Audit(row) => {
                let mut salt = [0; 16];
                super::random(&mut salt);
                audit::statement(&lent.caller, &lent.plugin, &row, now, &id(), &salt)
            }
            Effect::Emit(event) => {
                wakes.outbox = true;
                outbox::emit_statement(&lent.plugin, &event, &id(), now)
            }
            Effect::Enqueue(job) => {
                if let Some(module) = lent.state.registry.module(&lent.plugin) {
                    jobs::check(&module.manifest, &job)?;
                }
                wakes.jobs = true;
                jobs::enqueue_statement(&lent.caller, &lent.plugin, &job, &id(), now)
            }
            Effect::Organisation(node) => node.statement(&lent.caller.scope, now),
            Effect::RenameOrganisation(node) => node.statement(&lent.caller.scope),
            Effect::MoveOrganisation(node) => {
                let moves = node.statements(&lent.caller.scope);
                statements.extend(moves.map(|statement| statement.render(dialect)));
                continue;
            }
            Effect::Mail(mail) => {
                wakes.mail = true;
                mail::statement(&lent.plugin, &mail, &id(), now)
            }
        };
        statements.push(statement.render(dialect));
    }
    Ok(wakes)
}
