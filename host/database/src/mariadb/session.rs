//! One connection taken from the pool, given back only when it is known to be clean.

use std::time::Duration;

use futures_util::TryStreamExt;
use plugin_api::db::{Rendered, Rows};
use plugin_api::{Fault, FaultKind};
use sqlx::pool::PoolConnection;
use sqlx::{Executor, MySql, MySqlConnection, MySqlPool};
use tokio::runtime::Handle;
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, timeout_at};

use super::connect::STATEMENT_LIMIT;
use super::decode::{prepared, rows, unprepared};
use crate::error::{closed, from_mariadb};
use crate::statement::check_rows;

/// How much longer than the server the client waits before it gives the connection up.
const PATIENCE: Duration = Duration::from_secs(2);

/// Puts the limit of statements back together with the end of a transaction that had another; one
/// round trip.
const COMMIT_LIMITED: &str = "commit; set session max_statement_time = 10";
const ROLLBACK: &str = "rollback; set session max_statement_time = 10";

/// A connection and what is known about its state.
pub(super) struct Session {
    connection: Option<PoolConnection<MySql>>,
    runtime: Handle,
    /// A statement was sent and its answer not yet read.
    is_busy: bool,
    in_transaction: bool,
    /// The transaction gave its statements a limit of their own.
    is_limited: bool,
}

impl Session {
    pub(super) async fn take(pool: &MySqlPool, runtime: Handle) -> Result<Self, Fault> {
        let connection = pool.acquire().await.map_err(|error| from_mariadb(&error))?;
        let connection = Some(connection);
        let (is_busy, in_transaction, is_limited) = (false, false, false);
        Ok(Self { connection, runtime, is_busy, in_transaction, is_limited })
    }

    /// Has the connection closed afterwards, because its settings are changed.
    pub(super) fn keep_from_pool(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.close_on_drop();
        }
    }

    /// How long a statement outside a transaction may take.
    pub(super) fn usual_deadline() -> Instant {
        Instant::now() + STATEMENT_LIMIT + PATIENCE
    }

    pub(super) async fn begin(&mut self) -> Result<(), Fault> {
        self.command("start transaction").await?;
        self.in_transaction = true;
        Ok(())
    }

    /// Begins a transaction whose statements the server itself gives up after `limit`, so that one
    /// that nobody waits for any more does not hold its locks for long.
    pub(super) async fn begin_within(&mut self, limit: Duration) -> Result<(), Fault> {
        let seconds = limit.as_secs_f64().max(0.001);
        let sql = format!("set session max_statement_time = {seconds:.3}; start transaction");
        self.in_transaction = true;
        self.is_limited = true;
        self.unprepared(Self::usual_deadline(), &sql).await
    }

    pub(super) async fn commit(&mut self) -> Result<(), Fault> {
        self.command(if self.is_limited { COMMIT_LIMITED } else { "commit" }).await?;
        self.in_transaction = false;
        Ok(())
    }

    /// Undoes the open transaction; a connection that cannot even do that is closed.
    pub(super) async fn rollback(&mut self) {
        if !self.in_transaction {
            return;
        }
        match self.command(ROLLBACK).await {
            Ok(()) => self.in_transaction = false,
            Err(_) => self.discard(),
        }
    }

    /// Runs a statement of our own that has neither values nor rows.
    pub(super) async fn command(&mut self, sql: &'static str) -> Result<(), Fault> {
        self.on_connection(Self::usual_deadline(), async |connection| {
            connection.execute(sql).await.map(drop)
        })
        .await
    }

    /// Runs a statement of a migration, however long it takes.
    pub(super) async fn change_schema(&mut self, sql: &str) -> Result<(), Fault> {
        self.unprepared(Instant::now() + Duration::from_hours(24), sql).await
    }

    async fn unprepared(&mut self, by: Instant, sql: &str) -> Result<(), Fault> {
        self.on_connection(by, async |connection| {
            connection.execute(unprepared(sql)).await.map(drop)
        })
        .await
    }

    pub(super) async fn read(&mut self, by: Instant, statement: &Rendered) -> Result<Rows, Fault> {
        let found = self
            .on_connection(by, async |connection| connection.fetch_all(prepared(statement)).await)
            .await?;
        rows(&found)
    }

    /// The statements one after the other, up to the first that fails.
    pub(super) async fn run_all(
        &mut self,
        by: Instant,
        statements: &[Rendered],
    ) -> Result<Vec<u64>, Fault> {
        let mut changed = Vec::with_capacity(statements.len());
        for statement in statements {
            let done = self
                .on_connection(by, async |connection| connection.execute(prepared(statement)).await)
                .await?;
            check_rows(statement, done.rows_affected())?;
            changed.push(done.rows_affected());
        }
        Ok(changed)
    }

    /// Sends rows in chunks of at most `size`, until nobody takes them any more.
    pub(super) async fn send_chunks(
        &mut self,
        statement: &Rendered,
        size: usize,
        to: &Sender<Result<Rows, Fault>>,
    ) -> Result<(), Fault> {
        let connection = self.connection.as_deref_mut().ok_or_else(closed)?;
        // Stays so when rows are left over: the connection is then closed, not read to the end.
        self.is_busy = true;
        let mut found = connection.fetch(prepared(statement));
        let mut held = Vec::new();
        while let Some(row) = found.try_next().await.map_err(|error| from_mariadb(&error))? {
            held.push(row);
            if held.len() == size {
                let full = rows(&held)?;
                held.clear();
                if to.send(Ok(full)).await.is_err() {
                    return Ok(());
                }
            }
        }
        drop(found);
        self.is_busy = false;
        if !held.is_empty() {
            // Nobody taking the last chunk is no loss.
            let _ = to.send(Ok(rows(&held)?)).await;
        }
        Ok(())
    }

    /// Closes the connection instead of giving it back; the server then undoes what was open.
    pub(super) fn discard(&mut self) {
        if let Some(connection) = self.connection.take() {
            let _entered = self.runtime.enter();
            drop(connection.detach());
        }
    }

    async fn on_connection<T>(
        &mut self,
        by: Instant,
        work: impl AsyncFnOnce(&mut MySqlConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, Fault> {
        let connection = self.connection.as_deref_mut().ok_or_else(closed)?;
        self.is_busy = true;
        let outcome = timeout_at(by, work(connection)).await;
        let Ok(outcome) = outcome else {
            self.discard();
            return Err(Fault::new(FaultKind::Timeout, "the database did not answer in time"));
        };
        // After an error of the server the connection is as good as before; after any other it is
        // in an unknown state.
        self.is_busy = matches!(&outcome, Err(error) if error.as_database_error().is_none());
        outcome.map_err(|error| from_mariadb(&error))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.is_busy {
            return self.discard();
        }
        let Some(connection) = self.connection.take() else { return };
        let _entered = self.runtime.enter();
        if self.in_transaction {
            let mut session = Self {
                connection: Some(connection),
                runtime: self.runtime.clone(),
                is_busy: false,
                in_transaction: true,
                is_limited: false,
            };
            self.runtime.spawn(async move { session.rollback().await });
        } else {
            drop(connection);
        }
    }
}
