//! Rows written behind: collected for half a second and committed together.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cockpit_database::Database;
use plugin_api::FaultKind;
use plugin_api::db::Rendered;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep, timeout};

/// How many statements are committed together at most.
const BATCH: usize = 500;
/// How long statements are collected.
const DELAY: Duration = Duration::from_millis(500);
/// How many statements may wait; beyond, the oldest are lost.
const WAITING: usize = 20_000;
/// How often lost statements are reported at most.
const REPORT: Duration = Duration::from_mins(1);
/// How often a batch is tried when the database asks for it.
const TRIES: u32 = 5;
/// How long a flush waits for the database.
const FLUSH: Duration = Duration::from_secs(10);

/// Writes statements that may be lost in a crash; clones share the queue.
#[derive(Clone)]
pub struct Behind(Arc<Shared>);

struct Shared {
    queue: Mutex<Queue>,
    /// Something waits.
    filled: Notify,
    /// No need to collect any longer: a batch is full, or somebody flushes.
    hurry: Notify,
}

#[derive(Default)]
struct Queue {
    statements: VecDeque<Rendered>,
    lost: u64,
    reported: Option<Instant>,
    flushing: Vec<oneshot::Sender<()>>,
}

impl Behind {
    /// Begins to write to `database`, on the runtime this is called on.
    pub fn start(database: Database) -> Self {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            filled: Notify::new(),
            hurry: Notify::new(),
        });
        tokio::spawn(write(Arc::clone(&shared), database));
        Self(shared)
    }

    /// Hands a statement in; it is committed within a second.
    pub fn send(&self, statement: Rendered) {
        let mut queue = self.0.queue();
        if queue.statements.len() >= WAITING {
            queue.statements.pop_front();
            queue.lost += 1;
        }
        queue.statements.push_back(statement);
        let full = queue.statements.len() >= BATCH;
        drop(queue);
        self.0.filled.notify_one();
        if full {
            self.0.hurry.notify_one();
        }
    }

    /// Waits until everything handed in so far is written, but not longer than ten seconds.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        self.0.queue().flushing.push(done);
        self.0.filled.notify_one();
        self.0.hurry.notify_one();
        if timeout(FLUSH, written).await.is_err() {
            tracing::error!("Rows written behind could not be flushed in time.");
        }
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_idle(&self) -> bool {
        let queue = self.queue();
        queue.statements.is_empty() && queue.flushing.is_empty()
    }

    fn is_urgent(&self) -> bool {
        let queue = self.queue();
        queue.statements.len() >= BATCH || !queue.flushing.is_empty()
    }

    fn take(&self) -> Vec<Rendered> {
        let mut queue = self.queue();
        if queue.lost > 0 && queue.reported.is_none_or(|last| last.elapsed() >= REPORT) {
            tracing::warn!(
                lost = queue.lost,
                "Rows written behind were lost: the database is slow."
            );
            queue.lost = 0;
            queue.reported = Some(Instant::now());
        }
        let count = queue.statements.len().min(BATCH);
        queue.statements.drain(..count).collect()
    }

    fn flushed(&self) {
        let mut queue = self.queue();
        if queue.statements.is_empty() {
            for done in queue.flushing.drain(..) {
                // An error means that whoever flushed has stopped waiting.
                let _ = done.send(());
            }
        }
    }
}

async fn write(shared: Arc<Shared>, database: Database) {
    loop {
        if shared.is_idle() {
            shared.filled.notified().await;
        }
        if !shared.is_urgent() {
            tokio::select! {
                () = sleep(DELAY) => {}
                () = shared.hurry.notified() => {}
            }
        }
        let statements = shared.take();
        commit(&database, statements).await;
        shared.flushed();
    }
}

/// Writes all together; when one of them is at fault, each by itself.
async fn commit(database: &Database, statements: Vec<Rendered>) {
    if statements.is_empty() || run(database, &merged(&statements)).await.is_ok() {
        return;
    }
    for statement in statements {
        if let Err(fault) = run(database, std::slice::from_ref(&statement)).await {
            tracing::error!(%fault, "A row written behind was refused by the database.");
        }
    }
}

