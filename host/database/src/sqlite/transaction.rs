//! An interactive transaction, seen from its owner.

use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};

use futures_channel::oneshot;
use plugin_api::Fault;
use plugin_api::db::{Rendered, Rows};

use super::session::Step;
use super::writer::Answer;
use crate::transaction::{ended, expired, is_fatal};

/// The writer, for as long as the transaction lasts. Dropping it hangs up, which rolls back.
pub(crate) struct Transaction {
    steps: Sender<Step>,
    /// Why no further step is possible.
    over: Mutex<Option<Fault>>,
}

impl Transaction {
    pub(super) fn new(steps: Sender<Step>) -> Self {
        Self { steps, over: Mutex::new(None) }
    }

    pub(crate) async fn query(&self, statement: Rendered) -> Result<Rows, Fault> {
        self.ask(1, |answer| Step::Query(statement, answer)).await
    }

    pub(crate) async fn batch(&self, statements: Vec<Rendered>) -> Result<Vec<u64>, Fault> {
        self.ask(statements.len(), |answer| Step::Batch(statements, answer)).await
    }

    pub(crate) async fn commit(&self) -> Result<(), Fault> {
        let outcome = self.ask(0, Step::Commit).await;
        self.end(ended());
        outcome
    }

    pub(crate) async fn rollback(&self) {
        // One that is over already was rolled back or committed.
        let _ = self.ask(0, Step::Rollback).await;
        self.end(ended());
    }

    async fn ask<T>(
        &self,
        statements: usize,
        step: impl FnOnce(Answer<T>) -> Step,
    ) -> Result<T, Fault> {
        if let Some(fault) = self.over.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Err(fault);
        }
        let (answer, outcome) = oneshot::channel();
        let outcome = match self.steps.send(step(answer)) {
            Ok(()) => outcome.await.unwrap_or_else(|_| Err(expired())),
            Err(_) => Err(expired()),
        };
        if let Err(fault) = &outcome
            && is_fatal(statements, fault)
        {
            self.end(fault.clone());
        }
        outcome
    }

    /// Remembers why it is over, unless that is known already.
    fn end(&self, fault: Fault) {
        self.over.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    }
}
