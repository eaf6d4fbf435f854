//! The clock of a test: it stands still until somebody moves it.

use std::sync::atomic::{AtomicI64, Ordering};

/// 2026-01-15T10:00:00Z, unix milliseconds: where every clock starts.
pub const START: i64 = 1_768_471_200_000;

/// A clock that stands still.
#[derive(Debug)]
pub struct Clock(AtomicI64);

impl Default for Clock {
    fn default() -> Self {
        Self(AtomicI64::new(START))
    }
}

impl Clock {
    /// The present, unix milliseconds UTC.
    pub fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Sets it to `ms`, unix milliseconds UTC.
    pub fn set(&self, ms: i64) {
        self.0.store(ms, Ordering::SeqCst);
    }

    /// Moves it on by `ms` milliseconds.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Moves it on by `days` days of 24 hours.
    pub fn advance_days(&self, days: i64) {
        self.advance(days * 86_400_000);
    }
}
