//! Events: written with what they tell of, delivered to every subscriber at least once.
//!
//! Who subscribes is known from the manifests of the plugins enabled when an event is fanned out,
//! moments after its commit; a plugin that is enabled later does not hear it. Each subscriber is
//! retried by itself, in no promised order.

mod dispatch;
#[cfg(test)]
mod tests;

use plugin_api::Fault;
use plugin_api::db::{Db, Emit, Statement};

use crate::store;

pub(crate) use dispatch::run;

/// The statement that writes an event of `plugin`. Ring the bell of the dispatcher after its commit.
pub fn emit_statement(plugin: &str, emit: &Emit, id: &str, now: i64) -> Statement {
    store::outbox::insert(plugin, emit, id, now)
}

/// How many deliveries were given up; they are kept.
pub async fn given_up(db: &Db) -> Result<i64, Fault> {
    store::outbox::given_up(db).await
}
