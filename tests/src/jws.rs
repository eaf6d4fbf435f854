//! Makes tokens that nobody honest would make.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::pkcs8::DecodePrivateKey as _;
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Reads a private key file of a vendor.
pub fn read_key(path: &std::path::Path) -> SigningKey {
    let text = std::fs::read_to_string(path).expect("a private key file");
    SigningKey::from_pkcs8_pem(&text).expect("an Ed25519 key in PKCS #8")
}

/// The key's thumbprint (RFC 7638), its `kid`.
pub fn thumbprint(key: &SigningKey) -> String {
    let x = BASE64.encode(key.verifying_key().as_bytes());
    BASE64.encode(Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)))
}

/// The thumbprint of a public key as a JWKS holds it (RFC 7638 §3.2, RFC 8037 §2).
pub fn thumbprint_of_jwk(jwk: &Value) -> String {
    let x = jwk["x"].as_str().expect("x");
    BASE64.encode(Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)))
}

/// A part of a token: its header 0 or its claims 1.
pub fn part(token: &str, place: usize) -> Value {
    let part = token.split('.').nth(place).expect("a part");
    serde_json::from_slice(&BASE64.decode(part).expect("base64url")).expect("JSON")
}

/// A token signed with Ed25519.
pub fn signed(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let signed = unsigned(header, claims);
    let signature = BASE64.encode(key.sign(signed.as_bytes()).to_bytes());
    format!("{signed}.{signature}")
}

/// A token that claims to need no signature.
pub fn without_signature(typ: &str, claims: &Value) -> String {
    format!("{}.", unsigned(&json!({ "alg": "none", "typ": typ }), claims))
}

/// A token whose HMAC secret is the public key everybody knows.
pub fn with_public_key_as_secret(key: &SigningKey, typ: &str, claims: &Value) -> String {
    let header = json!({ "alg": "HS256", "typ": typ, "kid": thumbprint(key) });
    let signed = unsigned(&header, claims);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.verifying_key().as_bytes()).expect("any size");
    mac.update(signed.as_bytes());
    format!("{signed}.{}", BASE64.encode(mac.finalize().into_bytes()))
}

fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()))
}

/// A token with other claims under the old signature.
pub fn with_claims(token: &str, claims: &Value) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, _, signature] = parts.as_slice() else { panic!("{token} is no token") };
    format!("{header}.{}.{signature}", BASE64.encode(claims.to_string()))
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
