//! Statements on the database or on one of its open transactions, which callers name by a number.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plugin_api::db::{Rendered, Rows};
use plugin_api::host::{HostFuture, RowStream, TxId};
use plugin_api::{Fault, FaultKind};

use crate::{Database, Transaction};

/// A database with its open transactions: the part of [`Host`](plugin_api::host::Host) that is the
/// same for everybody who lends a database. Clones share the transactions.
///
/// Wherever a number is asked for, 0 names no transaction: the statement commits by itself.
#[derive(Clone)]
pub struct Transactions(Arc<Shared>);

struct Shared {
    database: Database,
    open: Mutex<HashMap<TxId, Arc<Transaction>>>,
    next: AtomicU64,
}

impl Transactions {
    /// None is open yet.
    pub fn new(database: Database) -> Self {
        Self(Arc::new(Shared { database, open: Mutex::default(), next: AtomicU64::new(1) }))
    }

    /// The database itself.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Reads.
    pub fn query(&self, tx: TxId, statement: Rendered) -> HostFuture<Rows> {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            match tx {
                0 => shared.database.query(statement).await,
                tx => shared.find(tx)?.query(statement).await,
            }
        })
    }

    /// Runs one statement and says how many rows it changed.
    pub fn execute(&self, tx: TxId, statement: Rendered) -> HostFuture<u64> {
        let counts = self.batch(tx, vec![statement]);
        Box::pin(async move { Ok(counts.await?.into_iter().sum()) })
    }

    /// Runs the statements in order and says how many rows each of them changed.
    pub fn batch(&self, tx: TxId, statements: Vec<Rendered>) -> HostFuture<Vec<u64>> {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            match tx {
                0 => shared.database.batch(statements).await,
                tx => shared.find(tx)?.batch(statements).await,
            }
        })
    }

    /// Opens a transaction and says its number.
    pub fn begin(&self) -> HostFuture<TxId> {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            let transaction = shared.database.begin().await?;
            let tx = shared.next.fetch_add(1, Ordering::Relaxed);
            shared.open().insert(tx, Arc::new(transaction));
            Ok(tx)
        })
    }

    /// Commits a transaction; its number names nothing any more.
    pub fn commit(&self, tx: TxId) -> HostFuture<()> {
        let shared = Arc::clone(&self.0);
        Box::pin(async move {
            let found = shared.open().remove(&tx);
            found.ok_or_else(over)?.commit().await
        })
    }

    /// Gives a transaction up: it is rolled back when its last call has ended.
    pub fn rollback(&self, tx: TxId) {
        self.0.open().remove(&tx);
    }

    /// Reads in chunks, beside any transaction.
    pub fn stream(&self, statement: Rendered) -> RowStream {
        self.0.database.stream(statement)
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, HashMap<TxId, Arc<Transaction>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, tx: TxId) -> Result<Arc<Transaction>, Fault> {
        self.open().get(&tx).map(Arc::clone).ok_or_else(over)
    }
}

fn over() -> Fault {
    Fault::new(FaultKind::Timeout, "the transaction is over")
}
