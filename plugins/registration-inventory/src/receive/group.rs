//! Requests that arrive together are written together: whoever comes first writes for the others.
//!
//! There is no task of its own: a plugin has no executor. The first to come leads: it takes what
//! waits, has it written, answers everybody, and hands the baton to the next who waits. A leader that
//! is dropped on its way (its client went away) loses nothing: those it took notice, and come again
//! with the mark that they may have been written already.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_channel::oneshot::{self, Receiver, Sender};
use plugin_api::Fault;

/// Items that are written at once at most: more would hold the writer too long from others.
const MOST: usize = 200;
/// How often an item comes again whose leader was lost.
const ATTEMPTS: usize = 4;

/// A queue with at most one flush in flight.
#[derive(Debug)]
pub(crate) struct Group<T, A> {
    queue: Mutex<Queue<T, A>>,
}

#[derive(Debug)]
struct Queue<T, A> {
    waiting: VecDeque<Waiting<T, A>>,
    is_led: bool,
}

#[derive(Debug)]
struct Waiting<T, A> {
    item: Submitted<T>,
    since: i64,
    answer: Telling<T, A>,
}

/// An item on its way to be written.
#[derive(Debug, Clone)]
pub(crate) struct Submitted<T> {
    /// What is to be written.
    pub(crate) item: T,
    /// Its leader was lost: it may have been written.
    pub(crate) maybe_written: bool,
}

#[derive(Debug)]
enum Word<T, A> {
    Answered(Result<A, Fault>),
    Lead(Submitted<T>, Baton<T, A>),
}

/// Where the answer of one who waits goes.
type Telling<T, A> = Sender<Word<T, A>>;

/// The right to flush; whoever drops it passes it on.
#[derive(Debug)]
struct Baton<T, A> {
    group: Arc<Group<T, A>>,
    is_held: bool,
}

impl<T, A> Drop for Baton<T, A> {
    fn drop(&mut self) {
        while self.is_held {
            let next = {
                let mut queue = self.group.lock();
                let next = queue.waiting.pop_front();
                queue.is_led = next.is_some();
                next
            };
            self.is_held = false;
            let Some(next) = next else { return };
            let baton = Self { group: Arc::clone(&self.group), is_held: true };
            if let Err(Word::Lead(_, mut unwanted)) = next.answer.send(Word::Lead(next.item, baton))
            {
                // Nobody waits there any more. A loop: a thousand of them must not nest.
                unwanted.is_held = false;
                self.is_held = true;
            }
        }
    }
}

impl<T: Clone, A> Group<T, A> {
    /// An empty one.
    pub(crate) fn new() -> Arc<Self> {
        let queue = Queue { waiting: VecDeque::new(), is_led: false };
        Arc::new(Self { queue: Mutex::new(queue) })
    }

    /// Since when the first one waits, unix milliseconds.
    pub(crate) fn waiting_since(&self) -> Option<i64> {
        self.lock().waiting.front().map(|first| first.since)
    }

    /// Has `items` written by `flush`, together with what else waits, and answers each in order.
    /// `flush` gets at most [`MOST`] and answers as many. `now` is unix milliseconds.
    pub(crate) async fn submit<W, F>(
        self: &Arc<Self>,
        items: Vec<T>,
        now: i64,
        mut flush: W,
    ) -> Vec<Result<A, Fault>>
    where
        W: FnMut(Vec<Submitted<T>>) -> F,
        F: Future<Output = Vec<Result<A, Fault>>>,
    {
        let mut answers: Vec<Option<Result<A, Fault>>> = items.iter().map(|_| None).collect();
        let mut left: Vec<(usize, T)> = items.into_iter().enumerate().collect();
        for attempt in 0..ATTEMPTS {
            let mut lost = Vec::new();
            let (baton, receivers) = self.enqueue(left, now, attempt > 0);
            // Passes the baton to the first in the queue, which may well be the first of ours.
            drop(baton);
            for (at, item, receiver) in receivers {
                let answer = match receiver.await {
                    Ok(Word::Answered(answer)) => answer,
                    Ok(Word::Lead(own, baton)) => self.lead(own, baton, &mut flush).await,
                    Err(_) => {
                        lost.push((at, item));
                        continue;
                    }
                };
                if let Some(place) = answers.get_mut(at) {
                    *place = Some(answer);
                }
            }
            left = lost;
            if left.is_empty() {
                break;
            }
        }
        let gone = || Err(Fault::internal("whoever wrote it was lost, again and again"));
        answers.into_iter().map(|answer| answer.unwrap_or_else(gone)).collect()
    }

