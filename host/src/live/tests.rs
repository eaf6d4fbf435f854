//! Live topics without a browser.

use std::pin::pin;
use std::sync::Arc;

use futures_util::StreamExt as _;
use plugin_api::manifest::{Manifest, Topic as Described};
use serde_json::json;

use super::*;

fn live() -> Live {
    Live::counting_from(100)
}

#[test]
fn who_polls_gets_what_came_after_what_he_saw() {
    let live = live();
    assert_eq!(live.after("p.things", None), (vec![], 100));
    live.publish("p.things", json!(1));
    live.publish("p.others", json!(2));
    live.publish("p.things", json!(3));
    let message = |id, data| Message { id, data };
    let both = vec![message(101, json!(1)), message(103, json!(3))];
    assert_eq!(live.after("p.things", Some(100)), (both, 103));
    assert_eq!(live.after("p.things", Some(101)).0, vec![message(103, json!(3))]);
    assert_eq!(live.after("p.things", Some(103)).0, vec![]);
}

#[test]
fn the_ring_keeps_the_newest_and_long_messages_become_hints() {
    let live = live();
    for n in 0..RING + 5 {
        live.publish("p.things", json!(n));
    }
    let (messages, last) = live.after("p.things", Some(0));
    assert_eq!((messages.len(), messages.last().map(|m| m.id)), (RING, Some(last)));
    live.publish("p.things", json!("x".repeat(LONGEST)));
    assert_eq!(live.after("p.things", Some(last)).0[0].data, Json::Null);
}

#[tokio::test]
async fn a_stream_tells_what_was_missed_then_what_comes_and_ends_with_the_host() {
    let live = live();
    live.publish("p.things", json!("missed"));
    let subscription = live.subscribe("p.things", "alice", Some(100)).unwrap();
    live.publish("p.things", json!("came"));
    live.publish("p.others", json!("of another topic"));
    live.close();
    let told: Vec<String> =
        pin!(routes::events(subscription)).map(|event| format!("{event:?}")).collect().await;
    // Closing and a message that waits race; what was missed is always told.
    assert!(told[0].contains("open") && told[1].contains("missed"), "{told:?}");
    assert!(told[2..].iter().all(|event| event.contains("came")), "{told:?}");
}

#[tokio::test]
async fn a_slow_listener_hears_that_he_missed_something() {
    let live = live();
    let subscription = live.subscribe("p.things", "alice", None).unwrap();
    for n in 0..BEHIND * 2 {
        live.publish("p.things", json!(n));
    }
    let mut events = pin!(routes::events(subscription));
    events.next().await;
    let hint = format!("{:?}", events.next().await);
    assert!(hint.contains("null"), "{hint}");
}

#[test]
fn a_person_has_so_many_streams_and_no_more() {
    let live = live();
    let mut open: Vec<_> =
        (0..STREAMS).map(|_| live.subscribe("p.things", "alice", None).unwrap()).collect();
    assert!(live.subscribe("p.things", "alice", None).is_none());
    assert!(live.subscribe("p.things", "bob", None).is_some());
    open.pop();
    assert!(live.subscribe("p.things", "alice", None).is_some());
    drop(open);
    assert!(locked(&live.streams).is_empty());
}

#[test]
fn only_described_topics_have_a_permission() {
    let topic = Described { name: "p.things".to_owned(), permission: "p:view".to_owned() };
    let manifests = [Arc::new(Manifest { topics: vec![topic], ..Manifest::default() })];
    assert_eq!(permission(&manifests, "p.things"), Some("p:view"));
    assert_eq!(permission(&manifests, "p.thing"), None);
}
