//! The façade: one database, whichever it is.

use std::pin::Pin;
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use plugin_api::Fault;
use plugin_api::db::{Dialect, Rendered, Rows};
use plugin_api::manifest::Migration;

use crate::statement::{check_verb, check_verbs};
use crate::transaction::{Inner, TRANSACTION_LIMIT};
use crate::{Settings, Transaction, mariadb, migrate, sqlite};

/// Rows in chunks of at most 500; an empty result yields no chunk. Dropping it stops the query.
pub type RowStream = Pin<Box<dyn Stream<Item = Result<Rows, Fault>> + Send>>;

/// The open database; clones share it.
#[derive(Clone)]
pub struct Database(Kind);

#[derive(Clone)]
enum Kind {
    Sqlite(sqlite::Sqlite),
    MariaDb(mariadb::MariaDb),
}

impl Database {
    /// Opens the database `settings` name: the `SQLite` file is created when missing and locked
    /// against other processes; `MariaDB` is asked whether it answers.
    pub async fn open(settings: &Settings) -> Result<Self, Fault> {
        Ok(Self(match &settings.url {
            Some(url) => Kind::MariaDb(mariadb::MariaDb::open(url, settings.connections).await?),
            None => Kind::Sqlite(sqlite::Sqlite::open(&settings.path, settings.readers)?),
        }))
    }

    /// Which SQL it understands.
    pub fn dialect(&self) -> Dialect {
        match &self.0 {
            Kind::Sqlite(_) => Dialect::Sqlite,
            Kind::MariaDb(_) => Dialect::MariaDb,
        }
    }

    /// Reads. Without a row the column names are left out, on both databases.
    pub async fn query(&self, statement: Rendered) -> Result<Rows, Fault> {
        check_verb(&statement.sql)?;
        match &self.0 {
            Kind::Sqlite(database) => database.query(statement).await,
            Kind::MariaDb(database) => database.query(statement).await,
        }
    }

    /// Runs one statement atomically and says how many rows it changed.
    pub async fn execute(&self, statement: Rendered) -> Result<u64, Fault> {
        Ok(self.batch(vec![statement]).await?.into_iter().sum())
    }

    /// Runs the statements in one transaction, all or none, and says how many rows each changed. A
    /// statement that changed another number of rows than it expects undoes all.
    pub async fn batch(&self, statements: Vec<Rendered>) -> Result<Vec<u64>, Fault> {
        check_verbs(&statements)?;
        if statements.is_empty() {
            return Ok(Vec::new());
        }
        match &self.0 {
            Kind::Sqlite(database) => database.batch(statements).await,
            Kind::MariaDb(database) => database.batch(statements).await,
        }
    }

    /// Begins a transaction that may last [`TRANSACTION_LIMIT`].
    pub async fn begin(&self) -> Result<Transaction, Fault> {
        self.begin_within(TRANSACTION_LIMIT).await
    }

    /// Begins a transaction that is rolled back when `limit` has passed.
    pub async fn begin_within(&self, limit: Duration) -> Result<Transaction, Fault> {
        Ok(Transaction(match &self.0 {
            Kind::Sqlite(database) => Inner::Sqlite(database.begin(limit).await?),
            Kind::MariaDb(database) => Inner::MariaDb(database.begin(limit).await?),
        }))
    }

    /// Reads a result of any size in chunks, no faster than they are taken.
    pub fn stream(&self, statement: Rendered) -> RowStream {
        if let Err(fault) = check_verb(&statement.sql) {
            return stream::iter([Err(fault)]).boxed();
        }
        match &self.0 {
            Kind::Sqlite(database) => database.stream(statement),
            Kind::MariaDb(database) => database.stream(statement),
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Fault> {
        let statement = Rendered { sql: "select 1".to_owned(), ..Rendered::default() };
        self.query(statement).await.map(drop)
    }

    /// Applies those of `migrations` that `owner`'s ledger lacks, in their order, and names them.
    pub async fn migrate(
        &self,
        owner: &str,
        migrations: &[Migration],
    ) -> Result<Vec<String>, Fault> {
        if migrate::pending(self, owner, migrations).await?.is_empty() {
            return Ok(Vec::new());
        }
        match &self.0 {
            Kind::Sqlite(_) => migrate::on_sqlite(self, owner, migrations).await,
            Kind::MariaDb(database) => migrate::on_mariadb(self, database, owner, migrations).await,
        }
    }

    /// The names of those of `migrations` that `owner`'s ledger lacks.
    pub async fn pending(
        &self,
        owner: &str,
        migrations: &[Migration],
    ) -> Result<Vec<String>, Fault> {
        let pending = migrate::pending(self, owner, migrations).await?;
        Ok(pending.into_iter().map(|migration| migration.name.clone()).collect())
    }

    /// Waits for everything already handed in, then closes; clones answer faults from then on.
    pub async fn close(self) {
        match self.0 {
            Kind::Sqlite(database) => database.close().await,
            Kind::MariaDb(database) => database.close().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn can_be_sent<T: Send>(_: &T) {}

    #[tokio::test]
    async fn every_future_can_be_sent_to_another_thread() {
        let database = crate::throwaway::ThrowAway::sqlite().await.unwrap();
        let database = database.database();
        let statement = Rendered::default;
        can_be_sent(&Database::open(&Settings::default()));
        can_be_sent(&database.query(statement()));
        can_be_sent(&database.execute(statement()));
        can_be_sent(&database.batch(Vec::new()));
        can_be_sent(&database.begin());
        can_be_sent(&database.ping());
        can_be_sent(&database.migrate("host", &[]));
        can_be_sent(&database.pending("host", &[]));
        can_be_sent(&database.clone().close());
        let transaction = database.begin().await.unwrap();
        can_be_sent(&transaction.query(statement()));
        can_be_sent(&transaction.execute(statement()));
        can_be_sent(&transaction.batch(Vec::new()));
        can_be_sent(&transaction.commit());
        can_be_sent(&transaction.rollback());
    }
}
