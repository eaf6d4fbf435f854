//! Requests that carried an `Idempotency-Key`: `host_idempotency`.
//!
//! Unscoped: a key belongs to its caller and plugin.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use plugin_api::lent::StoredAnswer;
use serde::Deserialize;

/// A key as one caller of one plugin used it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key<'a> {
    pub(crate) plugin: &'a str,
    pub(crate) caller: &'a str,
    pub(crate) name: &'a str,
}

/// What is stored of a key.
#[derive(Debug, Deserialize)]
pub(crate) struct Stored {
    pub(crate) request_hash: String,
    pub(crate) status: Option<u16>,
    pub(crate) body: Option<String>,
    pub(crate) created_at: i64,
}

const WHERE: &str = "where plugin = ? and caller = ? and idem_key = ?";

/// Claims a key; a `Unique` fault when it is known already.
pub(crate) fn claim(key: Key<'_>, request_hash: &str, now: i64) -> Statement {
    let insert = Statement::new(
        "insert into host_idempotency (plugin, caller, idem_key, request_hash, created_at) \
         values (?, ?, ?, ?, ?)",
    );
    of(insert, key).bind(request_hash).bind(now)
}

/// Claims a key anew whose time was over; changes no row when somebody else was faster.
pub(crate) fn claim_again(
    key: Key<'_>,
    was_created_at: i64,
    request_hash: &str,
    now: i64,
) -> Statement {
    let update = Statement::new(format!(
        "update host_idempotency set request_hash = ?, status = null, body = null, created_at = ? \
         {WHERE} and created_at = ?"
    ));
    of(update.bind(request_hash).bind(now), key).bind(was_created_at)
}

pub(crate) async fn find(db: &Db, key: Key<'_>) -> Result<Option<Stored>, Fault> {
    let select =
        format!("select request_hash, status, body, created_at from host_idempotency {WHERE}");
    db.first(of(Statement::new(select), key)).await
}

/// Keeps the answer of a claimed key.
pub(crate) fn answer(key: Key<'_>, request_hash: &str, answer: &StoredAnswer) -> Statement {
    let update = Statement::new(format!(
        "update host_idempotency set status = ?, body = ? {WHERE} and request_hash = ?"
    ));
    of(update.bind(answer.status).bind(answer.body.as_str()), key).bind(request_hash)
}

/// Forgets keys used before `before`.
pub(crate) fn purge(before: i64) -> Statement {
    Statement::new("delete from host_idempotency where created_at < ?").bind(before)
}

fn of(statement: Statement, key: Key<'_>) -> Statement {
    statement.bind(key.plugin).bind(key.caller).bind(key.name)
}
