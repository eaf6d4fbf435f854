//! The public keys of the existing cockpit: PEM files or JWK sets (RFC 7517), each with its `kid`.

use std::path::{Path, PathBuf};

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use plugin_api::{Fault, FaultKind};

use super::Refusal;

/// A key that may have signed a token. The algorithm belongs to the key: what a token's header says
/// only has to agree with it.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    /// What a token's header calls it.
    pub(super) kid: String,
    /// The one algorithm it is for.
    pub(super) algorithm: Algorithm,
    /// Its public half.
    pub(super) public: DecodingKey,
}

/// The keys of all files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys(Vec<Key>);

impl Keys {
    /// Reads the files anew, so that the issuer's keys can change while we run.
    pub(crate) async fn read(files: &[PathBuf]) -> Result<Self, Fault> {
        let mut keys = Vec::new();
        for file in files {
            let text =
                tokio::fs::read_to_string(file).await.map_err(|error| broken(file, error))?;
            keys.extend(parsed(file, &text).map_err(|error| broken(file, error))?);
        }
        Ok(Self(keys))
    }

    /// The key a token names. Without a `kid` it is the only one there is.
    pub(super) fn find(&self, kid: Option<&str>) -> Result<&Key, Refusal> {
        match (kid, self.0.as_slice()) {
            (Some(kid), all) => {
                all.iter().find(|key| key.kid == kid).ok_or(Refusal::Untrusted("unknown kid"))
            }
            (None, [only]) => Ok(only),
            (None, _) => Err(Refusal::Untrusted("no kid, and not exactly one key")),
        }
    }
}

fn broken(file: &Path, error: impl std::fmt::Display) -> Fault {
    let file = file.display();
    Fault::new(FaultKind::Unavailable, format!("the key file {file} of sso.keys: {error}"))
}

fn parsed(file: &Path, text: &str) -> Result<Vec<Key>, String> {
    if text.contains("PRIVATE KEY") {
        return Err("holds a private key, which belongs to the issuer alone".to_owned());
    }
    if text.trim_start().starts_with('{') {
        let set: JwkSet = serde_json::from_str(text).map_err(|error| error.to_string())?;
        return set.keys.iter().filter_map(of_jwk).collect();
    }
    let bytes = text.as_bytes();
    let (algorithm, public) = DecodingKey::from_ed_pem(bytes)
        .map(|public| (Algorithm::EdDSA, public))
        .or_else(|_| DecodingKey::from_rsa_pem(bytes).map(|public| (Algorithm::RS256, public)))
        .map_err(|_| "holds no public key of Ed25519 or RSA in PEM".to_owned())?;
    let kid = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(vec![Key { kid, algorithm, public }])
}

/// A key of a set; keys for something else are passed over.
fn of_jwk(jwk: &Jwk) -> Option<Result<Key, String>> {
    let is_for_signatures =
        jwk.common.public_key_use.as_ref().is_none_or(|used| *used == PublicKeyUse::Signature);
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
            Algorithm::EdDSA
        }
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        _ => return None,
    };
    let named = jwk.common.key_algorithm.map(|named| named.to_string());
    let is_ours = named.is_none_or(|named| named == format!("{algorithm:?}"));
    if !is_for_signatures || !is_ours {
        return None;
    }
    let Some(kid) = jwk.common.key_id.clone() else {
        return Some(Err("holds a key without a kid".to_owned()));
    };
    let public = DecodingKey::from_jwk(jwk).map_err(|error| error.to_string());
    Some(public.map(|public| Key { kid, algorithm, public }))
}
