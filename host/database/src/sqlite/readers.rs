//! The threads that read, all from one queue.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

use futures_channel::oneshot;
use plugin_api::Fault;
use plugin_api::db::{Rendered, Rows};

use super::connection::{Connection, STATEMENT_LIMIT};
use super::writer::Answer;

/// What a reader can be asked.
pub(super) enum Read {
    Query(Rendered, Answer<Rows>),
    Stop(oneshot::Sender<()>),
}

/// Reads until told to stop or until nobody is left to ask. `lock` is held as long.
pub(super) fn run(connection: Connection, queue: &Mutex<Receiver<Read>>, lock: Arc<File>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(Read::Query(statement, answer)) => {
                if answer.is_canceled() {
                    continue;
                }
                connection.deadline.limit(Some(STATEMENT_LIMIT));
                let outcome = catch_unwind(AssertUnwindSafe(|| connection.read(&statement)))
                    .unwrap_or_else(|_| Err(Fault::internal("a query panicked")));
                // A caller that stopped waiting changes nothing.
                let _ = answer.send(outcome);
            }
            Ok(Read::Stop(answer)) => {
                drop(connection);
                drop(lock);
                let _ = answer.send(());
                return;
            }
            Err(_) => return,
        }
    }
}
