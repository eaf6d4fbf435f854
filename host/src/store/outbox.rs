//! Events and their deliveries: `host_outbox`, `host_outbox_delivery`.
//!
//! Unscoped: events go to plugins, not to people.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Emit, Statement, Value};
use serde::Deserialize;

use super::jobs::marks;

/// An event nobody was told of yet.
#[derive(Debug, Deserialize)]
pub(crate) struct NewEvent {
    pub(crate) event_id: String,
    pub(crate) name: String,
}

/// An event on its way to one subscriber.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) event_id: String,
    pub(crate) subscriber: String,
    pub(crate) attempts: i64,
    /// When it is due; also proves, as a version does, that nobody else took it.
    pub(crate) next_at: i64,
    pub(crate) name: String,
    pub(crate) source: String,
    pub(crate) payload: String,
    pub(crate) emitted_at: i64,
}

pub(crate) fn insert(plugin: &str, emit: &Emit, id: &str, now: i64) -> Statement {
    Statement::new(
        "insert into host_outbox (event_id, name, source, payload, state, emitted_at) \
         values (?, ?, ?, ?, 'new', ?)",
    )
    .bind(id)
    .bind(emit.name.as_str())
    .bind(plugin)
    .bind(emit.payload.to_string())
    .bind(now)
}

/// Events to be fanned out, oldest first.
pub(crate) async fn new_events(db: &Db, limit: usize) -> Result<Vec<NewEvent>, Fault> {
    let select = format!(
        "select event_id, name from host_outbox where state = 'new' order by emitted_at limit {limit}"
    );
    db.all(Statement::new(select)).await
}

/// A delivery for each subscriber; an event without any is done at once.
pub(crate) fn fan_out<'a>(
    event_id: &str,
    subscribers: impl Iterator<Item = &'a str>,
    now: i64,
) -> Batch {
    let mut subscribers = subscribers.peekable();
    let (state, delivered_at) =
        if subscribers.peek().is_none() { ("delivered", Some(now)) } else { ("fanned", None) };
    let taken = Statement::new(
        "update host_outbox set state = ?, delivered_at = ? where event_id = ? and state = 'new'",
    )
    .bind(state)
    .bind(delivered_at)
    .bind(event_id)
    .label("event")
    .expect_rows(1);
    subscribers.fold(Batch::new().and(taken), |batch, subscriber| {
        let delivery = Statement::new(
            "insert into host_outbox_delivery \
             (event_id, subscriber, state, attempts, next_at, error) \
             values (?, ?, 'pending', 0, ?, '')",
        );
        batch.and(delivery.bind(event_id).bind(subscriber).bind(now))
    })
}

/// Deliveries to `subscribers` that are due, longest due first.
pub(crate) async fn due(
    db: &Db,
    subscribers: &[&str],
    now: i64,
    limit: usize,
) -> Result<Vec<Delivery>, Fault> {
    if subscribers.is_empty() {
        return Ok(Vec::new());
    }
    let select = format!(
        "select d.event_id, d.subscriber, d.attempts, d.next_at, e.name, e.source, e.payload, \
         e.emitted_at from host_outbox_delivery d join host_outbox e on e.event_id = d.event_id \
         where d.state = 'pending' and d.next_at <= ? and d.subscriber in ({}) \
         order by d.next_at, d.event_id limit {limit}",
        marks(subscribers.len())
    );
    let subscribers = subscribers.iter().map(|id| Value::from(*id));
    db.all(Statement::new(select).bind(now).bind_all(subscribers)).await
}

/// Takes a delivery until `until` unless somebody else was faster: changes one row or none.
pub(crate) fn claim(delivery: &Delivery, until: i64) -> Statement {
    let taken = Statement::new(
        "update host_outbox_delivery set next_at = ?, attempts = attempts + 1 \
         where event_id = ? and subscriber = ? and state = 'pending' and next_at = ?",
    );
    of(taken.bind(until), delivery)
}

/// The subscriber took it.
pub(crate) fn delivered(delivery: &Delivery, now: i64) -> Batch {
    let done = Statement::new(
        "update host_outbox_delivery set state = 'done', ended_at = ?, error = '' \
         where event_id = ? and subscriber = ? and state = 'pending' and next_at = ?",
    );
    Batch::new().and(of(done.bind(now), delivery)).and(settle(&delivery.event_id, now))
}

/// The subscriber did not take it: again at `next_at`, or never.
pub(crate) fn failed(delivery: &Delivery, error: &str, next_at: Option<i64>, now: i64) -> Batch {
    let error: String = error.chars().take(500).collect();
    let failed = Statement::new(
        "update host_outbox_delivery set state = ?, next_at = ?, ended_at = ?, error = ? \
         where event_id = ? and subscriber = ? and state = 'pending' and next_at = ?",
    )
    .bind(if next_at.is_some() { "pending" } else { "dead" })
    .bind(next_at.unwrap_or_default())
    .bind(next_at.is_none().then_some(now))
    .bind(error);
    Batch::new().and(of(failed, delivery)).and(settle(&delivery.event_id, now))
}

/// How many deliveries were given up.
pub(crate) async fn given_up(db: &Db) -> Result<i64, Fault> {
    let select = "select count(*) from host_outbox_delivery where state = 'dead'";
    db.scalar(Statement::new(select)).await
}

/// Forgets events that everybody took before `before`, some thousands at a time.
pub(crate) async fn purge(db: &Db, before: i64) -> Result<u64, Fault> {
    // The inner table lets MariaDB read, with a limit, the table it deletes from.
    const OLD: &str = "(select event_id from (select event_id from host_outbox \
                       where state = 'delivered' and delivered_at < ? \
                       order by delivered_at, event_id limit 5000) as old)";
    let deliveries = format!("delete from host_outbox_delivery where event_id in {OLD}");
    let events = format!("delete from host_outbox where event_id in {OLD}");
    let batch = Batch::new()
        .and(Statement::new(deliveries).bind(before))
        .and(Statement::new(events).bind(before));
    Ok(db.batch(batch).await?.last().copied().unwrap_or_default())
}

/// Once no subscriber is left to tell, the event itself is done.
fn settle(event_id: &str, now: i64) -> Statement {
    Statement::new(
        "update host_outbox set delivered_at = ?, state = case when exists (select 1 from \
         host_outbox_delivery d where d.event_id = host_outbox.event_id and d.state = 'dead') \
         then 'dead' else 'delivered' end \
         where event_id = ? and state = 'fanned' and not exists (select 1 from \
         host_outbox_delivery d where d.event_id = host_outbox.event_id and d.state = 'pending')",
    )
    .bind(now)
    .bind(event_id)
}

fn of(statement: Statement, delivery: &Delivery) -> Statement {
    statement
        .bind(delivery.event_id.as_str())
        .bind(delivery.subscriber.as_str())
        .bind(delivery.next_at)
}
