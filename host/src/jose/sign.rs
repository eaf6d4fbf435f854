//! Makes tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::json;

use super::Claims;

/// Signs `claims` as a compact JWS (RFC 7515 §7.1) of the type `typ` with the key called `kid`.
pub fn sign(key: &SigningKey, typ: &str, kid: &str, claims: &Claims) -> String {
    let header = json!({ "alg": "EdDSA", "typ": typ, "kid": kid });
    let payload = serde_json::to_string(claims).expect("names are text and values are JSON");
    let mut token = URL_SAFE_NO_PAD.encode(header.to_string());
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let signature = key.sign(token.as_bytes());
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature.to_bytes(), &mut token);
    token
}
