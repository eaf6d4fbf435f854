//! An interactive transaction: a few statements that depend on each other's answers.

use std::time::Duration;

use plugin_api::db::{Rendered, Rows};
use plugin_api::{Fault, FaultKind};

use crate::statement::{check_verb, check_verbs};
use crate::{mariadb, sqlite};

/// How long a transaction may last before it is rolled back.
pub const TRANSACTION_LIMIT: Duration = Duration::from_secs(5);

/// A transaction that is rolled back when dropped or when its limit has passed.
///
/// Several callers may hold it: their calls run one after the other. After a batch that failed, a
/// mismatch, a retry or a timeout it is rolled back at once, and every later call, the commit
/// included, answers that same fault. Any other failed statement had no effect, and the transaction
/// goes on.
pub struct Transaction(pub(crate) Inner);

pub(crate) enum Inner {
    Sqlite(sqlite::Transaction),
    MariaDb(mariadb::Transaction),
}

impl Transaction {
    /// Reads, seeing what this transaction has written.
    pub async fn query(&self, statement: Rendered) -> Result<Rows, Fault> {
        check_verb(&statement.sql)?;
        match &self.0 {
            Inner::Sqlite(transaction) => transaction.query(statement).await,
            Inner::MariaDb(transaction) => transaction.query(statement).await,
        }
    }

    /// Runs one statement and says how many rows it changed.
    pub async fn execute(&self, statement: Rendered) -> Result<u64, Fault> {
        Ok(self.batch(vec![statement]).await?.into_iter().sum())
    }

    /// Runs the statements in order and says how many rows each of them changed.
    pub async fn batch(&self, statements: Vec<Rendered>) -> Result<Vec<u64>, Fault> {
        check_verbs(&statements)?;
        match &self.0 {
            Inner::Sqlite(transaction) => transaction.batch(statements).await,
            Inner::MariaDb(transaction) => transaction.batch(statements).await,
        }
    }

    /// Makes everything durable and visible, and ends the transaction.
    pub async fn commit(&self) -> Result<(), Fault> {
        match &self.0 {
            Inner::Sqlite(transaction) => transaction.commit().await,
            Inner::MariaDb(transaction) => transaction.commit().await,
        }
    }

    /// Undoes everything and ends the transaction.
    pub async fn rollback(&self) {
        match &self.0 {
            Inner::Sqlite(transaction) => transaction.rollback().await,
            Inner::MariaDb(transaction) => transaction.rollback().await,
        }
    }
}

/// Whether `fault`, met by a batch of `statements`, leaves nothing to go on with.
pub(crate) fn is_fatal(statements: usize, fault: &Fault) -> bool {
    use FaultKind::{Internal, Mismatch, Retry, Timeout};
    statements != 1 || matches!(fault.kind, Mismatch | Retry | Timeout | Internal)
}

/// The fault of a call on a transaction that was committed or rolled back.
pub(crate) fn ended() -> Fault {
    Fault::new(FaultKind::Refused, "the transaction has ended")
}

/// The fault of a transaction that outlived its limit.
pub(crate) fn expired() -> Fault {
    Fault::new(FaultKind::Timeout, "the transaction took too long and was rolled back")
}
