//! Live topics: tells open pages that something changed.
//!
//! A message is a hint, never the thing itself: whoever may listen to a topic hears every message on
//! it, whatever his branch, and then asks for the page anew, where his scope holds. Messages live in
//! this process only.

mod routes;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plugin_api::manifest::Manifest;
use serde_json::Value as Json;
use tokio::sync::{broadcast, watch};

pub use routes::routes;

/// How many messages a topic remembers, for those who come back.
const RING: usize = 32;
/// How many messages a slow listener may be behind before he only hears that he missed some.
const BEHIND: usize = 64;
/// Longest message in bytes of JSON; of a longer one only the hint itself is left.
const LONGEST: usize = 4096;
/// How many streams one person may have open.
const STREAMS: usize = 12;

/// The topics of this process; clones share them.
#[derive(Clone)]
pub struct Live {
    topics: Arc<Mutex<Topics>>,
    streams: Arc<Mutex<HashMap<String, usize>>>,
    closed: Arc<watch::Sender<bool>>,
}

struct Topics {
    next: u64,
    by_name: HashMap<String, Topic>,
}

struct Topic {
    ring: VecDeque<Message>,
    sender: broadcast::Sender<Message>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// Grows over all topics, also from one start of the host to the next.
    pub id: u64,
    /// What was said.
    pub data: Json,
}

/// What a listener gets: what he missed, then what comes.
pub(crate) struct Subscription {
    pub(crate) missed: Vec<Message>,
    pub(crate) coming: broadcast::Receiver<Message>,
    pub(crate) closed: watch::Receiver<bool>,
    _place: Place,
}

/// One of the streams a person has open, until dropped.
struct Place {
    live: Live,
    person: String,
}

impl Default for Live {
    fn default() -> Self {
        // Milliseconds times a thousand: ids go on growing after a restart, and stay exact in
        // JavaScript.
        Self::counting_from(u64::try_from(crate::lend::now()).unwrap_or_default() * 1000)
    }
}

impl Live {
    fn counting_from(next: u64) -> Self {
        let topics = Topics { next, by_name: HashMap::new() };
        Self {
            topics: Arc::new(Mutex::new(topics)),
            streams: Arc::default(),
            closed: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Tells everybody who listens to `topic`.
    pub fn publish(&self, topic: &str, message: Json) {
        let short = message.to_string().len() <= LONGEST;
        let data = if short { message } else { Json::Null };
        let mut topics = locked(&self.topics);
        topics.next += 1;
        let message = Message { id: topics.next, data };
        let topic = topics.topic(topic);
        if topic.ring.len() == RING {
            topic.ring.pop_front();
        }
        topic.ring.push_back(message.clone());
        // An error means that nobody listens.
        let _ = topic.sender.send(message);
    }

    /// The messages on `topic` after `after` that are remembered, and the newest id of all; none
    /// without `after`, which asks where to begin.
    pub(crate) fn after(&self, topic: &str, after: Option<u64>) -> (Vec<Message>, u64) {
        let mut topics = locked(&self.topics);
        (topics.topic(topic).after(after), topics.next)
    }

    /// Listens for `person`; nothing when he has too many streams open.
    pub(crate) fn subscribe(
        &self,
        topic: &str,
        person: &str,
        after: Option<u64>,
    ) -> Option<Subscription> {
        let place = self.enter(person)?;
        let mut topics = locked(&self.topics);
        let topic = topics.topic(topic);
        Some(Subscription {
            missed: topic.after(after),
            coming: topic.sender.subscribe(),
            closed: self.closed.subscribe(),
            _place: place,
        })
    }

    fn enter(&self, person: &str) -> Option<Place> {
        let mut streams = locked(&self.streams);
        let open = streams.entry(person.to_owned()).or_default();
        if *open >= STREAMS {
            return None;
        }
        *open += 1;
        Some(Place { live: self.clone(), person: person.to_owned() })
    }

    /// Ends every stream: the host stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }
}

impl Topics {
    fn topic(&mut self, name: &str) -> &mut Topic {
        self.by_name.entry(name.to_owned()).or_insert_with(|| Topic {
            ring: VecDeque::with_capacity(RING),
            sender: broadcast::Sender::new(BEHIND),
        })
    }
}

impl Topic {
    fn after(&self, after: Option<u64>) -> Vec<Message> {
        let Some(after) = after else { return Vec::new() };
        self.ring.iter().filter(|message| message.id > after).cloned().collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut streams = locked(&self.live.streams);
        if let Some(open) = streams.get_mut(&self.person) {
            *open -= 1;
            if *open == 0 {
                streams.remove(&self.person);
            }
        }
    }
}

/// The permission that listening to `topic` takes, if an enabled plugin described it.
fn permission<'a>(manifests: &'a [Arc<Manifest>], topic: &str) -> Option<&'a str> {
    let mut topics = manifests.iter().flat_map(|manifest| &manifest.topics);
    topics.find(|known| known.name == topic).map(|known| known.permission.as_str())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
