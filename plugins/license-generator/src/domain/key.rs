//! Activation keys: 25 characters of Crockford base32 in five groups, typed without care.
//!
//! 125 bits: 110 random ones, then a CRC-15 of them. The polynomial is that of CAN (0x4599), whose
//! Hamming distance is 6 up to 127 bits: one wrong character, two swapped neighbours and any five
//! flipped bits are always found. The register starts at 0x7fff, so that zeros are no valid key.

/// Crockford's alphabet: digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a key, without dashes.
const LENGTH: usize = 25;
/// Characters of a group.
const GROUP: usize = 5;
const RANDOM_BITS: u32 = 110;
const CHECK_BITS: u32 = 15;
const POLYNOMIAL: u16 = 0x4599;
const START: u16 = 0x7fff;
/// Longest text that is looked at, in bytes: no careless typing makes a key longer.
const LONGEST_TYPED: usize = 256;

/// A well-formed activation key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ActivationKey(u128);

/// A key is a credential, so it never reaches a log by accident.
impl std::fmt::Debug for ActivationKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ActivationKey(…)")
    }
}

impl ActivationKey {
    /// The key made of the first 110 of these random bits.
    pub fn from_random(bytes: [u8; 14]) -> Self {
        let mut bits: u128 = 0;
        for byte in bytes {
            bits = (bits << 8) | u128::from(byte);
        }
        let random = bits >> (8 * 14 - RANDOM_BITS);
        Self((random << CHECK_BITS) | u128::from(checksum(random)))
    }

    /// Reads a key as people type it: any case, O for 0, I or L for 1, blanks and dashes anywhere.
    /// `None` if its length, a character or its checksum is wrong.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > LONGEST_TYPED {
            return None;
        }
        let mut bits: u128 = 0;
        let mut length = 0;
        for letter in typed.chars().filter(|letter| !is_separator(*letter)) {
            length += 1;
            if length > LENGTH {
                return None;
            }
            bits = (bits << 5) | u128::from(digit(letter)?);
        }
        let key = Self(bits);
        let right = length == LENGTH && bits & ((1 << CHECK_BITS) - 1) == key.expected_checksum();
        right.then_some(key)
    }

    fn expected_checksum(self) -> u128 {
        u128::from(checksum(self.0 >> CHECK_BITS))
    }

    /// The 25 characters without dashes: what is hashed to look the key up.
    pub fn canonical(self) -> String {
        (0..LENGTH).rev().map(|place| letter(self.0 >> (5 * place))).collect()
    }

    /// The first group, which lists may show: 25 bits that open nothing.
    pub fn hint(self) -> String {
        self.canonical().chars().take(GROUP).collect()
    }
}

/// The key as people read it, `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`.
impl std::fmt::Display for ActivationKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, letter) in self.canonical().chars().enumerate() {
            if place > 0 && place % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

/// The character of the lowest five bits.
pub(super) fn letter(bits: u128) -> char {
    let index = usize::try_from(bits & 31).unwrap_or_default();
    ALPHABET.get(index).map_or('0', |byte| char::from(*byte))
}

/// The five bits of a character as people type it; none if it is not of the alphabet.
pub(super) fn digit(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let position = ALPHABET.iter().position(|known| char::from(*known) == letter)?;
    u8::try_from(position).ok()
}

/// Blanks, dashes of every kind, and the invisible characters word processors put between.
pub(super) fn is_separator(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '_'
                | '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2010}'..='\u{2015}'
                | '\u{2060}'
                | '\u{2212}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{feff}'
                | '\u{ff0d}'
        )
}

/// CRC-15 of the 110 lowest bits, the highest first.
fn checksum(bits: u128) -> u16 {
    let mut register = START;
    for place in (0..RANDOM_BITS).rev() {
        let incoming = (bits >> place) & 1 == 1;
        let outgoing = (register >> (CHECK_BITS - 1)) & 1 == 1;
        register = (register << 1) & 0x7fff;
        if incoming != outgoing {
            register ^= POLYNOMIAL;
        }
    }
    register
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys that differ in every byte, without a random source: tests must repeat.
    fn keys() -> impl Iterator<Item = ActivationKey> {
        (0u8..40).map(|seed| {
            ActivationKey::from_random(std::array::from_fn(|place| {
                seed.wrapping_mul(37).wrapping_add(u8::try_from(place).unwrap().wrapping_mul(91))
            }))
        })
    }

    #[test]
    fn a_key_is_five_groups_and_comes_back() {
        for key in keys() {
            let text = key.to_string();
            assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [5; 5]);
            assert_eq!(ActivationKey::parse(&text), Some(key));
            assert_eq!(ActivationKey::parse(&key.canonical()), Some(key));
            assert!(text.starts_with(&key.hint()));
        }
    }

    #[test]
    fn it_may_be_typed_without_care() {
        for key in keys() {
            let text = key.to_string();
            let careless = text.to_lowercase().replace('0', "o").replace('1', "l");
            assert_eq!(ActivationKey::parse(&careless), Some(key));
            let spaced = text.replace('1', "I").replace('0', "O").replace('-', "\u{2009}–\u{a0}");
            assert_eq!(ActivationKey::parse(&format!("  {spaced}\t\n")), Some(key));
            let unbroken: String = key.canonical().chars().flat_map(|c| [c, '\u{200b}']).collect();
            assert_eq!(ActivationKey::parse(&unbroken), Some(key));
        }
    }

    #[test]
    fn every_wrong_character_is_found() {
        for key in keys() {
            let right = key.canonical();
            for place in 0..LENGTH {
                for wrong in ALPHABET.iter().map(|byte| char::from(*byte)) {
                    let typed: String = right
                        .chars()
                        .enumerate()
                        .map(|(at, letter)| if at == place { wrong } else { letter })
                        .collect();
                    assert_eq!(ActivationKey::parse(&typed).is_some(), typed == right, "{typed}");
                }
            }
        }
    }

    #[test]
    fn swapped_neighbours_are_found() {
        for key in keys() {
            let right: Vec<char> = key.canonical().chars().collect();
            for place in 0..LENGTH - 1 {
                let mut typed = right.clone();
                typed.swap(place, place + 1);
                let found = ActivationKey::parse(&typed.iter().collect::<String>()).is_none();
                assert_eq!(found, typed != right);
            }
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let key = keys().next().unwrap().canonical();
        let shorter: String = key.chars().skip(1).collect();
        let long = "A".repeat(10_000);
        let wrong = ["", "-", &shorter, &format!("{key}0"), &format!("{key}è"), &long, "☃"];
        for typed in wrong {
            assert_eq!(ActivationKey::parse(typed), None, "{typed}");
        }
        assert_eq!(ActivationKey::parse(&key.replacen(|_| true, "U", 1)), None);
        assert_eq!(ActivationKey::parse(&"0".repeat(LENGTH)), None);
    }

    #[test]
    fn a_key_is_not_printed_for_debugging() {
        let key = keys().next().unwrap();
        assert!(!format!("{key:?}").contains(&key.hint()));
    }
}
