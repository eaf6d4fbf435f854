//! Slows down who guesses: after some failures each further try has to wait, longer every time.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

/// How many tries one network may fail at one account before more have to wait.
const TOGETHER: u32 = 10;
/// How many tries may fail at one account from anywhere, or from one network at any account. It is
/// larger, so that a stranger cannot lock somebody out, nor one person his whole office.
const ALONE: u32 = 50;
/// The first wait, milliseconds; each further failure doubles it.
const FIRST_WAIT: i64 = 60 * 1000;
/// The longest wait, milliseconds: a hundred guesses then take a day (NIST SP 800-63B §3.2.2).
const LONGEST_WAIT: i64 = 15 * 60 * 1000;
/// How long after the last one tries are forgotten, milliseconds.
const FORGOTTEN: i64 = 60 * 60 * 1000;
/// How many counters are kept before some are dropped.
const REMEMBERED: usize = 20_000;

/// Counts tries in memory; a restart forgives.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<Counted, Tries>>);

/// What tries are counted for. An account is hashed, because what was typed may be of any length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    Account([u8; 32]),
    Network(IpAddr),
    Both([u8; 32], Option<IpAddr>),
}

#[derive(Debug, Default)]
struct Tries {
    last: i64,
    count: u32,
    wait_until: i64,
}

impl Counted {
    fn free(self) -> u32 {
        if matches!(self, Self::Both(..)) { TOGETHER } else { ALONE }
    }

    fn of(account: &str, address: Option<IpAddr>) -> impl Iterator<Item = Self> {
        let account = Sha256::digest(account.as_bytes()).into();
        let network = address.map(network);
        let both = [Self::Account(account), Self::Both(account, network)];
        both.into_iter().chain(network.map(Self::Network))
    }
}

impl Throttle {
    /// Counts a try before its outcome is known, so that many at once do not slip through. Refused
    /// with the seconds to wait, as `Retry-After` says them.
    pub fn attempt(&self, account: &str, address: Option<IpAddr>, now: i64) -> Result<(), u32> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            make_room(&mut all, now);
        }
        let waits = Counted::of(account, address).filter_map(|counted| all.get(&counted));
        let wait_until = waits.map(|tries| tries.wait_until).max().unwrap_or_default();
        if wait_until > now {
            return Err(seconds(wait_until - now));
        }
        for counted in Counted::of(account, address) {
            let tries = all.entry(counted).or_default();
            if now - tries.last >= FORGOTTEN {
                *tries = Tries::default();
            }
            tries.last = now;
            tries.count += 1;
            if let Some(over) = tries.count.checked_sub(counted.free()) {
                let wait = FIRST_WAIT.saturating_mul(1 << over.min(8));
                tries.wait_until = now + wait.min(LONGEST_WAIT);
            }
        }
        Ok(())
    }

    /// Forgets the tries at the account of who got it right. Of his network only this try: nobody
    /// may wipe out his guesses at others by signing in himself.
    pub fn forgive(&self, account: &str, address: Option<IpAddr>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for counted in Counted::of(account, address) {
            if let (Counted::Network(_), Some(tries)) = (counted, all.get_mut(&counted)) {
                tries.count = tries.count.saturating_sub(1);
                if tries.count < counted.free() {
                    tries.wait_until = 0;
                }
            } else {
                all.remove(&counted);
            }
        }
    }
}

/// Whole seconds, so that who waits so long does not come too early.
fn seconds(milliseconds: i64) -> u32 {
    u32::try_from(milliseconds / 1000 + 1).unwrap_or(u32::MAX)
}

/// Who shares the address: with IPv6 a customer has a whole /64 (RFC 6177), with IPv4 one address.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(
            || Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
            IpAddr::V4,
        ),
    }
}

/// Drops what no longer counts and, when a flood of names fills the memory, those who tried least:
/// whoever guesses at one account stays remembered.
fn make_room(all: &mut HashMap<Counted, Tries>, now: i64) {
    all.retain(|_, tries| now - tries.last < FORGOTTEN);
    for least in 1..ALONE {
        if all.len() < REMEMBERED {
            return;
        }
        all.retain(|_, tries| tries.count > least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(last: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, last])
    }

    fn fail(throttle: &Throttle, times: u32, account: &str, address: impl Into<Option<IpAddr>>) {
        let address = address.into();
        for _ in 0..times {
            assert_eq!(throttle.attempt(account, address, 0), Ok(()));
        }
    }

    #[test]
    fn waits_grow_until_an_hour_is_quiet() {
        let throttle = Throttle::default();
        fail(&throttle, TOGETHER, "a", here(1));
        let mut now = 0;
        for wait in [1, 2, 4, 8, 15, 15] {
            let wait = wait * FIRST_WAIT;
            assert_eq!(throttle.attempt("a", Some(here(1)), now), Err(seconds(wait)));
            assert_eq!(
                throttle.attempt("a", Some(here(1)), now + 1),
                Err(seconds(wait - 1)),
                "asking is free"
            );
            now += wait;
            assert_eq!(throttle.attempt("a", Some(here(1)), now), Ok(()));
        }
        assert_eq!(
            throttle.attempt("b", Some(here(1)), now),
            Ok(()),
            "another account is not touched"
        );
        assert_eq!(throttle.attempt("a", Some(here(2)), now), Ok(()), "nor another address");
        now += FORGOTTEN;
        fail(&throttle, 1, "c", here(1));
        assert_eq!(throttle.attempt("a", Some(here(1)), now), Ok(()));
        assert_eq!(throttle.attempt("a", Some(here(1)), now), Ok(()));
    }

    #[test]
    fn many_networks_at_one_account_wait_and_one_network_at_many_accounts() {
        let throttle = Throttle::default();
        for n in 0..ALONE {
            fail(&throttle, 1, "a", here(u8::try_from(n).expect("small")));
        }
        assert_eq!(throttle.attempt("a", Some(here(200)), 0), Err(seconds(FIRST_WAIT)));
        for n in 0..ALONE {
            fail(&throttle, 1, &n.to_string(), here(201));
        }
        assert_eq!(throttle.attempt("z", Some(here(201)), 0), Err(seconds(FIRST_WAIT)));
        throttle.forgive("0", Some(here(201)));
        assert_eq!(throttle.attempt("z", Some(here(201)), 0), Ok(()), "one of them was right");
        assert_eq!(
            throttle.attempt("y", Some(here(201)), 0),
            Err(seconds(FIRST_WAIT)),
            "the others count"
        );
    }

    #[test]
    fn a_network_is_a_64_of_ipv6_and_one_address_of_ipv4() {
        let at = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(at("2001:db8:1:2:aaaa::1"), at("2001:db8:1:2::ffff"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
    }

    #[test]
    fn a_flood_of_names_neither_fills_the_memory_nor_forgives_who_guesses() {
        let throttle = Throttle::default();
        fail(&throttle, TOGETHER, "a", None);
        for n in 0..3 * REMEMBERED {
            assert_eq!(throttle.attempt(&n.to_string(), None, 1), Ok(()));
        }
        assert!(throttle.0.lock().expect("nobody panicked").len() <= REMEMBERED + 3);
        assert_eq!(throttle.attempt("a", None, 2), Err(seconds(FIRST_WAIT - 2)));
    }

    #[test]
    fn a_success_forgives() {
        let throttle = Throttle::default();
        fail(&throttle, TOGETHER, "a", here(1));
        throttle.forgive("a", Some(here(1)));
        assert_eq!(throttle.attempt("a", Some(here(1)), 0), Ok(()));
    }
}
