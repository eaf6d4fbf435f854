//! Fans events out to those who subscribed, and delivers them.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::lent::Event;
use plugin_api::manifest::Manifest;
use plugin_api::{Actor, Caller, Fault, FaultKind, Permissions, Scope};
use tokio::time::timeout;

use crate::store::outbox::{self as store, Delivery, NewEvent};
use crate::work::{Bench, Source, Stop, Wake, backoff, insist, pool, take};

/// How many deliveries go on side by side.
const WIDTH: usize = 8;
/// How many events are fanned out at a time.
const FAN_OUT: usize = 100;
/// How long a subscriber may take.
const PATIENCE: Duration = Duration::from_secs(50);
/// How long a delivery is ours, milliseconds; longer than a subscriber may take.
const LEASE: i64 = 60_000;
/// How often a delivery is tried; with the waits between, most of a day.
const ATTEMPTS: i64 = 30;

/// Delivers events until stopped.
pub(crate) async fn run(bench: Bench, bell: Wake, stop: Stop) {
    pool(Arc::new(Dispatcher { bench }), WIDTH, bell, stop).await;
}

pub(super) struct Dispatcher {
    pub(super) bench: Bench,
}

impl Source for Dispatcher {
    type Item = Delivery;

    async fn claim(&self, room: usize) -> Result<Vec<Delivery>, Fault> {
        let (cx, db) = (&self.bench.cx, self.bench.cx.db());
        let manifests = self.bench.carrier.manifests();
        for event in store::new_events(&db, FAN_OUT).await? {
            self.fan_out(&event, &manifests).await?;
        }
        let subscribers: Vec<&str> = manifests
            .iter()
            .filter(|manifest| !manifest.subscriptions.is_empty())
            .map(|manifest| manifest.id.as_str())
            .collect();
        let due = store::due(&db, &subscribers, cx.now(), room).await?;
        let claim = |delivery: &mut Delivery| {
            let until = cx.now() + LEASE;
            let statement = store::claim(delivery, until);
            (delivery.next_at, delivery.attempts) = (until, delivery.attempts + 1);
            statement
        };
        Ok(take(&db, due, claim).await)
    }

    async fn run(&self, delivery: Delivery) {
        let outcome = match timeout(PATIENCE, self.deliver(&delivery)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Fault::new(FaultKind::Timeout, "the subscriber took too long")),
        };
        let (cx, now) = (&self.bench.cx, self.bench.cx.now());
        let batch = match outcome {
            Ok(()) => store::delivered(&delivery, now),
            Err(fault) => {
                let last = delivery.attempts >= ATTEMPTS;
                let (event, subscriber) = (&delivery.name, &delivery.subscriber);
                if last {
                    tracing::error!(%fault, event, subscriber, "The delivery of an event was given up.");
                } else {
                    tracing::warn!(%fault, event, subscriber, "An event was not taken.");
                }
                let next_at = (!last).then(|| now + backoff(cx, delivery.attempts));
                store::failed(&delivery, &fault.to_string(), next_at, now)
            }
        };
        // If this fails the event is delivered once more when the lease ends.
        if let Err(fault) = insist(&cx.db(), batch).await {
            tracing::warn!(%fault, event = delivery.name, "A delivery could not be noted.");
        }
    }

    /// Deliveries that were cut off come again when their lease ends.
    async fn hand_back(&self) {}
}

impl Dispatcher {
    async fn fan_out(&self, event: &NewEvent, manifests: &[Arc<Manifest>]) -> Result<(), Fault> {
        let subscribers = manifests
            .iter()
            .filter(|manifest| manifest.subscriptions.contains(&event.name))
            .map(|manifest| manifest.id.as_str());
        let now = self.bench.cx.now();
        match self.bench.cx.db().batch(store::fan_out(&event.event_id, subscribers, now)).await {
            // Another host was faster.
            Err(fault) if fault.is_mismatch("event") => Ok(()),
            other => other.map(drop),
        }
    }

    async fn deliver(&self, delivery: &Delivery) -> Result<(), Fault> {
        let event = Event {
            event_id: delivery.event_id.clone(),
            name: delivery.name.clone(),
            source: delivery.source.clone(),
            at: delivery.emitted_at,
            payload: serde_json::from_str(&delivery.payload)?,
        };
        let name = format!("event:{}", event.name);
        let caller = Caller {
            request_id: event.event_id.clone(),
            actor: Actor::Job { name: name.clone() },
            permissions: Permissions::Everything,
            scope: Scope::everything(),
            ..Caller::default()
        };
        let payload = serde_json::to_vec(&event)?;
        self.bench.carrier.carry(&delivery.subscriber, caller, name, payload).await.map(drop)
    }
}
