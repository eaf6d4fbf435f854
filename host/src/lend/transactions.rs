//! Statements on the database or on an open transaction, which plugins name by a number.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use cockpit_database::{Database, Transaction};
use plugin_api::db::{Rendered, Rows};
use plugin_api::host::{RowStream, TxId};
use plugin_api::{Fault, FaultKind};

/// The database with its open transactions.
#[derive(Clone)]
pub(crate) struct Transactions {
    database: Database,
    open: Arc<Mutex<HashMap<TxId, Arc<Transaction>>>>,
    next: Arc<AtomicU64>,
}

impl Transactions {
    pub(crate) fn new(database: Database) -> Self {
        Self { database, open: Arc::default(), next: Arc::new(AtomicU64::new(1)) }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    fn open(&self) -> std::sync::MutexGuard<'_, HashMap<TxId, Arc<Transaction>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, tx: TxId) -> Result<Arc<Transaction>, Fault> {
        let found = self.open().get(&tx).map(Arc::clone);
        found.ok_or_else(|| Fault::new(FaultKind::Timeout, "the transaction is over"))
    }

    pub(crate) async fn query(&self, tx: TxId, statement: Rendered) -> Result<Rows, Fault> {
        match tx {
            0 => self.database.query(statement).await,
            tx => self.find(tx)?.query(statement).await,
        }
    }

    pub(crate) async fn batch(
        &self,
        tx: TxId,
        statements: Vec<Rendered>,
    ) -> Result<Vec<u64>, Fault> {
        match tx {
            0 => self.database.batch(statements).await,
            tx => self.find(tx)?.batch(statements).await,
        }
    }

    pub(crate) async fn begin(&self) -> Result<TxId, Fault> {
        let transaction = self.database.begin().await?;
        let tx = self.next.fetch_add(1, Ordering::Relaxed);
        self.open().insert(tx, Arc::new(transaction));
        Ok(tx)
    }

    pub(crate) async fn commit(&self, tx: TxId) -> Result<(), Fault> {
        let found = self.find(tx)?;
        self.open().remove(&tx);
        found.commit().await
    }

    /// Dropping the last owner rolls back.
    pub(crate) fn rollback(&self, tx: TxId) {
        self.open().remove(&tx);
    }

    pub(crate) fn stream(&self, statement: Rendered) -> RowStream {
        self.database.stream(statement)
    }
}
