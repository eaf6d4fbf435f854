//! A metadata document on its way: what it says, when it ends, who signed it.

use std::collections::BTreeMap;

use plugin_api::hex;
use plugin_api::time::{parse_instant, rfc3339};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::canonical::{Unrepresentable, canonical};
use super::key::{Keyring, PublicKey};
use super::role::{Body, RoleKeys, SPECIFICATION, Signed};

/// What a document will say, without version and end.
#[derive(Debug, Clone)]
pub struct Draft {
    kind: &'static str,
    members: Map<String, Json>,
    /// Hash of what it says and of who must sign it: two documents with the same one are the same to
    /// clients.
    pub content: String,
}

impl Draft {
    /// A document that says `body`, to be signed with `signers`.
    pub fn new<B: Body>(body: &B, signers: &RoleKeys) -> Result<Self, Unrepresentable> {
        let Json::Object(members) = serde_json::to_value(body)? else {
            return Err(Unrepresentable("a body is an object".to_owned()));
        };
        let mut keyids = signers.keyids.clone();
        keyids.sort_unstable();
        let all = json!({"body": members, "keyids": keyids, "threshold": signers.threshold});
        let content = hex(&Sha256::digest(canonical(&all)?));
        Ok(Self { kind: B::TYPE, members, content })
    }

    /// The document of `role` with this version that ends at `expires_at`, not signed yet.
    pub fn dated(
        &self,
        role: &str,
        version: i64,
        expires_at: i64,
    ) -> Result<Document, Unrepresentable> {
        let mut members = self.members.clone();
        for (name, value) in [
            ("_type", Json::from(self.kind)),
            ("spec_version", SPECIFICATION.into()),
            ("version", version.into()),
            ("expires", rfc3339(expires_at).into()),
        ] {
            members.insert(name.to_owned(), value);
        }
        Ok(Document {
            role: role.to_owned(),
            version,
            expires_at,
            content: self.content.clone(),
            signed: canonical(&members)?,
            signatures: BTreeMap::new(),
        })
    }
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its role.
    pub role: String,
    /// Its version.
    pub version: i64,
    /// When it ends, unix milliseconds.
    pub expires_at: i64,
    /// As of [`Draft::content`].
    pub content: String,
    /// The canonical bytes that are signed.
    pub signed: Vec<u8>,
    /// Hex, by key id.
    pub signatures: BTreeMap<String, String>,
}

impl Document {
    /// Signs with every key of `signers` whose secret is at hand.
    pub fn sign(&mut self, signers: &RoleKeys, keyring: &Keyring) {
        for id in &signers.keyids {
            if let Some(signature) = keyring.sign(id, &self.signed) {
                self.signatures.insert(id.clone(), signature);
            }
        }
    }

    /// Whether enough of `signers` signed it.
    pub fn is_signed(&self, signers: &RoleKeys, keys: &BTreeMap<String, PublicKey>) -> bool {
        is_signed(&self.signed, &self.signatures, signers, keys)
    }

    /// As clients get it. Written once and kept: what was signed is never serialised again.
    pub fn bytes(&self) -> Vec<u8> {
        self.asking(&[])
    }

    /// The same with an empty signature for each of these keys, by which TUF tools see who is asked
    /// to sign.
    pub fn asking(&self, key_ids: &[String]) -> Vec<u8> {
        let signature =
            |id: &String, sig: &str| Signature { keyid: id.clone(), sig: sig.to_owned() };
        let there = self.signatures.iter().map(|(id, sig)| signature(id, sig));
        let asked = key_ids.iter().map(|id| signature(id, ""));
        let signatures: Vec<Signature> = there.chain(asked).collect();
        let signatures = serde_json::to_vec(&signatures).unwrap_or_default();
        [&br#"{"signatures":"#[..], &signatures, br#","signed":"#, &self.signed, b"}"].concat()
    }
}

/// Whether at least the threshold of distinct keys of `signers` signed these bytes.
pub fn is_signed(
    signed: &[u8],
    signatures: &BTreeMap<String, String>,
    signers: &RoleKeys,
    keys: &BTreeMap<String, PublicKey>,
) -> bool {
    let good = |id: &&String| {
        let (key, signature) = (keys.get(id.as_str()), signatures.get(id.as_str()));
        key.zip(signature).is_some_and(|(key, signature)| key.verifies(signed, signature))
    };
    let ids: std::collections::BTreeSet<_> = signers.keyids.iter().collect();
    signers.threshold > 0 && ids.into_iter().filter(good).count() >= signers.threshold
}

/// One signature, as it stands in a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Signature {
    /// Id of the key.
    pub keyid: String,
    /// Hex.
    pub sig: String,
}

