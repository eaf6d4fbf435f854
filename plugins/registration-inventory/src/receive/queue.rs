//! Who waits to be written: the server is in danger when there are too many, and only then refuses.

use std::collections::HashMap;
use std::sync::Mutex;

use plugin_api::Problem;

use super::intake::lock;

/// Reports that wait at most.
const MOST: usize = 4_000;
/// How many one address may always have waiting.
const FEW: usize = 16;
/// Milliseconds after which waiting is a danger: connections pile up, and clients give up.
const LATE: i64 = 2_000;

/// Reports that wait, by address.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    all: usize,
    of: HashMap<String, usize>,
}

/// A place in the queue, given back when dropped.
#[derive(Debug)]
pub(crate) struct Ticket<'a> {
    waiting: &'a Waiting,
    address: String,
}

impl Waiting {
    /// A place for a report from `address`, unless there are too many: when half of them are taken,
    /// those go first who hold more than their share. `waited` is how long the first waits,
    /// milliseconds.
    pub(crate) fn enter(&self, address: &str, waited: i64) -> Result<Ticket<'_>, Problem> {
        let mut inner = lock(&self.0);
        let own = inner.of.get(address).copied().unwrap_or_default();
        let share = (MOST / 2) / inner.of.len().max(1);
        let is_greedy = inner.all >= MOST / 2 && inner.of.len() > 1 && own >= share.max(FEW);
        if inner.all >= MOST || waited > LATE || is_greedy {
            return Err(Problem::too_many_requests(if is_greedy { 5 } else { 2 }));
        }
        inner.all += 1;
        *inner.of.entry(address.to_owned()).or_default() += 1;
        Ok(Ticket { waiting: self, address: address.to_owned() })
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let mut inner = lock(&self.waiting.0);
        inner.all = inner.all.saturating_sub(1);
        if let Some(count) = inner.of.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                inner.of.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_holds_more_than_his_share_goes_first() {
        let waiting = Waiting::default();
        let greedy: Vec<_> = (0..MOST / 2).map(|_| waiting.enter("a", 0).expect("room")).collect();
        let modest = waiting.enter("b", 0).expect("room");
        let refused = waiting.enter("a", 0).expect_err("more than his share");
        assert_eq!(refused.status(), 429);
        waiting.enter("b", 0).expect("his share");
        drop(greedy);
        waiting.enter("a", 0).expect("room again");
        drop(modest);
        assert!(lock(&waiting.0).of.is_empty());
    }

    #[test]
    fn nobody_enters_a_full_queue_or_one_that_stands_still() {
        let waiting = Waiting::default();
        let all: Vec<_> = (0..MOST).map(|_| waiting.enter("a", 0).expect("room")).collect();
        waiting.enter("b", 0).expect_err("full");
        drop(all);
        waiting.enter("b", LATE + 1).expect_err("late");
    }
}
