//! Who signed a bundle, and whether this cockpit trusts them.
//!
//! A key that is trusted may be the one that signed, or the root of the cockpit it belongs to, which
//! certifies such keys and outlives them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};

use super::manifest::TOKEN_TYPE;

/// Header `typ` of certificates.
const CERTIFICATE: &str = "cockpit-key+jwt";

/// Who signed, and what.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    /// The public key, base64url of its 32 bytes.
    pub key: String,
    /// What people compare: the thumbprint of the key (RFC 7638).
    pub fingerprint: String,
    /// What was signed.
    pub claims: Map<String, Json>,
    /// Certificate of the key, if it came with one.
    certificate: Option<String>,
}

/// Reads a signature with the keys that came along; none if it is not of one of them, or of another
/// type. It says nothing about trust.
pub fn read(token: &str, keys: &Json) -> Option<Signed> {
    let token = token.trim();
    let kid = header(token)?.get("kid")?.as_str()?.to_owned();
    let jwk = keys.get("keys")?.as_array()?.iter().find(|jwk| {
        jwk.get("x")
            .and_then(Json::as_str)
            .and_then(public)
            .is_some_and(|key| thumbprint(&key) == kid)
    })?;
    let text = jwk.get("x")?.as_str()?;
    let claims = verified(token, &public(text)?, TOKEN_TYPE)?;
    let certificate = jwk.get("cockpit_certificate").and_then(Json::as_str).map(str::to_owned);
    Some(Signed { key: text.to_owned(), fingerprint: kid, claims, certificate })
}

impl Signed {
    /// Whether one of these keys (one a line or word: base64, base64url, or PEM without its lines) is
    /// the one that signed, or certifies it.
    pub fn is_trusted(&self, trusted: &str) -> bool {
        let own = public(&self.key);
        trusted
            .split_whitespace()
            .filter_map(public)
            .any(|key| own.as_ref() == Some(&key) || self.is_certified_by(&key))
    }

    fn is_certified_by(&self, root: &VerifyingKey) -> bool {
        let claims = self.certificate.as_deref().and_then(|text| verified(text, root, CERTIFICATE));
        let text = |claims: &Map<String, Json>, name: &str| {
            claims.get(name).and_then(Json::as_str).map(str::to_owned)
        };
        claims.is_some_and(|claims| {
            text(&claims, "sub").as_ref() == Some(&self.fingerprint)
                && text(&claims, "token_typ").as_deref() == Some(TOKEN_TYPE)
                && text(&claims, "plugin").as_deref() == Some(crate::ID)
        })
    }
}

/// The Ed25519 key of base64 or base64url over its 32 bytes, or over its SPKI form (RFC 8410 §4).
fn public(text: &str) -> Option<VerifyingKey> {
    let plain = text.trim_end_matches('=');
    let bytes = URL_SAFE_NO_PAD
        .decode(plain)
        .or_else(|_| STANDARD.decode(text))
        .ok()
        .or_else(|| base64::engine::general_purpose::STANDARD_NO_PAD.decode(plain).ok())?;
    let raw = match bytes.len() {
        44 => bytes.get(12..)?,
        _ => &bytes,
    };
    let key = VerifyingKey::from_bytes(raw.try_into().ok()?).ok()?;
    (!key.is_weak()).then_some(key)
}

/// RFC 7638 §3.
fn thumbprint(key: &VerifyingKey) -> String {
    let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
}

fn header(token: &str) -> Option<Json> {
    let (header, _) = token.split_once('.')?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()
}

/// The claims of a compact JWS (RFC 7515 §7.1) of this type that this key signed with Ed25519.
fn verified(token: &str, key: &VerifyingKey, typ: &str) -> Option<Map<String, Json>> {
    let header = header(token)?;
    let is_ours = header.get("alg")? == "EdDSA" && header.get("typ")? == typ;
    let (signed, signature) = token.rsplit_once('.').filter(|_| is_ours)?;
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    key.verify_strict(signed.as_bytes(), &signature).ok()?;
    let (_, claims) = signed.split_once('.')?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}
