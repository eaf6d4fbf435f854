//! Plain Ed25519 (RFC 8032) over a file that streams through.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, StreamVerifier, VerifyingKey};

/// The public key of base64 over 32 bytes (Sparkle's `SUPublicEDKey`); none for a key that is none,
/// or under which anybody could sign.
pub fn key(base64: &str) -> Option<VerifyingKey> {
    let bytes = STANDARD.decode(base64.trim()).ok()?;
    key_of(&bytes.try_into().ok()?)
}

/// The public key of these bytes; none where [`key`] has none.
pub(super) fn key_of(bytes: &[u8; 32]) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak())
}

/// The signature of base64 over 64 bytes (Sparkle's `edSignature`).
pub fn signature(base64: &str) -> Option<Signature> {
    let bytes = STANDARD.decode(base64.trim()).ok()?;
    Some(Signature::from_bytes(&bytes.try_into().ok()?))
}

/// Verifies a signature over a file that is fed piece by piece, never held.
pub struct Stream(Option<StreamVerifier>);

impl Stream {
    /// As strict as `verify_strict`: a non-canonical signature is wrong, whatever the file is.
    pub fn new(key: &VerifyingKey, signature: &Signature) -> Self {
        let small_order = VerifyingKey::from_bytes(signature.r_bytes()).is_ok_and(|r| r.is_weak());
        Self(if small_order { None } else { key.verify_stream(signature).ok() })
    }

    /// Takes the next piece of the file, of any length.
    pub fn update(&mut self, piece: &[u8]) {
        if let Some(verifier) = &mut self.0 {
            verifier.update(piece);
        }
    }

    /// Whether the signature was made over exactly the pieces.
    pub fn finish(self) -> bool {
        self.0.is_some_and(|verifier| verifier.finalize_and_verify().is_ok())
    }
}
