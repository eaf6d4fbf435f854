//! Texts of a report, made fit to be kept.

use super::{Flag, Flags};

/// `text` without characters that mean nothing and with single spaces, of at most `limit` characters.
pub(super) fn tidied(text: &str, limit: usize, flags: &mut Flags) -> String {
    let mut tidied = String::with_capacity(text.len().min(4 * limit));
    let (mut characters, mut has_gap) = (0, false);
    for c in text.chars() {
        if c.is_whitespace() {
            has_gap = characters > 0;
            continue;
        }
        if is_meaningless(c) {
            flags.set(Flag::CaratteriNonValidi);
            continue;
        }
        if c == char::REPLACEMENT_CHARACTER {
            flags.set(Flag::CaratteriNonValidi);
        }
        let needed = 1 + usize::from(has_gap);
        if characters + needed > limit {
            flags.set(Flag::TestoTroncato);
            break;
        }
        if has_gap {
            tidied.push(' ');
        }
        tidied.push(c);
        characters += needed;
        has_gap = false;
    }
    tidied
}

/// Control characters, and those that only turn the direction of what is written around them.
fn is_meaningless(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{200b}')
}
