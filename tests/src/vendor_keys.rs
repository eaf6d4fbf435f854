//! Signs files as vendors do before they hand them to the update server: minisign and Sparkle.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};

const KEY: [u8; 32] = [7; 32];
const KEY_ID: [u8; 8] = [1; 8];

/// The public key as minisign writes it.
pub fn minisign_key() -> String {
    let public = SigningKey::from_bytes(&KEY).verifying_key();
    STANDARD.encode([b"Ed".as_slice(), &KEY_ID, public.as_bytes()].concat())
}

/// The same key as Sparkle writes it.
pub fn sparkle_key() -> String {
    STANDARD.encode(SigningKey::from_bytes(&KEY).verifying_key().as_bytes())
}

/// A `.minisig` over the file itself, as old ones were.
pub fn minisign(file: &[u8], name: &str, version: &str) -> String {
    let key = SigningKey::from_bytes(&KEY);
    let signature = key.sign(file).to_bytes();
    let line = STANDARD.encode([b"Ed".as_slice(), &KEY_ID, &signature].concat());
    let comment = format!("timestamp:1790000000\tfile:{name}\tversion:{version}");
    let whole = key.sign(&[signature.as_slice(), comment.as_bytes()].concat()).to_bytes();
    let whole = STANDARD.encode(whole);
    format!("untrusted comment: signed\n{line}\ntrusted comment: {comment}\n{whole}\n")
}

/// An `edSignature`.
pub fn sparkle(file: &[u8]) -> String {
    STANDARD.encode(SigningKey::from_bytes(&KEY).sign(file).to_bytes())
}
