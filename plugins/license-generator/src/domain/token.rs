//! Rolling tokens: two devices of one fingerprint (a clone) are told apart by them.
//!
//! A device gets a token with each answer and shows it at its next validation. The token before the
//! last is accepted too, because the answer that brought the last one may have got lost. Whoever
//! shows an older one is a copy of a device that went on elsewhere, or the device whose copy did.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// Longest token a client may show, in bytes.
pub const LONGEST_TOKEN: usize = 200;

/// What is kept of a device's tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Kept {
    /// Hash of the last token given; empty if the next one shown is believed.
    pub current_hash: String,
    /// Hash of the one before.
    pub previous_hash: String,
    /// When the last was given, unix milliseconds.
    pub rolled_at: i64,
    /// To which address.
    pub address: String,
    /// When a stale one was shown, unix milliseconds, until an administrator has looked at it.
    pub suspected_at: Option<i64>,
}

/// How the token that was shown compares with those given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// The licence asks for none.
    #[default]
    NotAsked,
    /// The device was given none yet.
    First,
    /// The last one given.
    Current,
    /// The one before it.
    Previous,
    /// An older one, or none of ours.
    Stale,
    /// None, though one was given.
    Missing,
}

impl Shown {
    /// How `token` compares with what is kept of the device.
    pub fn compare(kept: Option<&Kept>, token: Option<&str>) -> Self {
        let Some(kept) = kept.filter(|kept| !kept.current_hash.is_empty()) else {
            return Self::First;
        };
        let Some(shown) = token.map(hash) else { return Self::Missing };
        if shown == kept.current_hash {
            Self::Current
        } else if shown == kept.previous_hash {
            Self::Previous
        } else {
            Self::Stale
        }
    }
}

/// What is kept of a token.
pub fn hash(token: &str) -> String {
    plugin_api::hex(&Sha256::digest(token.trim().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_tokens_are_accepted() {
        let kept = Kept { current_hash: hash("c"), previous_hash: hash("b"), ..Kept::default() };
        let compare = |token| Shown::compare(Some(&kept), token);
        assert_eq!(compare(Some("c")), Shown::Current);
        assert_eq!(compare(Some("b")), Shown::Previous);
        assert_eq!(compare(Some("a")), Shown::Stale);
        assert_eq!(compare(Some("")), Shown::Stale);
        assert_eq!(compare(None), Shown::Missing);
        assert_eq!(Shown::compare(None, Some("a")), Shown::First);
        assert_eq!(Shown::compare(Some(&Kept::default()), Some("")), Shown::First);
    }
}
