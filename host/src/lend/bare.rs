//! A database alone as a host: for the first steps of the start, and for tests of host code.

use std::sync::Arc;

use axum::body::Body;
use cockpit_database::{Database, Transactions};
use plugin_api::db::{Dialect, Effect, Rendered, Rows};
use plugin_api::host::{Host, HostFuture, RowStream, TxId};
use plugin_api::{Fault, FaultKind};

/// A host that lends the database, the clock and randomness, and refuses everything else.
pub fn bare(database: Database) -> Arc<dyn Host> {
    Arc::new(Bare(Transactions::new(database)))
}

struct Bare(Transactions);

impl Host for Bare {
    fn dialect(&self) -> Dialect {
        self.0.database().dialect()
    }

    fn now(&self) -> i64 {
        super::now()
    }

    fn random(&self, out: &mut [u8]) {
        super::random(out);
    }

    fn query(&self, tx: TxId, statement: Rendered) -> HostFuture<Rows> {
        self.0.query(tx, statement)
    }

    fn execute(&self, tx: TxId, statement: Rendered) -> HostFuture<u64> {
        self.0.execute(tx, statement)
    }

    fn batch(
        &self,
        tx: TxId,
        statements: Vec<Rendered>,
        effects: Vec<Effect>,
    ) -> HostFuture<Vec<u64>> {
        if !effects.is_empty() {
            return Box::pin(async { Err(refused("effects")) });
        }
        self.0.batch(tx, statements)
    }

    fn begin(&self) -> HostFuture<TxId> {
        self.0.begin()
    }

    fn commit(&self, tx: TxId) -> HostFuture<()> {
        self.0.commit(tx)
    }

    fn rollback(&self, tx: TxId) {
        self.0.rollback(tx);
    }

    fn stream(&self, statement: Rendered) -> RowStream {
        self.0.stream(statement)
    }

    fn call(&self, _: TxId, name: &str, _: Vec<u8>, _: Body) -> HostFuture<(Vec<u8>, Body)> {
        let fault = refused(name);
        Box::pin(async move { Err(fault) })
    }
}

fn refused(what: &str) -> Fault {
    Fault::new(FaultKind::Refused, "a bare host lends only its database").about(what)
}
