//! Key files: private keys as PKCS #8 PEM (RFC 8410), public keys as SPKI PEM or one line of base64.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeypairBytes,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use zeroize::Zeroizing;

/// The private key as PEM, without the public one: OpenSSL reads no other form.
pub fn private(key: &SigningKey) -> Zeroizing<String> {
    let alone = KeypairBytes { secret_key: key.to_bytes(), public_key: None };
    alone.to_pkcs8_pem(LineEnding::LF).expect("an Ed25519 key always has this form")
}

/// The public key as PEM.
pub fn public(key: &VerifyingKey) -> String {
    key.to_public_key_pem(LineEnding::LF).expect("an Ed25519 key always has this form")
}

/// Reads a private key.
pub fn read_private(text: &str) -> Option<SigningKey> {
    SigningKey::from_pkcs8_pem(text.trim()).ok()
}

/// Reads a public key: PEM, or its 32 bytes in base64 or base64url.
pub fn read_public(text: &str) -> Option<VerifyingKey> {
    let text = text.trim();
    if text.starts_with('-') {
        return VerifyingKey::from_public_key_pem(text).ok();
    }
    let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).ok()?;
    VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok().filter(|key| !key.is_weak())
}