/// A whole document as it is read; `signed` is looked at in canonical form.
#[derive(Debug, Clone, Deserialize)]
pub struct Envelope {
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// What.
    #[serde(default)]
    pub signed: Option<Json>,
}

impl Envelope {
    /// The signatures by key id; of two of one key, the last. An empty one asks for a signature.
    pub fn by_key(&self) -> BTreeMap<String, String> {
        let made = self.signatures.iter().filter(|signature| !signature.sig.is_empty());
        made.map(|s| (s.keyid.clone(), s.sig.clone())).collect()
    }
}

/// The signed part of a stored document.
pub fn read<B: Body>(bytes: &[u8]) -> Result<Signed<B>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Whole<B> {
        signed: Signed<B>,
    }
    serde_json::from_slice::<Whole<B>>(bytes).map(|whole| whole.signed)
}

/// When a document whose canonical bytes are these ends, unix milliseconds; 0 when it does not say.
pub fn end_of(signed: &[u8]) -> i64 {
    #[derive(Deserialize)]
    struct End {
        expires: String,
    }
    let end = serde_json::from_slice::<End>(signed).ok();
    end.and_then(|end| parse_instant(&end.expires)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::role::{Targets, Timestamp};
    use super::*;

    #[test]
    fn a_document_counts_each_key_once_and_ends_on_a_whole_second() {
        let mut ring = Keyring::default();
        let keys: BTreeMap<_, _> =
            [[1; 32], [2; 32]].iter().map(|s| ring.add(s)).map(|k| (k.id(), k)).collect();
        let ids: Vec<String> = keys.keys().cloned().collect();
        let first = ids.first().cloned().expect("a key");
        let both = RoleKeys { keyids: ids, threshold: 2 };
        let twice = RoleKeys { keyids: vec![first.clone(), first.clone()], threshold: 2 };
        let one = RoleKeys { keyids: vec![first], threshold: 1 };

        let draft = Draft::new(&Timestamp::default(), &both).expect("a draft");
        let mut document = draft.dated("timestamp", 1, 1_768_471_200_999).expect("dated");
        document.sign(&one, &ring);
        assert!(document.is_signed(&one, &keys));
        assert!(!document.is_signed(&both, &keys) && !document.is_signed(&twice, &keys));
        document.sign(&both, &ring);
        assert!(document.is_signed(&both, &keys));

        let text = String::from_utf8(document.bytes()).expect("ASCII");
        assert!(text.contains(r#""expires":"2026-01-15T10:00:00Z""#), "{text}");
        assert_eq!(end_of(&document.signed), 1_768_471_200_000);
        let read: Signed<Timestamp> = read(text.as_bytes()).expect("readable");
        assert_eq!((read.version, read.kind.as_str()), (1, "timestamp"));
    }

    #[test]
    fn the_content_depends_on_what_is_said_and_on_who_signs() {
        let signers = |id: &str| RoleKeys { keyids: vec![id.to_owned()], threshold: 1 };
        let of = |id: &str| Draft::new(&Targets::default(), &signers(id)).expect("a draft").content;
        assert_eq!(of("a"), of("a"));
        assert_ne!(of("a"), of("b"));
    }
}