/// The same rows in fewer statements: insertions of the same text become one with many rows, which
/// is one round trip instead of hundreds. The order between different texts does not matter here.
fn merged(statements: &[Rendered]) -> Vec<Rendered> {
    let mut merged: Vec<Rendered> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for statement in statements {
        let place = places.get(statement.sql.as_str()).and_then(|at| merged.get_mut(*at));
        if let (Some(row), Some(whole)) = (row_of(&statement.sql), place) {
            whole.sql.push_str(", ");
            whole.sql.push_str(row);
            whole.params.extend(statement.params.iter().cloned());
        } else {
            places.insert(&statement.sql, merged.len());
            merged.push(statement.clone());
        }
    }
    merged
}

/// `(?, …)` at the end of an insertion that is nothing else; rows can be added behind it.
fn row_of(sql: &str) -> Option<&str> {
    let (_, row) = sql.strip_prefix("insert into ")?.split_once(" values ")?;
    let inner = row.strip_prefix('(')?.strip_suffix(')')?;
    inner.chars().all(|c| matches!(c, '?' | ',' | ' ')).then_some(row)
}

async fn run(database: &Database, statements: &[Rendered]) -> Result<(), plugin_api::Fault> {
    let mut tries = 0;
    loop {
        tries += 1;
        match database.batch(statements.to_vec()).await {
            Err(fault) if fault.kind == FaultKind::Retry && tries < TRIES => {}
            other => return other.map(drop),
        }
    }
}

#[cfg(test)]
mod tests {
    use cockpit_database::throwaway::ThrowAway;

    use super::*;

    fn statement(sql: &str, params: Vec<plugin_api::db::Value>) -> Rendered {
        Rendered { sql: sql.to_owned(), params, ..Rendered::default() }
    }

    async fn count(database: &Database) -> i64 {
        database.query(statement("select count(*) from note", vec![])).await.unwrap().scalar()
    }

    #[test]
    fn insertions_of_one_text_become_one() {
        let row =
            |n: i64| statement("insert into t (a, b) values (?, ?)", vec![n.into(), 0.into()]);
        let update = statement("update t set a = ?", vec![9.into()]);
        let merged = merged(&[row(1), update.clone(), row(2), update.clone()]);
        assert_eq!(merged.len(), 3);
        assert_eq!(merged[0].sql, "insert into t (a, b) values (?, ?), (?, ?)");
        assert_eq!(merged[0].params, vec![1.into(), 0.into(), 2.into(), 0.into()]);
        let upsert = "insert into t (a) values (?) on conflict do nothing";
        assert_eq!(row_of(upsert), None);
    }

    #[tokio::test]
    async fn one_bad_statement_does_not_take_the_others_along() {
        for database in ThrowAway::each().await.unwrap() {
            let create = "create table note (id bigint not null primary key)";
            database.execute(statement(create, vec![])).await.unwrap();
            let behind = Behind::start(database.database().clone());
            for id in [1i64, 2, 2, 3] {
                behind.send(statement("insert into note (id) values (?)", vec![id.into()]));
            }
            behind.flush().await;
            assert_eq!(count(&database).await, 3);
        }
    }

    #[tokio::test]
    async fn more_than_a_batch_is_written_whole_by_one_flush() {
        let database = ThrowAway::sqlite().await.unwrap();
        let create = "create table note (id bigint not null primary key)";
        database.execute(statement(create, vec![])).await.unwrap();
        let behind = Behind::start(database.database().clone());
        for id in 0..1_234i64 {
            behind.send(statement("insert into note (id) values (?)", vec![id.into()]));
        }
        behind.flush().await;
        assert_eq!(count(&database).await, 1_234);
    }

    #[tokio::test]
    async fn a_full_queue_loses_the_oldest_and_counts_them() {
        let database = ThrowAway::sqlite().await.unwrap();
        let behind = Behind::start(database.database().clone());
        // No await between: the writer has no turn on this single-threaded runtime.
        for _ in 0..WAITING + 3 {
            behind.send(statement("select 1", vec![]));
        }
        assert_eq!(behind.0.queue().lost, 3);
        assert_eq!(behind.0.queue().statements.len(), WAITING);
    }
}
