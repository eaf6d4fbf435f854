//! `SQLite` on threads of our own: one writes, several read; no executor is needed.

mod connection;
mod readers;
mod session;
mod stream;
mod transaction;
mod writer;

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use futures_channel::oneshot;
use plugin_api::db::{Rendered, Rows};
use plugin_api::{Fault, FaultKind};

use self::connection::{Connection, Deadline};
use self::readers::Read;
use self::session::Begin;
pub(crate) use self::transaction::Transaction;
use self::writer::{Answer, Batch, Job};
use crate::RowStream;
use crate::error::{closed, database};
use crate::streams::Streams;

/// How many streams may be open at once; each is a thread and keeps the log from being reset.
const STREAMS: usize = 16;

/// The open file; clones share its threads, which end when the last clone is gone.
#[derive(Clone)]
pub(crate) struct Sqlite {
    path: Arc<Path>,
    writer: Sender<Job>,
    readers: Sender<Read>,
    count: usize,
    streams: Streams,
    /// Alive as long as a thread is, so that a closed database does not keep the file locked.
    lock: Weak<File>,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, readers: usize) -> Result<Self, Fault> {
        let lock = Arc::new(lock(path)?);
        let connection = Connection::writing(path)?;
        let (writer, jobs) = mpsc::channel();
        let held = Arc::clone(&lock);
        spawn("sqlite-writer", move || writer::run(connection, &jobs, held))?;

        let count = readers.max(1);
        let (asked, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..count {
            let (connection, queue) =
                (Connection::reading(path, Deadline::new())?, Arc::clone(&queue));
            let held = Arc::clone(&lock);
            spawn("sqlite-reader", move || readers::run(connection, &queue, held))?;
        }
        let streams = Streams::new(STREAMS);
        let lock = Arc::downgrade(&lock);
        Ok(Self { path: path.into(), writer, readers: asked, count, streams, lock })
    }

    pub(crate) async fn query(&self, statement: Rendered) -> Result<Rows, Fault> {
        answered(|answer| self.readers.send(Read::Query(statement, answer)).is_ok()).await
    }

    pub(crate) async fn batch(&self, statements: Vec<Rendered>) -> Result<Vec<u64>, Fault> {
        answered(|answer| self.writer.send(Job::Batch(Batch { statements, answer })).is_ok()).await
    }

    pub(crate) async fn begin(&self, limit: Duration) -> Result<Transaction, Fault> {
        answered(|answer| self.writer.send(Job::Begin(Begin { limit, answer })).is_ok())
            .await
            .map(Transaction::new)
    }

    pub(crate) fn stream(&self, statement: Rendered) -> RowStream {
        stream::open(self.path.clone(), statement, &self.streams, self.lock.upgrade())
    }

    pub(crate) async fn close(self) {
        // Readers first, so that the writer's connection is the last and folds the log away.
        for _ in 0..self.count {
            stopped(|answer| self.readers.send(Read::Stop(answer)).is_ok()).await;
        }
        stopped(|answer| self.writer.send(Job::Stop(answer)).is_ok()).await;
    }
}

/// Sends a job and waits for its outcome; a thread that is gone means the database is closed.
async fn answered<T>(send: impl FnOnce(Answer<T>) -> bool) -> Result<T, Fault> {
    let (answer, outcome) = oneshot::channel();
    if !send(answer) {
        return Err(closed());
    }
    outcome.await.unwrap_or_else(|_| Err(closed()))
}

/// Sends the order to stop and waits until the thread obeyed or was gone already.
async fn stopped(send: impl FnOnce(oneshot::Sender<()>) -> bool) {
    let (answer, outcome) = oneshot::channel();
    if send(answer) {
        let _ = outcome.await;
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
        .map_err(|error| database(format!("cannot start the thread {name}: {error}")))
}

/// Takes the lock file beside the database, so that two processes never write it. The system gives
/// it up with the process, however that ends.
fn lock(path: &Path) -> Result<File, Fault> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&name)
        .map_err(|error| database(format!("cannot open {}: {error}", name.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Fault::new(
            FaultKind::Refused,
            format!("another process already uses the database {}; stop it first", path.display()),
        )),
        Err(TryLockError::Error(error)) => {
            Err(database(format!("cannot lock {}: {error}", name.display())))
        }
    }
}
