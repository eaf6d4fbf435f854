//! The one thread that writes: queued batches share a transaction, and so its `fsync`.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use futures_channel::oneshot;
use plugin_api::Fault;
use plugin_api::db::Rendered;

use super::connection::{Connection, STATEMENT_LIMIT};
use super::session::{self, Begin};
use crate::statement::check_rows;

/// How many batches share a transaction at most.
const GROUP: usize = 200;

/// Where the outcome of a job goes.
pub(super) type Answer<T> = oneshot::Sender<Result<T, Fault>>;

/// What the writer can be asked.
pub(super) enum Job {
    Batch(Batch),
    Begin(Begin),
    Stop(oneshot::Sender<()>),
}

/// Statements that take effect together or not at all.
pub(super) struct Batch {
    pub(super) statements: Vec<Rendered>,
    pub(super) answer: Answer<Vec<u64>>,
}

type Outcome = Result<Vec<u64>, Fault>;

/// Does jobs until told to stop or until nobody is left to send one. `lock` is held as long.
pub(super) fn run(connection: Connection, jobs: &Receiver<Job>, lock: Arc<File>) {
    let mut next = jobs.recv().ok();
    while let Some(job) = next.take() {
        match job {
            Job::Begin(begin) => session::run(&connection, begin),
            Job::Batch(first) => {
                let mut batches = vec![first];
                while batches.len() < GROUP && next.is_none() {
                    match jobs.try_recv() {
                        Ok(Job::Batch(batch)) => batches.push(batch),
                        Ok(other) => next = Some(other),
                        Err(_) => break,
                    }
                }
                write(&connection, batches);
            }
            Job::Stop(answer) => {
                drop(connection);
                drop(lock);
                // Who asked may have gone; the writer stops all the same.
                let _ = answer.send(());
                return;
            }
        }
        if next.is_none() {
            next = jobs.recv().ok();
        }
    }
}

/// Runs each batch and answers it once it is durable.
fn write(connection: &Connection, batches: Vec<Batch>) {
    let outcomes = match batches.as_slice() {
        [only] => vec![alone(connection, &only.statements)],
        several => together(connection, several),
    };
    for (batch, outcome) in batches.into_iter().zip(outcomes) {
        // A caller that stopped waiting changes nothing.
        let _ = batch.answer.send(outcome);
    }
}

/// One transaction for all batches. Should it be lost as a whole, each gets one of its own, so that
/// nobody suffers from a neighbour; nothing of the lost one was committed.
fn together(connection: &Connection, batches: &[Batch]) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(batches.len());
    let mut culprit = None;
    if connection.command("begin immediate").is_ok() {
        for batch in batches {
            outcomes.push(isolated(connection, &batch.statements));
            if !connection.in_transaction() {
                culprit = Some(outcomes.len() - 1);
                break;
            }
        }
        if culprit.is_none() && connection.command("commit").is_ok() {
            return outcomes;
        }
        connection.rollback();
    }
    let fault = culprit.and_then(|_| outcomes.pop());
    let mut again: Vec<Outcome> = Vec::with_capacity(batches.len());
    for (at, batch) in batches.iter().enumerate() {
        again.push(match &fault {
            Some(fault @ Err(_)) if culprit == Some(at) => fault.clone(),
            _ => alone(connection, &batch.statements),
        });
    }
    again
}

/// A transaction for one batch.
fn alone(connection: &Connection, statements: &[Rendered]) -> Outcome {
    connection.command("begin immediate")?;
    let outcome = caught(connection, statements)
        .and_then(|changed| connection.command("commit").map(|()| changed));
    connection.rollback();
    outcome
}

/// A batch within the group's transaction, undone alone when it fails.
fn isolated(connection: &Connection, statements: &[Rendered]) -> Outcome {
    // A single statement that fails has no effect; only a mismatch has one to undo.
    if let [only] = statements
        && only.expect_rows.is_none()
    {
        return caught(connection, statements);
    }
    connection.command("savepoint batch")?;
    let outcome = caught(connection, statements);
    if connection.in_transaction() {
        if outcome.is_err() {
            connection.command("rollback to batch")?;
        }
        connection.command("release batch")?;
    }
    outcome
}

/// The statements one after the other; a panic is a fault of theirs, not the end of the writer.
fn caught(connection: &Connection, statements: &[Rendered]) -> Outcome {
    connection.deadline.limit(Some(STATEMENT_LIMIT));
    let outcome = catch_unwind(AssertUnwindSafe(|| run_all(connection, statements)))
        .unwrap_or_else(|_| Err(Fault::internal("a statement panicked")));
    connection.deadline.limit(None);
    outcome
}

/// The statements one after the other, up to the first that fails.
pub(super) fn run_all(connection: &Connection, statements: &[Rendered]) -> Outcome {
    let mut changed = Vec::with_capacity(statements.len());
    for statement in statements {
        let rows = connection.write(statement)?;
        check_rows(statement, rows)?;
        changed.push(rows);
    }
    Ok(changed)
}
