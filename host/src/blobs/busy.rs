//! One at a time writes to an upload: who comes next cuts off who is still at it, so that a client whose
//! connection broke need not wait until we notice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedMutexGuard, watch};

/// Uploads that somebody is at, by id.
#[derive(Debug, Clone, Default)]
pub(super) struct Busy(Arc<Mutex<HashMap<String, Turn>>>);

#[derive(Debug, Clone, Default)]
struct Turn {
    lock: Arc<tokio::sync::Mutex<()>>,
    /// How many have come so far.
    come: Arc<watch::Sender<u64>>,
}

/// The right to write, until dropped.
pub(super) struct Held {
    busy: Busy,
    id: String,
    come: watch::Receiver<u64>,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Busy {
    /// Waits for the turn of whoever is at it, who is told to end it.
    pub(super) async fn turn(&self, id: &str) -> Held {
        let (turn, come) = {
            let mut turns = self.turns();
            let turn = turns.entry(id.to_owned()).or_default().clone();
            turn.come.send_modify(|come| *come += 1);
            let come = turn.come.subscribe();
            (turn, come)
        };
        let mut held = Held { busy: self.clone(), id: id.to_owned(), come, guard: None };
        held.guard = Some(turn.lock.lock_owned().await);
        held
    }

    fn turns(&self) -> MutexGuard<'_, HashMap<String, Turn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Done when somebody else came.
    pub(super) async fn cut_off(&mut self) {
        if self.come.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut turns = self.busy.turns();
        self.guard = None;
        // Who waits has a receiver of his own.
        if turns.get(&self.id).is_some_and(|turn| turn.come.receiver_count() <= 1) {
            turns.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_comes_next_cuts_off_who_is_at_it() {
        let busy = Busy::default();
        let mut first = busy.turn("a").await;
        let other = busy.turn("b").await;
        let (second, ()) = tokio::join!(busy.turn("a"), async {
            first.cut_off().await;
            drop(first);
        });
        assert_eq!(busy.turns().len(), 2);
        drop((second, other));
        assert!(busy.turns().is_empty());
    }
}
