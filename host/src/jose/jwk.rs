//! Public keys as JSON web keys (RFC 7517, RFC 8037) and their thumbprints (RFC 7638).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The SHA-256 thumbprint of `key` (RFC 7638 §3), which names it in the `kid` of tokens.
pub fn thumbprint(key: &VerifyingKey) -> String {
    let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
}

/// `key` as a JSON web key.
pub fn jwk(key: &VerifyingKey) -> Value {
    json!({
        "kty": "OKP",
        "crv": "Ed25519",
        "x": URL_SAFE_NO_PAD.encode(key.as_bytes()),
        "kid": thumbprint(key),
        "use": "sig",
        "alg": "EdDSA",
    })
}

/// `keys` as a JWK set (RFC 7517 §5).
pub fn jwk_set<'a>(keys: impl IntoIterator<Item = &'a VerifyingKey>) -> Value {
    json!({ "keys": keys.into_iter().map(jwk).collect::<Vec<_>>() })
}
