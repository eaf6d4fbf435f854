//! Real cryptography under fixed keys, so that tests can verify tokens and hashes are stable.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hmac::{Hmac, Mac as _};
use plugin_api::Fault;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};

const NONCE: usize = 24;

/// What the host stamps as `iss`.
pub const ISSUER: &str = "https://cockpit.test";

/// The keys of all plugins, derived from their names.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Plugin and token type of every key that has signed.
    used: Mutex<BTreeSet<(String, String)>>,
    nonces: AtomicU64,
}

impl Keys {
    /// A compact JWS (RFC 7515 §7.1) of `claims`, which already hold what the host stamps.
    pub(crate) fn sign(&self, plugin: &str, typ: &str, claims: &Map<String, Json>) -> String {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert((plugin.to_owned(), typ.to_owned()));
        let key = signing_key(plugin, typ);
        let header = json!({ "alg": "EdDSA", "typ": typ, "kid": thumbprint(&key.verifying_key()) });
        let claims = Json::Object(claims.clone()).to_string();
        let signed =
            [header.to_string(), claims].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
        let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }

    /// The public keys of `plugin` as a JWK set (RFC 7517 §5).
    pub(crate) fn public(&self, plugin: &str) -> Json {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let ours = used.iter().filter(|(owner, _)| owner == plugin);
        let keys = ours.map(|(owner, typ)| jwk(&signing_key(owner, typ).verifying_key()));
        json!({ "keys": keys.collect::<Vec<_>>() })
    }

    /// Encrypts under a key of `plugin` and `purpose`, which are authenticated too.
    pub(crate) fn seal(&self, plugin: &str, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        let count = self.nonces.fetch_add(1, Ordering::Relaxed);
        if let Some((head, _)) = nonce.split_first_chunk_mut() {
            *head = count.to_be_bytes();
        }
        let aad = format!("{plugin}\0{purpose}");
        let sealed = cipher(plugin, purpose)
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: aad.as_bytes() })
            .expect("tests seal little");
        [&nonce[..], &sealed].concat()
    }
}

/// The claims of a token that was signed for `plugin` and `typ`.
pub(crate) fn verify(plugin: &str, typ: &str, token: &str) -> Option<Map<String, Json>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let key = signing_key(plugin, typ).verifying_key();
    key.verify_strict(signed.as_bytes(), &signature).ok()?;
    let header: Json = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let ours = header["alg"] == "EdDSA" && header["typ"] == typ;
    ours.then(|| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()).flatten()
}

/// Decrypts what [`Keys::seal`] made.
pub(crate) fn open(plugin: &str, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let altered = || Fault::invalid("the sealed bytes were altered").about(purpose);
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(altered)?;
    let aad = format!("{plugin}\0{purpose}");
    cipher(plugin, purpose)
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: aad.as_bytes() })
        .map_err(|_| altered())
}

/// HMAC-SHA-256 (RFC 2104) under a key of `plugin` and `purpose`.
pub(crate) fn mac(plugin: &str, purpose: &str, message: &[u8]) -> Vec<u8> {
    let key = derived("mac", plugin, purpose);
    let mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).expect("any length is a key");
    mac.chain_update(message).finalize().into_bytes().to_vec()
}

/// SHA-256 in hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    plugin_api::hex(&Sha256::digest(bytes))
}

fn derived(kind: &str, plugin: &str, purpose: &str) -> [u8; 32] {
    Sha256::digest(format!("{kind}\0{plugin}\0{purpose}")).into()
}

fn signing_key(plugin: &str, typ: &str) -> SigningKey {
    SigningKey::from_bytes(&derived("sign", plugin, typ))
}

fn cipher(plugin: &str, purpose: &str) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(derived("seal", plugin, purpose)))
}

/// RFC 7638 §3.
fn thumbprint(key: &VerifyingKey) -> String {
    let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
}

fn jwk(key: &VerifyingKey) -> Json {
    json!({
        "kty": "OKP",
        "crv": "Ed25519",
        "x": URL_SAFE_NO_PAD.encode(key.as_bytes()),
        "kid": thumbprint(key),
        "use": "sig",
        "alg": "EdDSA",
    })
}
