//! The host as one caller of one plugin under test sees it.

use std::sync::Arc;

use axum::body::Body;
use plugin_api::db::{Dialect, Effect, Rendered, Rows};
use plugin_api::host::{Host, HostFuture, RowStream, TxId};
use plugin_api::{Caller, Fault, FaultKind};

use crate::world::{Said, World};
use crate::{call, tables};

/// Everything lent, on behalf of one request, job or service call.
#[derive(Clone)]
pub(crate) struct Lent {
    pub(crate) world: Arc<World>,
    pub(crate) plugin: Arc<str>,
    pub(crate) caller: Arc<Caller>,
}

impl Lent {
    /// Ends the test when the plugin reaches for tables that are not its own.
    pub(crate) fn guard(&self, statement: &Rendered) {
        if let Some(table) = tables::foreign(&self.plugin, &statement.sql) {
            panic!("{} touches the foreign table {table}: {}", self.plugin, statement.sql);
        }
    }

    async fn write(
        self,
        tx: TxId,
        mut statements: Vec<Rendered>,
        effects: Vec<Effect>,
    ) -> Result<Vec<u64>, Fault> {
        for statement in &statements {
            self.guard(statement);
        }
        let own = statements.len();
        let dialect = self.world.dialect();
        for effect in &effects {
            match effect {
                Effect::Enqueue(job) => self.check_job(&job.job)?,
                Effect::Organisation(node) => {
                    let (scope, now) = (&self.caller.scope, self.world.clock.now());
                    statements.push(node.statement(scope, now).render(dialect));
                }
                Effect::RenameOrganisation(node) => {
                    statements.push(node.statement(&self.caller.scope).render(dialect));
                }
                Effect::MoveOrganisation(node) => {
                    let moves = node.statements(&self.caller.scope);
                    statements.extend(moves.map(|statement| statement.render(dialect)));
                }
                Effect::Audit(_) | Effect::Emit(_) | Effect::Mail(_) => {}
            }
        }
        let mut counts = self.world.transactions.batch(tx, statements).await?;
        counts.truncate(own);
        let effects = effects.into_iter().map(|effect| (Arc::clone(&self.plugin), effect));
        if tx == 0 {
            self.record(effects);
        } else {
            self.world.said().entry(tx).or_default().extend(effects);
        }
        Ok(counts)
    }

    fn record(&self, effects: impl IntoIterator<Item = Said>) {
        for (plugin, effect) in effects {
            let id = self.world.fresh_id();
            self.world.effects().record(&plugin, effect, id);
        }
    }

    fn check_job(&self, job: &str) -> Result<(), Fault> {
        let plugin = self.world.plugin(&self.plugin);
        if plugin.is_some_and(|plugin| plugin.manifest().jobs.iter().any(|j| j.name == job)) {
            return Ok(());
        }
        Err(Fault::new(FaultKind::Refused, "the plugin described no such job").about(job))
    }
}

impl Host for Lent {
    fn dialect(&self) -> Dialect {
        self.world.dialect()
    }

    fn now(&self) -> i64 {
        self.world.clock.now()
    }

    fn random(&self, out: &mut [u8]) {
        self.world.random(out);
    }

    fn query(&self, tx: TxId, statement: Rendered) -> HostFuture<Rows> {
        self.guard(&statement);
        self.world.transactions.query(tx, statement)
    }

    fn execute(&self, tx: TxId, statement: Rendered) -> HostFuture<u64> {
        let counts = self.clone().write(tx, vec![statement], Vec::new());
        Box::pin(async move { Ok(counts.await?.into_iter().sum()) })
    }

    fn batch(
        &self,
        tx: TxId,
        statements: Vec<Rendered>,
        effects: Vec<Effect>,
    ) -> HostFuture<Vec<u64>> {
        Box::pin(self.clone().write(tx, statements, effects))
    }

    fn begin(&self) -> HostFuture<TxId> {
        self.world.transactions.begin()
    }

    fn commit(&self, tx: TxId) -> HostFuture<()> {
        let lent = self.clone();
        Box::pin(async move {
            let effects = lent.world.said().remove(&tx).unwrap_or_default();
            lent.world.transactions.commit(tx).await?;
            lent.record(effects);
            Ok(())
        })
    }

    fn rollback(&self, tx: TxId) {
        self.world.said().remove(&tx);
        self.world.transactions.rollback(tx);
    }

    fn stream(&self, statement: Rendered) -> RowStream {
        self.guard(&statement);
        self.world.transactions.stream(statement)
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
