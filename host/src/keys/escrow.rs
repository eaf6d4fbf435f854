//! A key in a file of its own, encrypted with a passphrase: argon2id (RFC 9106), then
//! XChaCha20-Poly1305.

use argon2::Argon2;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::SigningKey;
use plugin_api::{Fault, FaultKind};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::ring::signing_key;
use super::seal;

/// What a file says it is.
const FORMAT: &str = "cockpit-root-key/1";
/// Shortest passphrase, in characters.
const SHORTEST: usize = 12;

#[derive(Serialize, Deserialize)]
struct Locked {
    format: String,
    salt: String,
    sealed: String,
}

/// The text of the file. Short passphrases are refused: the file may lie anywhere.
pub(super) fn lock(key: &SigningKey, passphrase: &str) -> Result<String, Fault> {
    if passphrase.chars().count() < SHORTEST {
        return Err(Fault::invalid(format!(
            "the passphrase must have at least {SHORTEST} characters"
        )));
    }
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(Fault::internal)?;
    let sealed = seal::seal_with(&*stretched(passphrase, &salt)?, FORMAT, key.as_bytes())?;
    let locked = Locked {
        format: FORMAT.to_owned(),
        salt: STANDARD.encode(salt),
        sealed: STANDARD.encode(sealed),
    };
    Ok(serde_json::to_string_pretty(&locked)?)
}

/// The key in the text of a file.
pub(super) fn unlock(file: &str, passphrase: &str) -> Result<SigningKey, Fault> {
    let refused = |why: &str| Fault::new(FaultKind::Refused, why);
    let locked = serde_json::from_str::<Locked>(file).ok();
    let locked = locked.filter(|locked| locked.format == FORMAT);
    let locked = locked.ok_or_else(|| refused("this file holds no exported root"))?;
    let bytes = |text: &str| STANDARD.decode(text).map_err(Fault::invalid);
    let key = stretched(passphrase, &bytes(&locked.salt)?)?;
    let plain = seal::open_with(&key, FORMAT, &bytes(&locked.sealed)?)
        .map_err(|_| refused("the passphrase is wrong, or the file was altered"))?;
    signing_key(&plain)
}

fn stretched(passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, Fault> {
    let mut key = Zeroizing::new([0; 32]);
    Argon2::default()
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .map_err(|error| Fault::invalid(error.to_string()))?;
    Ok(key)
}
