//! The other side of single sign-on: signs who is signed in here over to our cockpit.

use std::error::Error;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use serde_json::json;

use crate::Person;

/// What its tokens call their maker.
pub(crate) const ISSUER: &str = "https://existing.example";
/// What they call our cockpit.
pub(crate) const AUDIENCE: &str = "cockpit";
/// What they call its key.
const KID: &str = "existing-1";

/// The private key, which only the existing cockpit has.
pub(crate) struct Issuer {
    key: EncodingKey,
    /// The file with the public one, as a JWK set (RFC 7517).
    pub(crate) public_keys: PathBuf,
}

impl Issuer {
    /// Makes a key pair and writes its public half into `directory`.
    pub(crate) fn new(directory: &Path) -> Result<Self, Box<dyn Error>> {
        let pair = SigningKey::from_bytes(&random());
        let x = URL_SAFE_NO_PAD.encode(pair.verifying_key().as_bytes());
        let key = json!({ "kty": "OKP", "crv": "Ed25519", "kid": KID, "use": "sig", "x": x });
        let public_keys = directory.join("jwks.json");
        std::fs::create_dir_all(directory)?;
        std::fs::write(&public_keys, json!({ "keys": [key] }).to_string())?;
        let key = EncodingKey::from_ed_der(pair.to_pkcs8_der()?.as_bytes());
        Ok(Self { key, public_keys })
    }

    /// A token that signs `person` in once, within a minute.
    pub(crate) fn token(&self, person: &Person) -> String {
        let now = get_current_timestamp();
        let claims = json!({
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": person.id,
            "jti": secret(),
            "iat": now,
            "exp": now + 60,
            "email": person.email,
            "name": person.name,
            "roles": [person.role],
            "org": "head-office",
        });
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("cockpit-sso+jwt".to_owned());
        header.kid = Some(KID.to_owned());
        encode(&header, &claims, &self.key).expect("the key is an Ed25519 key")
    }
}

fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}

/// A text nobody guesses.
pub(crate) fn secret() -> String {
    URL_SAFE_NO_PAD.encode(random())
}
