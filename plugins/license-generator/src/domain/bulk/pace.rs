//! How many licences a run writes at a time, so that it never keeps the database's only writer from
//! others for long.

use super::TOGETHER;

/// How long a transaction should take, milliseconds.
const TARGET: i64 = 25;
/// Licences written together at least.
const LEAST: usize = 5;
/// The longest pause, milliseconds.
const LONGEST_PAUSE: i64 = 50;

/// The pace of a run; it follows how long the last transaction took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    size: usize,
    pause: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { size: 25, pause: 1 }
    }
}

impl Pace {
    /// How many licences to write next.
    pub fn size(self) -> usize {
        self.size
    }

    /// How long to wait before, milliseconds: as long as the last transaction took, so that others
    /// have the writer for half of the time.
    pub fn pause(self) -> u64 {
        u64::try_from(self.pause).unwrap_or_default()
    }

    /// The pace after a transaction that took `took` milliseconds: it at most doubles.
    #[must_use]
    pub fn after(self, took: i64) -> Self {
        let took = took.max(1);
        let fitting = i64::try_from(self.size).unwrap_or(i64::MAX).saturating_mul(TARGET) / took;
        let fitting = usize::try_from(fitting).unwrap_or(TOGETHER);
        let size = fitting.clamp(LEAST, (self.size * 2).min(TOGETHER));
        Self { size, pause: took.min(LONGEST_PAUSE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_while_transactions_are_short_and_shrinks_when_they_are_long() {
        let mut pace = Pace::default();
        for _ in 0..10 {
            pace = pace.after(0);
        }
        assert_eq!(pace.size(), TOGETHER);
        pace = pace.after(100);
        assert_eq!((pace.size(), pace.pause()), (62, 50));
        pace = pace.after(25);
        assert_eq!(pace.size(), 62, "just right");
        assert_eq!(pace.after(1_000_000).size(), LEAST);
    }
}
