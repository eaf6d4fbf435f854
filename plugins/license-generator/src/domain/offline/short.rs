//! A request short enough to be typed: thirteen groups of five Crockford characters.
//!
//! 65 characters: activation key 25, action 1 (`A`, `R`, `D`), device 26, nonce 7, check 6. The device
//! is any hash of at least 128 bits the machine makes of itself, in Crockford's base32; those 26
//! characters are its fingerprint ever after. The check is the lowest 30 bits of the CRC-32 of the 59
//! characters before it.

use super::{Action, canonical, crc32, letter};

/// Characters of the whole.
const LENGTH: usize = 65;
const KEY: usize = 25;
const DEVICE: usize = 26;
const CHECK: usize = 6;

/// A short request; like everything that holds a key, not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Short {
    /// The activation key, without dashes.
    pub key: String,
    /// What the machine asks for.
    pub action: Action,
    /// What tells the device from others.
    pub fingerprint: String,
    /// What makes the request this one.
    pub nonce: String,
}

impl Short {
    /// Reads a request typed without care. `None` if it is no such text at all; `Some(None)` if it is
    /// one with a typing error.
    pub fn parse(typed: &str) -> Option<Option<Self>> {
        let text = canonical(typed)?;
        // One group too few or too many is a typing error, anything else another kind of text.
        if !(LENGTH - 5..=LENGTH + 5).contains(&text.len()) {
            return None;
        }
        Some(Self::read(&text))
    }

    fn read(text: &str) -> Option<Self> {
        let (body, sum) = text.split_at_checked(LENGTH - CHECK)?;
        if text.len() != LENGTH || sum != check(body) {
            return None;
        }
        let (key, rest) = body.split_at_checked(KEY)?;
        let (action, rest) = rest.split_at_checked(1)?;
        let (fingerprint, nonce) = rest.split_at_checked(DEVICE)?;
        let action = match action {
            "A" => Action::Attiva,
            "R" => Action::Rinnova,
            "D" => Action::Disattiva,
            _ => return None,
        };
        let owned = str::to_owned;
        Some(Self { key: owned(key), action, fingerprint: owned(fingerprint), nonce: owned(nonce) })
    }
}

/// The check of the characters before it.
fn check(body: &str) -> String {
    let sum = u128::from(crc32(body.as_bytes()));
    (0..CHECK).rev().map(|place| letter(sum >> (5 * place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> String {
        let body = "7D91AF8FC9166090A1B2C3D4EA0123456789ABCDEFGHJKMNPQRSTVWXYZ7";
        assert_eq!(body.len(), LENGTH - CHECK);
        format!("{body}{}", check(body))
    }

    #[test]
    fn it_is_read_as_people_type_it() {
        let groups: Vec<String> = text()
            .as_bytes()
            .chunks(5)
            .map(|group| String::from_utf8_lossy(group).into())
            .collect();
        let careless = groups.join(" - ").to_lowercase().replace('0', "o").replace('1', "i");
        let read = Short::parse(&careless).flatten().expect("well formed");
        assert_eq!(read.key, "7D91AF8FC9166090A1B2C3D4E");
        assert!(read.action == Action::Attiva && read.fingerprint.starts_with("0123456789"));
        assert_eq!(read.nonce.len(), 7);
    }

    #[test]
    fn every_wrong_character_and_swapped_neighbours_are_found() {
        let right = text();
        for place in 0..LENGTH {
            let wrong = |letter: char| {
                let mut typed: Vec<char> = right.chars().collect();
                typed[place] = letter;
                typed.into_iter().collect::<String>()
            };
            for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars() {
                let typed = wrong(letter);
                assert_eq!(Short::parse(&typed).flatten().is_some(), typed == right);
            }
            let mut swapped: Vec<char> = right.chars().collect();
            if place + 1 < LENGTH {
                swapped.swap(place, place + 1);
            }
            let typed: String = swapped.into_iter().collect();
            assert_eq!(Short::parse(&typed).flatten().is_some(), typed == right);
        }
        assert!(matches!(Short::parse(&right[5..]), Some(None)), "a group is missing");
        assert!(Short::parse("ciao").is_none());
    }
}
