//! Idempotency keys, claimed by inserting a row as the real host does.

use plugin_api::db::{Rendered, Statement};
use plugin_api::host::TxId;
use plugin_api::lent::{OnceRequest, OnceState, StoredAnswer};
use plugin_api::{Actor, Fault, FaultKind};
use serde::Deserialize;

use crate::keys;
use crate::lent::Lent;

/// How long an answer is replayed, milliseconds.
const KEPT: i64 = 86_400_000;

#[derive(Deserialize)]
struct Stored {
    request_hash: String,
    status: Option<u16>,
    body: Option<String>,
}

/// Claims a key, or keeps the answer it got.
pub(crate) async fn handle(lent: &Lent, tx: TxId, asked: OnceRequest) -> Result<OnceState, Fault> {
    let key = Key { plugin: &lent.plugin, caller: caller(&lent.caller.actor), name: &asked.key };
    let transactions = &lent.world.transactions;
    let render = |statement: Statement| -> Rendered { statement.render(lent.world.dialect()) };
    if let Some(answer) = asked.answer {
        let keeping = key.bound(
            Statement::new(
                "update host_idempotency set status = ?, body = ? \
                 where plugin = ? and caller = ? and idem_key = ?",
            )
            .bind(answer.status)
            .bind(answer.body),
        );
        transactions.execute(tx, render(keeping)).await?;
        return Ok(OnceState::Fresh);
    }
    let now = lent.world.clock.now();
    let expired = key
        .bound(Statement::new(
            "delete from host_idempotency where plugin = ? and caller = ? and idem_key = ? \
             and created_at < ?",
        ))
        .bind(now - KEPT);
    transactions.execute(tx, render(expired)).await?;
    let hash = keys::sha256(asked.request.as_bytes());
    let claim = key
        .bound(Statement::new(
            "insert into host_idempotency (plugin, caller, idem_key, request_hash, created_at) \
             values (?, ?, ?, ?, ?)",
        ))
        .bind(&hash)
        .bind(now);
    match transactions.execute(tx, render(claim)).await {
        Ok(_) => return Ok(OnceState::Fresh),
        Err(fault) if fault.kind == FaultKind::Unique => {}
        Err(fault) => return Err(fault),
    }
    let looking = key.bound(Statement::new(
        "select request_hash, status, body from host_idempotency \
         where plugin = ? and caller = ? and idem_key = ?",
    ));
    let stored = transactions.query(tx, render(looking)).await?.into_first::<Stored>()?;
    Ok(match stored {
        Some(stored) if stored.request_hash != hash => OnceState::Different,
        Some(Stored { status: Some(status), body, .. }) => {
            OnceState::Answered(StoredAnswer { status, body: body.unwrap_or_default() })
        }
        _ => OnceState::InFlight,
    })
}

struct Key<'a> {
    plugin: &'a str,
    caller: &'a str,
    name: &'a str,
}

impl Key<'_> {
    fn bound(&self, statement: Statement) -> Statement {
        statement.bind(self.plugin).bind(self.caller).bind(self.name)
    }
}

fn caller(actor: &Actor) -> &str {
    match actor {
        Actor::Anonymous => "",
        Actor::User { id, .. } | Actor::Token { id, .. } => id,
        Actor::Job { name } => name,
    }
}
