//! Checks tokens, strictly: what stands in the header never chooses how.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;

use super::{Claims, LONGEST, json};

/// Why a token is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// It is longer than [`LONGEST`].
    #[error("the token is longer than {LONGEST} bytes")]
    Long,
    /// It is not three parts of unpadded base64url holding JSON objects and a signature.
    #[error("this is not a token: it must be three parts of base64url with a dot between them")]
    Malformed,
    /// The header names another algorithm.
    #[error("the token is not signed with Ed25519")]
    Algorithm,
    /// The header has a member that is not allowed here.
    #[error("the header of the token has the member {0:?}, which is not accepted")]
    Header(String),
    /// It is a token for another purpose.
    #[error("the token is of the type {0:?}")]
    Type(String),
    /// No known key has its `kid`.
    #[error("the token was signed with a key that is not known here")]
    Key,
    /// The signature does not belong to the content.
    #[error("the signature of the token is wrong: it was altered")]
    Signature,
}

/// The claims of `token`, if it is of the type `typ` and signed by the key that `key_of` knows under
/// its `kid`. Times are not looked at.
pub fn verify(
    token: &str,
    typ: &str,
    key_of: impl FnOnce(&str) -> Option<VerifyingKey>,
) -> Result<Claims, JwsError> {
    let token = Parts::split(token)?;
    let header = token.header()?;
    if header.typ != typ {
        return Err(JwsError::Type(header.typ));
    }
    let key = key_of(&header.kid).ok_or(JwsError::Key)?;
    json::object(&token.verified(&key)?).ok_or(JwsError::Malformed)
}

/// A token taken apart, nothing of it believed yet.
pub(super) struct Parts<'a> {
    signed: &'a str,
    header: &'a str,
    payload: &'a str,
    signature: Signature,
}

struct Header {
    typ: String,
    kid: String,
}

impl<'a> Parts<'a> {
    pub(super) fn split(token: &'a str) -> Result<Self, JwsError> {
        if token.len() > LONGEST {
            return Err(JwsError::Long);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwsError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Malformed)?;
        let signature = decoded(signature)?;
        // An empty signature or one of another length is how other algorithms look like, so the
        // header speaks first; `decoded` has seen to the alphabet.
        let Ok(signature) = Signature::from_slice(&signature) else {
            return Err(algorithm(header).err().unwrap_or(JwsError::Malformed));
        };
        Ok(Self { signed, header, payload, signature })
    }

    fn header(&self) -> Result<Header, JwsError> {
        let mut members = algorithm(self.header)?;
        let mut text = |name: &str| match members.remove(name) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(JwsError::Malformed),
        };
        Ok(Header { typ: text("typ")?, kid: text("kid")? })
    }

    /// The payload, once the signature has been found to be of `key`. `verify_strict` also refuses
    /// keys and signatures of small order.
    pub(super) fn verified(&self, key: &VerifyingKey) -> Result<Vec<u8>, JwsError> {
        let payload = decoded(self.payload)?;
        key.verify_strict(self.signed.as_bytes(), &self.signature)
            .map_err(|_| JwsError::Signature)?;
        Ok(payload)
    }
}

/// The members of the header, none of which may change how a token is read (`crit`, `b64`, `jku`).
fn algorithm(header: &str) -> Result<Claims, JwsError> {
    let members = json::object(&decoded(header)?).ok_or(JwsError::Malformed)?;
    // RFC 9864 calls the same signature `Ed25519`.
    if !matches!(members.get("alg").and_then(Value::as_str), Some("EdDSA" | "Ed25519")) {
        return Err(JwsError::Algorithm);
    }
    match members.keys().find(|name| !["alg", "typ", "kid"].contains(&name.as_str())) {
        Some(name) => Err(JwsError::Header(name.clone())),
        None => Ok(members),
    }
}

/// Strict base64url: no padding, no blanks, no set bits after the last byte.
fn decoded(part: &str) -> Result<Vec<u8>, JwsError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Malformed)
}
