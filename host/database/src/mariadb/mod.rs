//! `MariaDB` through a pool of connections.

mod connect;
mod decode;
mod runtime;
mod session;
mod throwaway;
mod transaction;

use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::{StreamExt, stream};
use plugin_api::db::{Rendered, Rows};
use plugin_api::{Fault, FaultKind};
use sqlx::MySqlPool;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::timeout;

use self::runtime::Inside;
use self::session::Session;
pub(crate) use self::throwaway::{drop_database, new_database};
pub(crate) use self::transaction::Transaction;
use crate::RowStream;
use crate::statement::CHUNK;
use crate::streams::Streams;

/// How often a batch is run when it keeps meeting other transactions.
const ATTEMPTS: u32 = 10;

/// The pool; clones share it.
#[derive(Clone)]
pub(crate) struct MariaDb {
    pool: MySqlPool,
    runtime: Handle,
    streams: Streams,
}

impl MariaDb {
    pub(crate) async fn open(url: &str, connections: u32) -> Result<Self, Fault> {
        let runtime = runtime::handle()?;
        let url = url.to_owned();
        Inside::new(runtime.clone(), async move {
            let pool = connect::pool(&url, connections).await?;
            // The other half of the connections stays for short work.
            let streams = Streams::new(usize::try_from(connections / 2).unwrap_or(1).max(1));
            Ok(Self { pool, runtime, streams })
        })
        .await
    }

    pub(crate) async fn query(&self, statement: Rendered) -> Result<Rows, Fault> {
        self.inside(async {
            self.session().await?.read(Session::usual_deadline(), &statement).await
        })
        .await
    }

    pub(crate) async fn batch(&self, statements: Vec<Rendered>) -> Result<Vec<u64>, Fault> {
        self.inside(async {
            let mut attempt = 1;
            loop {
                match self.attempt(&statements).await {
                    Err(fault) if fault.kind == FaultKind::Retry && attempt < ATTEMPTS => {
                        tokio::time::sleep(back_off(attempt)).await;
                        attempt += 1;
                    }
                    outcome => return outcome,
                }
            }
        })
        .await
    }

    async fn attempt(&self, statements: &[Rendered]) -> Result<Vec<u64>, Fault> {
        let mut session = self.session().await?;
        let by = Session::usual_deadline();
        // The server makes a single statement atomic by itself; only a mismatch has to be undone.
        if let [only] = statements
            && only.expect_rows.is_none()
        {
            return session.run_all(by, statements).await;
        }
        session.begin().await?;
        let outcome = session.run_all(by, statements).await;
        match outcome {
            Ok(changed) => session.commit().await.map(|()| changed),
            Err(fault) => {
                session.rollback().await;
                Err(fault)
            }
        }
    }

    pub(crate) async fn begin(&self, limit: Duration) -> Result<Transaction, Fault> {
        self.inside(async {
            let mut session = self.session().await?;
            session.begin_within(limit).await?;
            Ok(Transaction::new(session, limit, self.runtime.clone()))
        })
        .await
    }

    pub(crate) fn stream(&self, statement: Rendered) -> RowStream {
        let (sender, chunks) = mpsc::channel(1);
        let database = self.clone();
        self.runtime.spawn(async move {
            let sending = pin!(database.send_chunks(&statement, &sender));
            // Whichever comes first: the end, or nobody listening any more.
            if let Either::Left((Err(fault), _)) = select(sending, pin!(sender.closed())).await {
                let _ = sender.send(Err(fault)).await;
            }
        });
        stream::unfold(chunks, |mut chunks| async { chunks.recv().await.map(|c| (c, chunks)) })
            .boxed()
    }

    async fn send_chunks(
        &self,
        statement: &Rendered,
        sender: &mpsc::Sender<Result<Rows, Fault>>,
    ) -> Result<(), Fault> {
        let _place = self.streams.enter()?;
        let mut session = self.unhurried_session().await?;
        session.send_chunks(statement, CHUNK, sender).await
    }

    /// A connection on which statements may take as long as they need; it is not given back.
    async fn unhurried_session(&self) -> Result<Session, Fault> {
        let mut session = self.session().await?;
        session.keep_from_pool();
        session.command("set session max_statement_time = 0").await?;
        Ok(session)
    }

    /// Runs the statements of one migration step by step, outside any transaction.
    pub(crate) async fn change_schema(&self, statements: &[&str]) -> Result<(), Fault> {
        self.inside(async {
            let mut session = self.unhurried_session().await?;
            for statement in statements {
                session.change_schema(statement).await?;
            }
            Ok(())
        })
        .await
    }

    /// Waits; a timer that any executor can poll.
    pub(crate) async fn sleep(&self, time: Duration) {
        self.inside(async { tokio::time::sleep(time).await }).await;
    }

    pub(crate) async fn close(self) {
        // A stream nobody takes from would hold its connection for ever.
        let patience = crate::TRANSACTION_LIMIT;
        let closed = self.inside(async { timeout(patience, self.pool.close()).await }).await;
        if closed.is_err() {
            tracing::warn!("the database was closed while a long read was running");
        }
    }

    async fn session(&self) -> Result<Session, Fault> {
        Session::take(&self.pool, self.runtime.clone()).await
    }

    fn inside<F: Future>(&self, future: F) -> Inside<F> {
        Inside::new(self.runtime.clone(), future)
    }
}

/// Longer with each attempt and by chance, so that those who met do not meet again.
fn back_off(attempt: u32) -> Duration {
    let most = 4_u64 << attempt.min(7);
    Duration::from_millis(1 + chance() % most)
}

/// A number nobody can foresee; not for secrets.
pub(crate) fn chance() -> u64 {
    RandomState::new().build_hasher().finish()
}
