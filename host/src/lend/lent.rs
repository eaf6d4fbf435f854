//! The host as one caller of one plugin sees it.

use std::sync::Arc;

use axum::body::Body;
use plugin_api::Caller;
use plugin_api::db::{Dialect, Effect, Rendered, Rows};
use plugin_api::host::{Host, HostFuture, RowStream, TxId};

use super::{call, effects};
use crate::state::State;

/// Everything lent, on behalf of one request, job or service call of one plugin.
#[derive(Clone)]
pub(crate) struct Lent {
    pub(crate) state: Arc<State>,
    pub(crate) plugin: Arc<str>,
    pub(crate) caller: Arc<Caller>,
}

impl Lent {
    pub(crate) fn new(state: &Arc<State>, plugin: &Arc<str>, caller: &Arc<Caller>) -> Self {
        Self { state: Arc::clone(state), plugin: Arc::clone(plugin), caller: Arc::clone(caller) }
    }
}

impl Host for Lent {
    fn dialect(&self) -> Dialect {
        self.state.database.dialect()
    }

    fn now(&self) -> i64 {
        self.state.now()
    }

    fn random(&self, out: &mut [u8]) {
        super::random(out);
    }

    fn query(&self, tx: TxId, statement: Rendered) -> HostFuture<Rows> {
        self.state.transactions.query(tx, statement)
    }

    fn execute(&self, tx: TxId, statement: Rendered) -> HostFuture<u64> {
        self.state.transactions.execute(tx, statement)
    }

    fn batch(
        &self,
        tx: TxId,
        mut statements: Vec<Rendered>,
        effects: Vec<Effect>,
    ) -> HostFuture<Vec<u64>> {
        let lent = self.clone();
        Box::pin(async move {
            let own = statements.len();
            let wakes = effects::append(&lent, &mut statements, effects)?;
            let mut counts = lent.state.transactions.batch(tx, statements).await?;
            counts.truncate(own);
            if tx == 0 {
                wakes.wake(&lent.state);
            }
            Ok(counts)
        })
    }

    fn begin(&self) -> HostFuture<TxId> {
        self.state.transactions.begin()
    }

    fn commit(&self, tx: TxId) -> HostFuture<()> {
        let state = Arc::clone(&self.state);
        Box::pin(async move {
            state.transactions.commit(tx).await?;
            // What the transaction queued is not known here; a bell for nothing costs one look.
            state.work.jobs.wake();
            state.work.outbox.wake();
            state.work.mail.wake();
            Ok(())
        })
    }

    fn rollback(&self, tx: TxId) {
        self.state.transactions.rollback(tx);
    }

    fn stream(&self, statement: Rendered) -> RowStream {
        self.state.transactions.stream(statement)
    }

    fn call(
        &self,
        tx: TxId,
        name: &str,
        payload: Vec<u8>,
        body: Body,
    ) -> HostFuture<(Vec<u8>, Body)> {
        let (lent, name) = (self.clone(), name.to_owned());
        Box::pin(async move { call::call(&lent, tx, &name, payload, body).await })
    }
}
