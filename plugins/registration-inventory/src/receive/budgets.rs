//! What addresses have sent within the hour: above a quota, reports go into quarantine.
//!
//! The counters are this process's own and gone with it: a quota sorts out, it does not protect.

use std::collections::HashMap;
use std::sync::Mutex;

use super::intake::lock;

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Bytes of one address within an hour that are stored; more of them are a danger for the disk.
const MOST_BYTES: i64 = 64 * 1024 * 1024;
/// Bytes a report takes besides what was sent.
const ROW: i64 = 512;
/// Counters kept at most; who has so many addresses is beyond quotas.
const MOST: usize = 100_000;

/// Counters of the present hour.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    reports: Mutex<Counters<(String, String)>>,
    new: Mutex<Counters<String>>,
    bytes: Mutex<Counters<String>>,
}

#[derive(Debug)]
struct Counters<K> {
    hour: i64,
    counts: HashMap<K, i64>,
}

impl<K> Default for Counters<K> {
    fn default() -> Self {
        Self { hour: 0, counts: HashMap::new() }
    }
}

impl<K: std::hash::Hash + Eq> Counters<K> {
    fn add(&mut self, key: K, count: i64, now: i64) -> i64 {
        self.turn(now);
        if self.counts.len() >= MOST && !self.counts.contains_key(&key) {
            self.counts.clear();
        }
        let spent = self.counts.entry(key).or_default();
        *spent = spent.saturating_add(count);
        *spent
    }

    fn turn(&mut self, now: i64) {
        let hour = now.div_euclid(HOUR);
        if self.hour != hour {
            self.hour = hour;
            self.counts.clear();
        }
    }
}

impl Budgets {
    /// Counts a report of `software_id` from `address`; answers how many there were this hour.
    pub(crate) fn spend_on_report(&self, software_id: &str, address: &str, now: i64) -> i64 {
        let key = (software_id.to_owned(), address.to_owned());
        lock(&self.reports).add(key, 1, now)
    }

    /// Counts `payload` bytes from `address`; answers whether they may still be stored.
    pub(crate) fn has_room_for(&self, address: &str, payload: usize, now: i64) -> bool {
        let bytes = i64::try_from(payload).unwrap_or(i64::MAX).saturating_add(ROW);
        lock(&self.bytes).add(address.to_owned(), bytes, now) <= MOST_BYTES
    }

    /// Counts new installations from `address`, which are stored by now.
    pub(crate) fn spend_on_new(&self, address: &str, count: i64, now: i64) {
        if count > 0 {
            lock(&self.new).add(address.to_owned(), count, now);
        }
    }

    /// How many new installations came from `address` this hour.
    pub(crate) fn spent_by(&self, address: &str, now: i64) -> i64 {
        let mut new = lock(&self.new);
        new.turn(now);
        new.counts.get(address).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_hour_begins_anew() {
        let budgets = Budgets::default();
        assert_eq!(budgets.spend_on_report("s", "a", 0), 1);
        assert_eq!(budgets.spend_on_report("s", "a", HOUR - 1), 2);
        assert_eq!(budgets.spend_on_report("s", "b", HOUR - 1), 1);
        assert_eq!(budgets.spend_on_report("s", "a", HOUR), 1);
        budgets.spend_on_new("a", 3, HOUR);
        assert_eq!((budgets.spent_by("a", HOUR), budgets.spent_by("a", 2 * HOUR)), (3, 0));
    }

    #[test]
    fn an_address_fills_so_much_of_the_disk_and_no_more() {
        let budgets = Budgets::default();
        let large = 64 * 1024;
        let stored = (0..2_000).filter(|_| budgets.has_room_for("a", large, 0)).count();
        assert_eq!(stored, 1_016);
        assert!(budgets.has_room_for("b", large, 0));
        assert!(budgets.has_room_for("a", large, HOUR));
    }
}
