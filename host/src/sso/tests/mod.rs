//! Tokens as honest and dishonest issuers make them, and what becomes of who brings them.

mod sign_in;
mod token;

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::config::Sso;

const ISSUER: &str = "https://existing.example";
const RSA_PRIVATE: &[u8] = include_bytes!("rsa-private.pem");
const RSA_PUBLIC: &[u8] = include_bytes!("rsa-public.pem");

fn pair(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn ed_key(seed: u8) -> EncodingKey {
    let der = pair(seed).to_pkcs8_der().expect("PKCS #8");
    EncodingKey::from_ed_der(der.as_bytes())
}

/// The public half of a pair, base64url.
fn x(seed: u8) -> String {
    URL_SAFE_NO_PAD.encode(pair(seed).verifying_key().as_bytes())
}

/// A JWK set with the keys `one` and `two`, and a key that is for something else.
fn jwks(directory: &Path) -> PathBuf {
    let key =
        |kid: &str, seed: u8| json!({ "kty": "OKP", "crv": "Ed25519", "kid": kid, "x": x(seed) });
    let mut other = key("encryption", 1);
    other["use"] = "enc".into();
    let path = directory.join("jwks.json");
    let set = json!({ "keys": [key("one", 1), key("two", 2), other] });
    std::fs::write(&path, set.to_string()).expect("written");
    path
}

fn rules(keys: Vec<PathBuf>) -> Sso {
    Sso {
        issuer: ISSUER.to_owned(),
        keys,
        roles: ["chief=superadmin", "seller=agent", "boss=reseller", "odd=no-such-role"]
            .map(str::to_owned)
            .into(),
        ..Sso::default()
    }
}

fn header(kid: &str) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(super::TYPE.to_owned());
    header.kid = Some(kid.to_owned());
    header
}

/// What an honest token says at `now`, unix seconds.
fn claims(now: i64) -> Value {
    json!({
        "iss": ISSUER, "aud": ["other", "cockpit"], "sub": "4711", "jti": format!("j{now}"),
        "iat": now, "exp": now + 60, "email": "carla@existing.example", "name": "Carla",
        "roles": ["chief", "unheard-of"], "org": "head-office",
    })
}

fn signed(header: &Header, claims: &Value, key: &EncodingKey) -> String {
    encode(header, claims, key).expect("signed")
}