    /// Puts the items into the queue; answers the baton when nobody leads.
    #[expect(clippy::type_complexity, reason = "a baton, and who waits for what")]
    fn enqueue(
        self: &Arc<Self>,
        items: Vec<(usize, T)>,
        since: i64,
        maybe_written: bool,
    ) -> (Option<Baton<T, A>>, Vec<(usize, T, Receiver<Word<T, A>>)>) {
        let mut queue = self.lock();
        let receivers = items
            .into_iter()
            .map(|(at, item)| {
                let (answer, receiver) = oneshot::channel();
                let submitted = Submitted { item: item.clone(), maybe_written };
                queue.waiting.push_back(Waiting { item: submitted, since, answer });
                (at, item, receiver)
            })
            .collect();
        let is_free = !std::mem::replace(&mut queue.is_led, true);
        drop(queue);
        (is_free.then(|| Baton { group: Arc::clone(self), is_held: true }), receivers)
    }

    /// Flushes `own` with what waits, answers the others, passes the baton on.
    async fn lead<W, F>(
        &self,
        own: Submitted<T>,
        baton: Baton<T, A>,
        flush: &mut W,
    ) -> Result<A, Fault>
    where
        W: FnMut(Vec<Submitted<T>>) -> F,
        F: Future<Output = Vec<Result<A, Fault>>>,
    {
        let (items, senders) = self.taken(own);
        let mut answers = flush(items).await.into_iter();
        let own = answers.next();
        drop(baton);
        for (sender, answer) in senders.into_iter().zip(answers) {
            // Who went away needs no answer.
            let _ = sender.send(Word::Answered(answer));
        }
        own.unwrap_or_else(|| Err(Fault::internal("a flush left an item without an answer")))
    }
}

impl<T, A> Group<T, A> {
    /// `own` and up to `MOST - 1` that wait, and who wants to know of those.
    fn taken(&self, own: Submitted<T>) -> (Vec<Submitted<T>>, Vec<Telling<T, A>>) {
        let (mut items, mut senders) = (vec![own], Vec::new());
        let mut queue = self.lock();
        let count = queue.waiting.len().min(MOST - 1);
        for next in queue.waiting.drain(..count) {
            items.push(next.item);
            senders.push(next.answer);
        }
        (items, senders)
    }

    fn lock(&self) -> MutexGuard<'_, Queue<T, A>> {
        // What a panicking leader left is whole: it holds the lock only to push and take.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use super::*;
    use plugin_testing::block_on;

    /// Counts on, so that a test sees who was written together.
    async fn doubled(items: Vec<Submitted<u32>>) -> Vec<Result<u32, Fault>> {
        items.into_iter().map(|given| Ok(given.item * 2)).collect()
    }

    #[test]
    fn everybody_gets_his_own_answer_in_order() {
        let group = Group::new();
        let answers = block_on(group.submit((0..1000).collect(), 0, doubled));
        let answers: Vec<u32> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(group.waiting_since(), None);
    }

    #[test]
    fn threads_write_for_each_other_and_nobody_is_lost() {
        let group: Arc<Group<u32, u32>> = Group::new();
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16)
                .map(|n| {
                    let group = &group;
                    scope.spawn(move || {
                        for round in 0..200 {
                            let given = n * 1000 + round;
                            let answer = block_on(group.submit(vec![given], 0, doubled));
                            assert_eq!(answer, [Ok(given * 2)]);
                        }
                    })
                })
                .collect();
            for thread in threads {
                thread.join().expect("no panic");
            }
        });
    }

    #[test]
    fn a_leader_that_is_dropped_loses_nobody() {
        let group: Arc<Group<u32, u32>> = Group::new();
        let never = |_: Vec<Submitted<u32>>| std::future::pending();
        let marked = |items: Vec<Submitted<u32>>| async move {
            items.into_iter().map(|given| Ok(u32::from(given.maybe_written))).collect()
        };
        block_on(async {
            let mut leader = Box::pin(group.submit(vec![1], 0, never));
            let mut follower = Box::pin(group.submit(vec![2], 0, marked));
            let mut gone = Box::pin(group.submit(vec![3], 0, marked));
            let mut second = Box::pin(group.submit(vec![4], 0, never));
            std::future::poll_fn(|context| {
                // The first to be polled leads with itself alone; the others wait.
                assert!(leader.as_mut().poll(context).is_pending());
                assert!(second.as_mut().poll(context).is_pending());
                assert!(gone.as_mut().poll(context).is_pending());
                assert!(follower.as_mut().poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
            drop(leader);
            std::future::poll_fn(|context| {
                // Now the second leads and took the others with it.
                assert!(second.as_mut().poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
            drop(gone);
            drop(second);
            assert_eq!(follower.await, [Ok(1)], "it was taken once, so it may have been written");
        });
        assert_eq!(group.waiting_since(), None);
    }
}
