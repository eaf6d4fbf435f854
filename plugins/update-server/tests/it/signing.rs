//! Signs as minisign, Tauri and Sparkle do.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use blake2::{Blake2b512, Digest as _};
use ed25519_dalek::{Signer as _, SigningKey};

/// A vendor's key, with its id for minisign.
pub(crate) struct Key(SigningKey, [u8; 8]);

impl Key {
    /// One of many.
    pub(crate) fn number(number: u8) -> Self {
        Self(SigningKey::from_bytes(&[number; 32]), [number; 8])
    }

    /// The public key as minisign writes it.
    pub(crate) fn minisign_public(&self) -> String {
        let public = self.0.verifying_key();
        STANDARD.encode([b"Ed".as_slice(), &self.1, public.as_bytes()].concat())
    }

    /// The public key as Sparkle writes it.
    pub(crate) fn sparkle_public(&self) -> String {
        STANDARD.encode(self.0.verifying_key().as_bytes())
    }

    /// A `.minisig` over the hash of a file, as minisign and Tauri make it.
    pub(crate) fn minisign(&self, file: &[u8], comment: &str) -> String {
        self.signed(*b"ED", &Blake2b512::digest(file), comment)
    }

    /// A `.minisig` over the file itself, as old ones were.
    pub(crate) fn legacy_minisign(&self, file: &[u8], comment: &str) -> String {
        self.signed(*b"Ed", file, comment)
    }

    fn signed(&self, mode: [u8; 2], message: &[u8], comment: &str) -> String {
        let signature = self.0.sign(message).to_bytes();
        let line = STANDARD.encode([mode.as_slice(), &self.1, &signature].concat());
        let global = self.0.sign(&[signature.as_slice(), comment.as_bytes()].concat());
        let global = STANDARD.encode(global.to_bytes());
        format!("untrusted comment: signed\n{line}\ntrusted comment: {comment}\n{global}\n")
    }

    /// An `edSignature`.
    pub(crate) fn sparkle(&self, file: &[u8]) -> String {
        STANDARD.encode(self.0.sign(file).to_bytes())
    }

    /// A feed with its signature at the end, as `generate_appcast` writes it.
    pub(crate) fn appcast(&self, content: &str) -> String {
        let (signature, length) = (self.sparkle(content.as_bytes()), content.len());
        format!(
            "{content}<!-- sparkle-signatures:\nedSignature: {signature}\nlength: {length}\n-->\n"
        )
    }
}
