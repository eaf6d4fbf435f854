//! Events from the outbox to their subscribers, on each database.

use std::sync::Arc;

use plugin_api::db::{Emit, Statement};
use plugin_api::lent::Event;
use plugin_api::manifest::Manifest;
use plugin_api::{Actor, Fault};
use serde_json::json;

use super::dispatch::Dispatcher;
use super::*;
use crate::work::Source as _;
use crate::work::testing::{Fake, Scratch, each, ready};

const ID: &str = "0199d7c0-0000-7000-8000-00000000abcd";

fn subscriber(id: &str, event: &str) -> Manifest {
    Manifest { id: id.to_owned(), subscriptions: vec![event.to_owned()], ..Manifest::default() }
}

async fn emit(scratch: &Scratch) {
    let event = Emit { name: "thing.made.v1".into(), payload: json!({ "n": 1 }) };
    scratch.cx.db().execute(emit_statement("source", &event, ID, 7)).await.unwrap();
}

async fn count(scratch: &Scratch, condition: &str) -> i64 {
    let select = format!("select count(*) from host_outbox where {condition}");
    scratch.cx.db().scalar(Statement::new(select)).await.unwrap()
}

async fn dispatch(dispatcher: &Dispatcher) -> usize {
    let claimed = dispatcher.claim(10).await.unwrap();
    let count = claimed.len();
    for item in claimed {
        dispatcher.run(item).await;
    }
    count
}

async fn now_due(scratch: &Scratch) {
    let sql = "update host_outbox_delivery set next_at = 1 where state = 'pending'";
    scratch.cx.db().execute(Statement::new(sql)).await.unwrap();
}

#[tokio::test]
async fn each_subscriber_hears_once_and_is_retried_alone() {
    for scratch in each().await {
        emit(&scratch).await;
        let manifests = vec![
            subscriber("good", "thing.made.v1"),
            subscriber("bad", "thing.made.v1"),
            subscriber("deaf", "other.v1"),
        ];
        let fake = Fake::new(manifests, |plugin, caller, _, payload| {
            let event: Event = serde_json::from_slice(&payload).unwrap();
            assert_eq!((event.event_id.as_str(), event.at), (ID, 7));
            assert_eq!((event.source.as_str(), &event.payload), ("source", &json!({ "n": 1 })));
            assert!(matches!(caller.actor, Actor::Job { .. }));
            ready(if plugin == "bad" { Err(Fault::internal("no")) } else { Ok(()) })
        });
        let dispatcher = Dispatcher { bench: scratch.bench(Arc::clone(&fake)) };
        assert_eq!(dispatch(&dispatcher).await, 2);
        assert_eq!(dispatch(&dispatcher).await, 0, "the failed one has to wait");
        now_due(&scratch).await;
        assert_eq!(dispatch(&dispatcher).await, 1);
        let name = |plugin| format!("{plugin} event:thing.made.v1");
        assert_eq!(fake.calls(), vec![name("bad"), name("bad"), name("good")]);
        assert_eq!(count(&scratch, "state = 'fanned'").await, 1);
    }
}

#[tokio::test]
async fn an_event_everybody_took_is_delivered_and_purged_in_time() {
    for scratch in each().await {
        emit(&scratch).await;
        let fake = Fake::new(vec![subscriber("a", "thing.made.v1")], |_, _, _, _| ready(Ok(())));
        let dispatcher = Dispatcher { bench: scratch.bench(fake) };
        assert_eq!(dispatch(&dispatcher).await, 1);
        assert_eq!(count(&scratch, "state = 'delivered'").await, 1);
        let (db, now) = (scratch.cx.db(), scratch.cx.now());
        assert_eq!(store::outbox::purge(&db, now - 60_000).await.unwrap(), 0);
        assert_eq!(store::outbox::purge(&db, now + 60_000).await.unwrap(), 1);
        let left = Statement::new("select count(*) from host_outbox_delivery");
        assert_eq!(db.scalar(left).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_event_nobody_wants_is_done_at_once() {
    for scratch in each().await {
        emit(&scratch).await;
        let fake = Fake::new(vec![subscriber("deaf", "other.v1")], |_, _, _, _| ready(Ok(())));
        assert_eq!(dispatch(&Dispatcher { bench: scratch.bench(fake) }).await, 0);
        assert_eq!(count(&scratch, "state = 'delivered'").await, 1);
    }
}

#[tokio::test]
async fn two_hosts_deliver_an_event_once() {
    for scratch in each().await {
        emit(&scratch).await;
        let fake = Fake::new(vec![subscriber("a", "thing.made.v1")], |_, _, _, _| ready(Ok(())));
        let one = Dispatcher { bench: scratch.bench(Arc::clone(&fake)) };
        let two = Dispatcher { bench: scratch.bench(Arc::clone(&fake)) };
        let (first, second) = tokio::join!(dispatch(&one), dispatch(&two));
        assert_eq!((first + second, fake.calls().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_delivery_nobody_ever_takes_is_given_up_and_kept() {
    for scratch in each().await {
        emit(&scratch).await;
        let manifests = vec![subscriber("a", "thing.made.v1")];
        let fake = Fake::new(manifests, |_, _, _, _| ready(Err(Fault::internal("no"))));
        let dispatcher = Dispatcher { bench: scratch.bench(fake) };
        let mut tries = 0;
        while dispatch(&dispatcher).await == 1 {
            tries += 1;
            now_due(&scratch).await;
        }
        assert_eq!((tries, given_up(&scratch.cx.db()).await.unwrap()), (30, 1));
        assert_eq!(count(&scratch, "state = 'dead'").await, 1);
        let far = scratch.cx.now() * 2;
        assert_eq!(store::outbox::purge(&scratch.cx.db(), far).await.unwrap(), 0);
    }
}
