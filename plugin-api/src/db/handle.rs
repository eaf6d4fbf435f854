//! The handle store functions take: outside a transaction or inside one, they do not care.

use std::sync::Arc;

use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;

use super::{Batch, Dialect, Rows, Statement};
use crate::Fault;
use crate::host::{Host, RowStream, TxId};

/// The lent database.
#[derive(Clone)]
pub struct Db {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) tx: TxId,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").field("tx", &self.tx).finish_non_exhaustive()
    }
}

impl Db {
    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        self.host.dialect()
    }

    /// The rows of a `select`.
    pub async fn rows(&self, statement: Statement) -> Result<Rows, Fault> {
        self.host.query(self.tx, statement.render(self.host.dialect())).await
    }

    /// Every row as a `T`.
    pub async fn all<T: DeserializeOwned>(&self, statement: Statement) -> Result<Vec<T>, Fault> {
        self.rows(statement).await?.into_all()
    }

    /// The first row as a `T`.
    pub async fn first<T: DeserializeOwned>(
        &self,
        statement: Statement,
    ) -> Result<Option<T>, Fault> {
        self.rows(statement).await?.into_first()
    }

    /// The first cell of the first row: a `count(*)` or a sum.
    pub async fn scalar(&self, statement: Statement) -> Result<i64, Fault> {
        Ok(self.rows(statement).await?.scalar())
    }

    /// Runs one statement that writes; answers how many rows it changed.
    pub async fn execute(&self, statement: Statement) -> Result<u64, Fault> {
        self.host.execute(self.tx, statement.render(self.host.dialect())).await
    }

    /// Runs a batch, all or nothing; answers the changed rows of each statement.
    pub async fn batch(&self, batch: Batch) -> Result<Vec<u64>, Fault> {
        let dialect = self.host.dialect();
        let statements = batch.statements.into_iter().map(|s| s.render(dialect)).collect();
        self.host.batch(self.tx, statements, batch.effects).await
    }

    /// A `select` whose rows come in chunks of some hundreds: for exports of any length.
    pub fn stream(&self, statement: Statement) -> RowStream {
        self.host.stream(statement.render(self.host.dialect()))
    }

    /// Calls `each` for every row of a streamed `select`.
    pub async fn for_each<T: DeserializeOwned>(
        &self,
        statement: Statement,
        mut each: impl FnMut(T) -> Result<(), Fault> + Send,
    ) -> Result<(), Fault> {
        let mut chunks = self.stream(statement);
        while let Some(rows) = chunks.next().await {
            rows?.into_all()?.into_iter().try_for_each(&mut each)?;
        }
        Ok(())
    }
}
