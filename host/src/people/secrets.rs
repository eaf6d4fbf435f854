//! Secrets nobody can guess, and the hash that is kept of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use plugin_api::{Cx, hex};
use sha2::{Digest as _, Sha256};

/// 256 random bits as base64url: 43 characters.
pub(crate) fn secret(cx: &Cx) -> String {
    URL_SAFE_NO_PAD.encode(cx.random::<32>())
}

/// What is stored of a secret: SHA-256 in lower-case hexadecimal. A secret of 256 random bits
/// needs no salt and no slow hash.
pub(crate) fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}
