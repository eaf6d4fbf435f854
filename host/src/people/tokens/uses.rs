//! When the use of a token was last noted: the access log says it once an hour for each address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// How long a use counts as the same, milliseconds.
const HOUR: i64 = 60 * 60 * 1000;
/// How many pairs are remembered before old ones are dropped.
const REMEMBERED: usize = 10_000;

/// When each token was last noted from each address; a restart forgets. Refused tokens are one: who
/// guesses must not fill the log.
#[derive(Debug, Default)]
pub struct Uses(Mutex<HashMap<(String, Option<IpAddr>), i64>>);

impl Uses {
    /// Whether this use is to be noted; it is taken for noted from now on.
    pub fn is_due(&self, token_id: &str, address: Option<IpAddr>, now: i64) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = (token_id.to_owned(), address);
        if all.get(&pair).is_some_and(|noted| now - noted < HOUR) {
            return false;
        }
        if all.len() >= REMEMBERED {
            all.retain(|_, noted| now - *noted < HOUR);
            // A flood of addresses: better a use noted twice than memory without end.
            if all.len() >= REMEMBERED {
                all.clear();
            }
        }
        all.insert(pair, now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_noted_once_an_hour_for_each_address() {
        let (uses, address) = (Uses::default(), Some(IpAddr::from([10, 0, 0, 1])));
        assert!(uses.is_due("t", None, 0) && !uses.is_due("t", None, HOUR - 1));
        assert!(uses.is_due("t", address, 1) && uses.is_due("other", None, 1));
        assert!(uses.is_due("t", None, HOUR) && !uses.is_due("t", None, HOUR + 1));
    }

    #[test]
    fn a_flood_of_addresses_does_not_fill_the_memory() {
        let uses = Uses::default();
        for n in 0..u32::try_from(REMEMBERED).expect("small") * 2 + 10 {
            uses.is_due("", Some(IpAddr::from(n.to_be_bytes())), 0);
        }
        assert!(uses.0.lock().expect("nobody panicked").len() <= REMEMBERED);
    }
}
