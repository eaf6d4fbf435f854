//! Statements on the database or on an open transaction, which plugins name by a number.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cockpit_database::{Database, Transaction};
use plugin_api::db::{Effect, Rendered, Rows};
use plugin_api::host::{RowStream, TxId};
use plugin_api::{Fault, FaultKind};

/// The database with its open transactions and the effects that wait for their commits.
pub(crate) struct Transactions {
    database: Database,
    open: Mutex<HashMap<TxId, Open>>,
    next: AtomicU64,
}

/// Something that was said on a transaction, by which plugin.
type Said = (Arc<str>, Effect);

struct Open {
    transaction: Arc<Transaction>,
    effects: Vec<Said>,
}

impl Transactions {
    pub(crate) fn new(database: Database) -> Self {
        Self { database, open: Mutex::default(), next: AtomicU64::new(1) }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    fn open(&self) -> MutexGuard<'_, HashMap<TxId, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, tx: TxId) -> Result<Arc<Transaction>, Fault> {
        let found = self.open().get(&tx).map(|open| Arc::clone(&open.transaction));
        found.ok_or_else(over)
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

    pub(crate) async fn execute(&self, tx: TxId, statement: Rendered) -> Result<u64, Fault> {
        Ok(self.batch(tx, vec![statement]).await?.into_iter().sum())
    }

    pub(crate) async fn begin(&self) -> Result<TxId, Fault> {
        let transaction = Arc::new(self.database.begin().await?);
        let tx = self.next.fetch_add(1, Ordering::Relaxed);
        self.open().insert(tx, Open { transaction, effects: Vec::new() });
        Ok(tx)
    }

    /// Keeps `effects` until the transaction is committed.
    pub(crate) fn keep(&self, tx: TxId, effects: Vec<Said>) {
        if let Some(open) = self.open().get_mut(&tx) {
            open.effects.extend(effects);
        }
    }

    /// Commits and gives the effects that are now true.
    pub(crate) async fn commit(&self, tx: TxId) -> Result<Vec<Said>, Fault> {
        let open = self.open().remove(&tx).ok_or_else(over)?;
        open.transaction.commit().await?;
        Ok(open.effects)
    }

    /// Dropping the last owner rolls back.
    pub(crate) fn rollback(&self, tx: TxId) {
        self.open().remove(&tx);
    }

    pub(crate) fn stream(&self, statement: Rendered) -> RowStream {
        self.database.stream(statement)
    }
}

fn over() -> Fault {
    Fault::new(FaultKind::Timeout, "the transaction is over")
}
