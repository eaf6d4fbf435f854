//! Signatures made elsewhere, as they come back.

use serde::Deserialize;

use super::canonical::canonical;
use super::document::{Document, Envelope};
use super::role::{RoleKeys, Root};

/// Why signatures are not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejected {
    /// The file is not what a TUF tool writes.
    Unreadable,
    /// It says something else than what waits.
    OtherDocument,
    /// A key that does not sign this role.
    OtherKey(String),
    /// The signature is wrong.
    Wrong(String),
}

/// Reads a file: a whole document or its signatures alone, one or a list.
pub fn read(bytes: &[u8]) -> Result<Vec<Envelope>, Rejected> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum File {
        Many(Vec<Envelope>),
        One(Envelope),
    }
    match serde_json::from_slice(bytes) {
        Ok(File::One(envelope)) => Ok(vec![envelope]),
        Ok(File::Many(envelopes)) if !envelopes.is_empty() => Ok(envelopes),
        _ => Err(Rejected::Unreadable),
    }
}

/// Adds the signatures of `envelope` to a document that waits; `roots` are those whose keys may sign
/// it. Signatures that are there already are passed over.
pub fn accept(
    document: &mut Document,
    envelope: &Envelope,
    roots: &[&Root],
) -> Result<(), Rejected> {
    if let Some(signed) = &envelope.signed
        && canonical(signed).as_ref() != Ok(&document.signed)
    {
        return Err(Rejected::OtherDocument);
    }
    let role = super::role::Role::signing(&document.role);
    for (id, signature) in envelope.by_key() {
        if document.signatures.get(&id) == Some(&signature) {
            continue;
        }
        let signs = |signers: RoleKeys| signers.keyids.contains(&id);
        let key = roots.iter().find(|root| signs(root.keys_of(role)));
        let key = key.and_then(|root| root.keys.get(&id));
        let key = key.ok_or_else(|| Rejected::OtherKey(id.clone()))?;
        if !key.verifies(&document.signed, &signature) {
            return Err(Rejected::Wrong(id));
        }
        document.signatures.insert(id, signature);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::key::Keyring;
    use super::super::role::Role;
    use super::*;

    #[test]
    fn only_right_signatures_of_the_right_keys_over_the_same_document_are_taken() {
        let mut ring = Keyring::default();
        let secrets = Role::ALL.into_iter().zip(1u8..);
        let root =
            Root::first(secrets.map(|(role, n)| (role, ring.add(&[n; 32]))).collect::<Vec<_>>());
        let mut document = root.document(None, &Keyring::default(), 0).expect("a document");
        let signed = root.document(None, &ring, 0).expect("a document");
        let id = root.keys_of(Role::Root).keyids.remove(0);
        let of = |key: &str, sig: &str| json!({"signatures": [{"keyid": key, "sig": sig}]});
        let sig = signed.signatures.get(&id).expect("signed").as_str();
        let mut taken = |file: &serde_json::Value| {
            let envelopes = read(file.to_string().as_bytes())?;
            envelopes.iter().try_for_each(|one| accept(&mut document, one, &[&root]))
        };

        let other = root.keys_of(Role::Targets).keyids.remove(0);
        assert_eq!(taken(&of(&other, sig)), Err(Rejected::OtherKey(other.clone())));
        assert_eq!(taken(&of(&id, &"0".repeat(128))), Err(Rejected::Wrong(id.clone())));
        assert_eq!(taken(&json!([])), Err(Rejected::Unreadable));
        let mut whole = of(&id, sig);
        whole["signed"] = json!({"_type": "root"});
        assert_eq!(taken(&whole), Err(Rejected::OtherDocument));
        assert_eq!(taken(&json!([of(&id, sig)])), Ok(()));
        let asked = [other.clone()];
        let whole = serde_json::from_slice(&signed.asking(&asked)).expect("JSON");
        assert_eq!(taken(&whole), Ok(()), "an empty signature only asks for one");
        assert!(document.is_signed(&root.keys_of(Role::Root), &root.keys));
    }
}
