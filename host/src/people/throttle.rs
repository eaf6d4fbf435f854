//! Slows down who guesses passwords: so many tries per account and address in a quarter of an hour.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

/// How many tries may fail before more are refused.
const TRIES: u32 = 10;
/// How long they count, milliseconds.
const WINDOW: i64 = 15 * 60 * 1000;
/// How many pairs are remembered before some are dropped.
const REMEMBERED: usize = 10_000;

/// Counts tries in memory; a restart forgives.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<Pair, Tries>>);

/// An account, hashed because what was typed may be of any length, and an address.
type Pair = ([u8; 32], Option<IpAddr>);

#[derive(Debug)]
struct Tries {
    since: i64,
    count: u32,
}

impl Throttle {
    /// Counts a try before its outcome is known, so that many at once do not slip through. Refused
    /// with the milliseconds to wait.
    pub fn attempt(&self, account: &str, address: Option<IpAddr>, now: i64) -> Result<(), i64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            make_room(&mut all, now);
        }
        let tries = all.entry(pair(account, address)).or_insert(Tries { since: now, count: 0 });
        if now - tries.since >= WINDOW {
            *tries = Tries { since: now, count: 0 };
        }
        if tries.count >= TRIES {
            return Err(tries.since + WINDOW - now);
        }
        tries.count += 1;
        Ok(())
    }

    /// Forgets the tries of who got it right.
    pub fn forgive(&self, account: &str, address: Option<IpAddr>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&pair(account, address));
    }
}

fn pair(account: &str, address: Option<IpAddr>) -> Pair {
    (Sha256::digest(account.as_bytes()).into(), address)
}

/// Drops what no longer counts and, when a flood of names fills the memory, those who tried least:
/// whoever guesses at one account stays remembered.
fn make_room(all: &mut HashMap<Pair, Tries>, now: i64) {
    all.retain(|_, tries| now - tries.since < WINDOW);
    for least in 1..TRIES {
        if all.len() < REMEMBERED {
            return;
        }
        all.retain(|_, tries| tries.count > least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_waits_and_the_next_window_is_free() {
        let throttle = Throttle::default();
        for _ in 0..TRIES {
            assert_eq!(throttle.attempt("a", None, 1000), Ok(()));
        }
        assert_eq!(throttle.attempt("a", None, 2000), Err(WINDOW - 1000));
        assert_eq!(throttle.attempt("b", None, 2000), Ok(()), "another account is not touched");
        let address = Some(IpAddr::from([10, 0, 0, 1]));
        assert_eq!(throttle.attempt("a", address, 2000), Ok(()), "nor another address");
        assert_eq!(throttle.attempt("a", None, 1000 + WINDOW), Ok(()));
    }

    #[test]
    fn a_flood_of_names_neither_fills_the_memory_nor_forgives_who_guesses() {
        let throttle = Throttle::default();
        for _ in 0..TRIES {
            assert_eq!(throttle.attempt("a", None, 0), Ok(()));
        }
        for n in 0..3 * REMEMBERED {
            assert_eq!(throttle.attempt(&n.to_string(), None, 1), Ok(()));
        }
        assert!(throttle.0.lock().expect("nobody panicked").len() <= REMEMBERED);
        assert_eq!(throttle.attempt("a", None, 2), Err(WINDOW - 2));
    }

    #[test]
    fn a_success_forgives() {
        let throttle = Throttle::default();
        for _ in 0..TRIES {
            assert_eq!(throttle.attempt("a", None, 0), Ok(()));
        }
        throttle.forgive("a", None);
        assert_eq!(throttle.attempt("a", None, 0), Ok(()));
    }
}
