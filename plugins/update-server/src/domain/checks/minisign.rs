//! Keys and signatures of minisign, which Tauri's updater demands of every file.
//!
//! Verified here with `ed25519-dalek` instead of the crate `minisign-verify` that clients use: that
//! one wants either the whole file in memory (legacy signatures) or the signature before the file
//! (prehashed ones). The tests hold both against each other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature as Ed25519, VerifyingKey};

use super::ed25519::key_of;

/// More than any signature or key; what is longer is something else.
const LONGEST: usize = 8192;
const TRUSTED: &str = "trusted comment: ";

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    id: [u8; 8],
    key: VerifyingKey,
}

/// A signature with its comments, not verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    text: String,
    key_id: [u8; 8],
    prehashed: bool,
    of_file: Ed25519,
    comment: String,
    of_comment: Ed25519,
}

/// Why a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Another key made it.
    OtherKey,
    /// Its trusted comment was changed.
    Comment,
}

/// What a signature is to be held against.
#[derive(Debug, Clone)]
pub enum Verifying {
    /// The hash of the file: prehashed signatures, which minisign and Tauri make by default.
    Hash(OfHash),
    /// Every byte of it: legacy signatures, plain Ed25519 by this key.
    Whole(VerifyingKey, Ed25519),
}

/// A signature over the hash of a file.
#[derive(Debug, Clone)]
pub struct OfHash {
    key: VerifyingKey,
    signature: Ed25519,
}

impl Key {
    /// Reads a key as people have it at hand: the file `.pub`, its second line alone, or the base64
    /// of the whole file that stands in `tauri.conf.json`.
    pub fn read(text: &str) -> Option<Self> {
        let text = unwrapped(text)?;
        let line = text.lines().rfind(|line| !line.trim().is_empty())?;
        let bytes: [u8; 42] = STANDARD.decode(line.trim()).ok()?.try_into().ok()?;
        let [b'E', b'd' | b'D', rest @ ..] = bytes else { return None };
        let (id, key) = rest.split_first_chunk()?;
        Some(Self { id: *id, key: key_of(key.first_chunk()?)? })
    }
}

impl Signature {
    /// Reads the four lines of a `.minisig` file, or the base64 of them that Tauri writes to `.sig`.
    pub fn read(text: &str) -> Option<Self> {
        let text = unwrapped(text)?;
        let mut lines = text.lines();
        let _untrusted = lines.next()?;
        let bytes: [u8; 74] = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let comment = lines.next()?.strip_prefix(TRUSTED)?.to_owned();
        let of_comment: [u8; 64] = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        if lines.any(|line| !line.trim().is_empty()) {
            return None;
        }
        let [b'E', mode @ (b'd' | b'D'), rest @ ..] = bytes else { return None };
        let (key_id, of_file) = rest.split_first_chunk()?;
        Some(Self {
            key_id: *key_id,
            prehashed: mode == b'D',
            of_file: Ed25519::from_bytes(of_file.first_chunk()?),
            comment,
            of_comment: Ed25519::from_bytes(&of_comment),
            text,
        })
    }

    /// The four lines, to be kept.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands as `signature` in the answers to Tauri's updater.
    pub fn for_tauri(&self) -> String {
        STANDARD.encode(&self.text)
    }

    /// The comment that the signature covers; to be believed once [`Signature::start`] was content.
    pub fn trusted_comment(&self) -> &str {
        &self.comment
    }

    /// Whether it is over every byte of the file instead of its hash.
    pub fn is_legacy(&self) -> bool {
        !self.prehashed
    }

    /// Verifies what does not depend on the file.
    pub fn start(&self, key: &Key) -> Result<Verifying, Wrong> {
        if self.key_id != key.id {
            return Err(Wrong::OtherKey);
        }
        let mut signed = self.of_file.to_bytes().to_vec();
        signed.extend_from_slice(self.comment.as_bytes());
        if key.key.verify_strict(&signed, &self.of_comment).is_err() {
            return Err(Wrong::Comment);
        }
        let (key, signature) = (key.key, self.of_file);
        Ok(if self.prehashed {
            Verifying::Hash(OfHash { key, signature })
        } else {
            Verifying::Whole(key, signature)
        })
    }
}

impl OfHash {
    /// Whether it is one of the file whose BLAKE2b-512 this is.
    pub fn holds(&self, blake2b: &[u8; 64]) -> bool {
        self.key.verify_strict(blake2b, &self.signature).is_ok()
    }
}

/// Tauri wraps whole files in base64; the text itself otherwise.
fn unwrapped(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.len() > LONGEST {
        return None;
    }
    let wrapped = STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    Some(match wrapped.filter(|inner| inner.starts_with("untrusted comment:")) {
        Some(inner) => inner.trim_end().to_owned(),
        None => text.to_owned(),
    })
}
