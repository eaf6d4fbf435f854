//! Passwords made up for people: long enough to resist guessing, plain enough to be typed.

use plugin_api::Cx;

/// Without letters and digits that look alike; 32 of them, so that each carries five random bits.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Four groups of five characters: 100 random bits.
pub(crate) fn fresh_password(cx: &Cx) -> String {
    password(cx.random())
}

fn password(random: [u8; 20]) -> String {
    let letters: Vec<char> =
        random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_groups_of_plain_characters() {
        assert_eq!(password([255; 20]), "99999-99999-99999-99999");
        assert_eq!(password([32; 20]), "aaaaa-aaaaa-aaaaa-aaaaa");
        let distinct: std::collections::BTreeSet<_> = ALPHABET.iter().collect();
        assert_eq!(distinct.len(), 32);
    }
}
