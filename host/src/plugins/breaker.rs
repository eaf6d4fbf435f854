//! Five faults in ten minutes switch a plugin off, and that plugin alone.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

const WINDOW_MS: i64 = 10 * 60 * 1000;
const LIMIT: usize = 5;

/// Remembers when a plugin panicked.
#[derive(Debug, Default)]
pub(crate) struct Breaker(Mutex<VecDeque<i64>>);

impl Breaker {
    /// Notes a fault; answers whether it was one too many.
    pub(crate) fn fault(&self, now: i64) -> bool {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        faults.push_back(now);
        while faults.front().is_some_and(|at| *at <= now - WINDOW_MS) {
            faults.pop_front();
        }
        faults.len() >= LIMIT
    }

    /// Forgets the past, when somebody switches the plugin on again.
    pub(crate) fn reset(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_fault_in_ten_minutes_is_one_too_many() {
        let breaker = Breaker::default();
        assert!((0..4).all(|i| !breaker.fault(i * 1000)));
        assert!(breaker.fault(5000));
    }

    #[test]
    fn old_faults_do_not_count() {
        let breaker = Breaker::default();
        assert!((0..4).all(|i| !breaker.fault(i)));
        assert!(!breaker.fault(WINDOW_MS + 10));
    }
}
