//! An interactive transaction, seen from the writer: it serves nobody else until it ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use plugin_api::Fault;
use plugin_api::db::{Rendered, Rows};

use super::connection::Connection;
use super::writer::{Answer, run_all};
use crate::transaction::is_fatal;

/// Asks for the writer.
pub(super) struct Begin {
    pub(super) limit: Duration,
    pub(super) answer: Answer<Sender<Step>>,
}

/// What a transaction can be asked.
pub(super) enum Step {
    Query(Rendered, Answer<Rows>),
    Batch(Vec<Rendered>, Answer<Vec<u64>>),
    Commit(Answer<()>),
    Rollback(Answer<()>),
}

/// Runs a transaction from its beginning to its end.
pub(super) fn run(connection: &Connection, begin: Begin) {
    if begin.answer.is_canceled() {
        return;
    }
    if let Err(fault) = connection.command("begin immediate") {
        // Nobody waiting any more is as good as an answer.
        let _ = begin.answer.send(Err(fault));
        return;
    }
    let deadline = Instant::now() + begin.limit;
    let (sender, steps) = mpsc::channel();
    if begin.answer.send(Ok(sender)).is_ok() {
        let served = catch_unwind(AssertUnwindSafe(|| serve(connection, &steps, deadline)));
        if served.is_err() {
            tracing::error!("a transaction panicked and was rolled back");
        }
        connection.deadline.limit(None);
    }
    connection.rollback();
}

/// Takes steps until one ends the transaction, its time is up or its owner dropped it. Leaving
/// without a commit rolls back; a step without an answer tells its caller that the time is up.
fn serve(connection: &Connection, steps: &Receiver<Step>, deadline: Instant) {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        let Ok(step) = steps.recv_timeout(left) else { return };
        let left = deadline.saturating_duration_since(Instant::now());
        connection.deadline.limit(Some(left));
        match step {
            Step::Query(statement, answer) => {
                let outcome = connection.read(&statement);
                if reply(connection, answer, outcome, 1) {
                    return;
                }
            }
            Step::Batch(statements, answer) => {
                let outcome = run_all(connection, &statements);
                if reply(connection, answer, outcome, statements.len()) {
                    return;
                }
            }
            Step::Commit(answer) => {
                // Dropping the answer of a commit that comes too late says so.
                if !left.is_zero() {
                    let outcome = connection.command("commit");
                    connection.rollback();
                    let _ = answer.send(outcome);
                }
                return;
            }
            Step::Rollback(answer) => {
                connection.rollback();
                let _ = answer.send(Ok(()));
                return;
            }
        }
    }
}

/// Answers, and says whether the transaction is over. It is undone before the answer leaves, so that
/// a caller that retries does not meet it.
fn reply<T>(
    connection: &Connection,
    answer: Answer<T>,
    outcome: Result<T, Fault>,
    statements: usize,
) -> bool {
    let over = match &outcome {
        Err(fault) => is_fatal(statements, fault) || !connection.in_transaction(),
        Ok(_) => false,
    };
    if over {
        connection.rollback();
    }
    // A caller that stopped waiting changes nothing.
    let _ = answer.send(outcome);
    over
}
