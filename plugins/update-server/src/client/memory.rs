//! What this process remembers. What addresses did within the hour: above a budget, secrets are not looked up any more, and outcomes
//! are not counted.
//!
//! The counters are this process's own and gone with it. Secrets are too long to be guessed anyway; this
//! keeps the attempt cheap.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use plugin_api::{Caller, Problem};

use crate::catalogue::Known;

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Secrets nobody knows that an address may show within an hour.
const MISSES: u32 = 300;
/// Outcomes that count of an address within an hour.
const OUTCOMES: u32 = 120;
/// Addresses remembered at most; who has so many is beyond budgets.
const MOST: usize = 100_000;

/// What is remembered: the counters of the present hour, and catalogues.
#[derive(Debug, Default)]
pub struct Memory {
    misses: Mutex<Counters>,
    outcomes: Mutex<Counters>,
    pub(crate) catalogues: Known,
}

#[derive(Debug, Default)]
struct Counters {
    hour: i64,
    counts: HashMap<String, u32>,
}

impl Counters {
    fn count(&mut self, address: &str, now: i64) -> &mut u32 {
        let hour = now.div_euclid(HOUR);
        let is_new = self.counts.len() >= MOST && !self.counts.contains_key(address);
        if self.hour != hour || is_new {
            self.hour = hour;
            self.counts.clear();
        }
        self.counts.entry(address.to_owned()).or_default()
    }
}

/// What stands for who asks; empty where that is not known.
pub(super) fn subscriber(caller: &Caller) -> String {
    caller.subscriber().map(|address| address.to_string()).unwrap_or_default()
}

impl Memory {
    /// 429 for an address that showed too many secrets nobody knows.
    pub(super) fn admit(&self, address: &str, now: i64) -> Result<(), Problem> {
        let mut misses = self.misses.lock().unwrap_or_else(PoisonError::into_inner);
        if *misses.count(address, now) < MISSES {
            return Ok(());
        }
        let left = (HOUR - now.rem_euclid(HOUR)) / 1000 + 1;
        Err(Problem::too_many_requests(u32::try_from(left).unwrap_or(3600)))
    }

    /// Notes a secret nobody knows.
    pub(super) fn miss(&self, address: &str, now: i64) {
        let mut misses = self.misses.lock().unwrap_or_else(PoisonError::into_inner);
        let count = misses.count(address, now);
        *count = count.saturating_add(1);
    }

    /// Whether one more outcome of this address counts.
    pub(super) fn counts_outcome(&self, address: &str, now: i64) -> bool {
        let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        let count = outcomes.count(address, now);
        *count = count.saturating_add(1);
        *count <= OUTCOMES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guesser_is_sent_away_until_the_hour_is_over() {
        let memory = Memory::default();
        for _ in 0..MISSES {
            assert!(memory.admit("a", 0).is_ok());
            memory.miss("a", 0);
        }
        assert!(memory.admit("a", HOUR - 1).is_err());
        assert!(memory.admit("b", HOUR - 1).is_ok());
        assert!(memory.admit("a", HOUR).is_ok());
    }

    #[test]
    fn so_many_outcomes_of_an_address_count() {
        let memory = Memory::default();
        let counted = (0..500).filter(|_| memory.counts_outcome("a", 5)).count();
        assert_eq!(counted, OUTCOMES as usize);
        assert!(memory.counts_outcome("a", HOUR));
    }
}
