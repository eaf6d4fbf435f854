//! Keys that sign metadata: Ed25519, as TUF 1.0 §4.2 writes them.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use plugin_api::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::canonical::canonical;

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    keytype: String,
    keyval: KeyValue,
    scheme: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KeyValue {
    public: String,
}

impl PublicKey {
    /// The key of 64 hexadecimal digits; none for a key that is none, or under which anybody could
    /// sign.
    pub fn of_hex(text: &str) -> Option<Self> {
        let bytes = unhex::<32>(text.trim())?;
        VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())?;
        Some(Self::of_bytes(&bytes))
    }

    fn of_bytes(bytes: &[u8; 32]) -> Self {
        let ed25519 = "ed25519".to_owned();
        let keyval = KeyValue { public: hex(bytes) };
        Self { keytype: ed25519.clone(), scheme: ed25519, keyval }
    }

    /// SHA-256 of its canonical JSON, hex: tough insists on it.
    pub fn id(&self) -> String {
        hex(&Sha256::digest(canonical(self).unwrap_or_default()))
    }

    /// The 32 bytes in hexadecimal.
    pub fn hex(&self) -> &str {
        &self.keyval.public
    }

    /// Whether `signature` (hex) was made over `message` with the secret of this key.
    pub fn verifies(&self, message: &[u8], signature: &str) -> bool {
        let key = unhex::<32>(&self.keyval.public)
            .filter(|_| self.keytype == "ed25519" && self.scheme == "ed25519")
            .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        let signature = unhex::<64>(signature).map(|bytes| Signature::from_bytes(&bytes));
        matches!((key, signature), (Some(key), Some(signature))
            if key.verify_strict(message, &signature).is_ok())
    }
}

/// Secrets that are at hand, by key id.
#[derive(Default)]
pub struct Keyring(BTreeMap<String, SigningKey>);

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

impl Keyring {
    /// Adds the key of this secret and answers its public half.
    pub fn add(&mut self, secret: &[u8; 32]) -> PublicKey {
        let key = SigningKey::from_bytes(secret);
        let public = PublicKey::of_bytes(key.verifying_key().as_bytes());
        self.0.insert(public.id(), key);
        public
    }

    /// Whether the secret of this key is at hand.
    pub fn has(&self, key_id: &str) -> bool {
        self.0.contains_key(key_id)
    }

    /// A signature over `message`, hex; none without the secret.
    pub fn sign(&self, key_id: &str, message: &[u8]) -> Option<String> {
        Some(hex(&self.0.get(key_id)?.sign(message).to_bytes()))
    }
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|n| u8::try_from(n).ok());
    let digits: Vec<u8> = text.bytes().map(digit).collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    bytes.try_into().ok().filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first vector of RFC 8032 §7.1, its id as securesystemslib computes it.
    #[test]
    fn the_key_of_rfc_8032_signs_and_is_called_as_others_call_it() {
        let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let mut ring = Keyring::default();
        let key = ring.add(&unhex(secret).expect("32 bytes"));
        assert_eq!(key.hex(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assert_eq!(key.id(), KEY_ID);
        let signature = ring.sign(&key.id(), b"").expect("the secret is at hand");
        assert!(
            signature
                .starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
        );
        assert!(key.verifies(b"", &signature));
        assert!(!key.verifies(b"x", &signature));
        assert!(!key.verifies(b"", &signature[2..]));
    }

    const KEY_ID: &str = "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916";

    #[test]
    fn what_is_no_key_is_refused() {
        let zero = "00".repeat(32);
        let one = format!("01{}", "00".repeat(31));
        for text in ["", "zz", &zero, &one, &"ab".repeat(33), &"é".repeat(32)] {
            assert_eq!(PublicKey::of_hex(text), None, "{text}");
        }
    }
}
