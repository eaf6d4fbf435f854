//! Signing, keyed hashes and sealing; the keys themselves never leave the host.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::base64_bytes;
use crate::{Cx, Fault};

/// A token to be signed. The host stamps `iss` and `iat`, and `jti` unless the claims carry one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignRequest {
    /// Header `typ`; one this plugin described.
    pub typ: String,
    /// All other claims; times in seconds (RFC 7519 `NumericDate`).
    pub claims: Map<String, Json>,
}

/// A signed token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Signed {
    /// Compact JWS (RFC 7515 §7.1), `alg: EdDSA`.
    pub token: String,
}

/// A token to be checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VerifyRequest {
    /// The header `typ` it must have.
    pub typ: String,
    /// The compact JWS.
    pub token: String,
}

/// Bytes to be hashed with a key of this plugin and purpose.
#[derive(Clone, Serialize, Deserialize)]
pub struct MacRequest {
    /// Separates keys within the plugin.
    pub purpose: String,
    /// The message.
    #[serde(with = "base64_bytes")]
    pub bytes: Vec<u8>,
}

/// Bytes to be encrypted or decrypted with a key of this plugin and purpose.
#[derive(Clone, Serialize, Deserialize)]
pub struct SealRequest {
    /// Separates keys within the plugin; also authenticated.
    pub purpose: String,
    /// Plain or sealed bytes.
    #[serde(with = "base64_bytes")]
    pub bytes: Vec<u8>,
}

/// Bytes in an answer.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Bytes {
    #[serde(with = "base64_bytes")]
    pub(crate) bytes: Vec<u8>,
}

impl Cx {
    /// Signs `claims` as a token of type `typ`, verifiable offline with the published JWKS.
    pub async fn sign(&self, typ: &str, claims: Map<String, Json>) -> Result<String, Fault> {
        let request = SignRequest { typ: typ.to_owned(), claims };
        self.ask::<Signed>("keys.sign", &request).await.map(|signed| signed.token)
    }

    /// The claims of a token of ours, whatever its `exp`; `None` if it was altered, is of another
    /// type or was never signed here.
    pub async fn verify(&self, typ: &str, token: &str) -> Result<Option<Map<String, Json>>, Fault> {
        let request = VerifyRequest { typ: typ.to_owned(), token: token.to_owned() };
        self.ask("keys.verify", &request).await
    }

    /// HMAC-SHA-256 (RFC 2104) under a key of this plugin and `purpose`: to look secrets up without
    /// storing them.
    pub async fn mac(&self, purpose: &str, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let request = MacRequest { purpose: purpose.to_owned(), bytes: message.to_owned() };
        self.ask::<Bytes>("keys.mac", &request).await.map(|answer| answer.bytes)
    }

    /// Encrypts (XChaCha20-Poly1305) under a key of this plugin and `purpose`.
    pub async fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let request = SealRequest { purpose: purpose.to_owned(), bytes: plain.to_owned() };
        self.ask::<Bytes>("keys.seal", &request).await.map(|answer| answer.bytes)
    }

    /// Decrypts what [`seal`](Self::seal) made; a fault if it was altered.
    pub async fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let request = SealRequest { purpose: purpose.to_owned(), bytes: sealed.to_owned() };
        self.ask::<Bytes>("keys.open", &request).await.map(|answer| answer.bytes)
    }

    /// The public keys of this plugin's tokens as a JWK set (RFC 7517).
    pub async fn public_keys(&self) -> Result<Json, Fault> {
        self.ask("keys.public", &()).await
    }
}
