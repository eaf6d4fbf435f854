//! Changes of the keys of a repository: a new root (TUF 1.0.34 §6.1).

use super::canonical::Unrepresentable;
use super::document::{Document, Draft};
use super::key::{Keyring, PublicKey};
use super::lifetime;
use super::role::{Role, Root};

/// Which keys a role has from now on.
#[derive(Debug, Clone)]
pub struct KeyChange {
    /// The role.
    pub role: Role,
    /// Keys that sign it too.
    pub add: Vec<PublicKey>,
    /// Ids of keys that sign it no more.
    pub remove: Vec<String>,
    /// How many must sign; as before when none is said.
    pub threshold: Option<usize>,
}

/// Why keys cannot be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The threshold is 0 or more than there are keys.
    Threshold,
    /// A key to add is there already.
    KnownKey,
    /// A key to remove is not there.
    UnknownKey,
    /// Snapshot and timestamp are signed every day, so that enough of their keys must be here.
    Online,
}

impl Root {
    /// The root with a change made to it. `keyring` has the secrets that are at hand, those of new keys
    /// among them.
    pub fn changed(&self, change: &KeyChange, keyring: &Keyring) -> Result<Self, Unfit> {
        let mut root = self.clone();
        let signers = root.roles.entry(change.role).or_default();
        for id in &change.remove {
            let at = signers.keyids.iter().position(|known| known == id);
            signers.keyids.remove(at.ok_or(Unfit::UnknownKey)?);
        }
        for key in &change.add {
            if self.keys.contains_key(&key.id()) || signers.keyids.contains(&key.id()) {
                return Err(Unfit::KnownKey);
            }
            signers.keyids.push(key.id());
            root.keys.insert(key.id(), key.clone());
        }
        signers.threshold = change.threshold.unwrap_or(signers.threshold);
        if !(1..=signers.keyids.len()).contains(&signers.threshold) {
            return Err(Unfit::Threshold);
        }
        let here = signers.keyids.iter().filter(|id| keyring.has(id)).count();
        if !change.role.may_be_offline() && here < signers.threshold {
            return Err(Unfit::Online);
        }
        let roles = &root.roles;
        root.keys.retain(|id, _| roles.values().any(|signers| signers.keyids.contains(id)));
        Ok(root)
    }

    /// A root with one key for each role, all of them at hand.
    pub fn first(keys: impl IntoIterator<Item = (Role, PublicKey)>) -> Self {
        let mut root = Self { consistent_snapshot: true, ..Self::default() };
        for (role, key) in keys {
            let signers = root.roles.entry(role).or_default();
            (signers.keyids, signers.threshold) = (vec![key.id()], 1);
            root.keys.insert(key.id(), key);
        }
        root
    }

    /// The document of this root that follows `before` (none for the first), signed with what is at
    /// hand.
    pub fn document(
        &self,
        before: Option<&(i64, Self)>,
        keyring: &Keyring,
        now: i64,
    ) -> Result<Document, Unrepresentable> {
        let signers = self.keys_of(Role::Root);
        let version = before.map_or(0, |(version, _)| *version) + 1;
        let draft = Draft::new(self, &signers)?;
        let end = lifetime::end(Role::Root, now);
        let mut document = draft.dated(Role::Root.name(), version, end)?;
        document.sign(&signers, keyring);
        if let Some((_, before)) = before {
            document.sign(&before.keys_of(Role::Root), keyring);
        }
        Ok(document)
    }

    /// Whether a document of this root may follow `before`: enough old keys and enough new ones signed
    /// it.
    pub fn may_follow(&self, before: &Self, document: &Document) -> bool {
        document.is_signed(&before.keys_of(Role::Root), &before.keys)
            && document.is_signed(&self.keys_of(Role::Root), &self.keys)
    }

    /// Whether enough secrets of a role are at hand to sign it.
    pub fn is_online(&self, role: Role, keyring: &Keyring) -> bool {
        let signers = self.keys_of(role);
        signers.keyids.iter().filter(|id| keyring.has(id)).count() >= signers.threshold
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(ring: &mut Keyring) -> Root {
        let secrets = Role::ALL.into_iter().zip(1u8..);
        Root::first(secrets.map(|(role, n)| (role, ring.add(&[n; 32]))).collect::<Vec<_>>())
    }

    fn change(role: Role, add: Vec<PublicKey>, remove: &[String]) -> KeyChange {
        KeyChange { role, add, remove: remove.to_vec(), threshold: None }
    }

    #[test]
    fn a_new_root_needs_old_and_new_keys() {
        let mut ring = Keyring::default();
        let before = root(&mut ring);
        let elsewhere = Keyring::default().add(&[9; 32]);
        let old = before.keys_of(Role::Root).keyids;
        let taken_out = change(Role::Root, vec![elsewhere.clone()], &old);
        let next = before.changed(&taken_out, &ring).expect("fits");
        assert!(!next.is_online(Role::Root, &ring) && next.is_online(Role::Targets, &ring));
        assert!(!next.keys.contains_key(&old[0]));

        let mut document = next.document(Some(&(1, before.clone())), &ring, 0).expect("a document");
        assert_eq!(document.version, 2);
        assert!(!next.may_follow(&before, &document), "the new key has not signed");
        let mut vendor = Keyring::default();
        vendor.add(&[9; 32]);
        document.sign(&next.keys_of(Role::Root), &vendor);
        assert!(next.may_follow(&before, &document));
        document.signatures.remove(&old[0]);
        assert!(!next.may_follow(&before, &document), "the old key has not signed");
    }

    #[test]
    fn what_would_lock_somebody_out_is_refused() {
        let mut ring = Keyring::default();
        let root = root(&mut ring);
        let elsewhere = Keyring::default().add(&[9; 32]);
        let of = |role| root.keys_of(role).keyids;
        let refused = |change: KeyChange| root.changed(&change, &ring).expect_err("refused");
        let snapshot = change(Role::Snapshot, vec![elsewhere.clone()], &of(Role::Snapshot));
        assert_eq!(refused(snapshot), Unfit::Online);
        assert_eq!(refused(change(Role::Targets, vec![], &of(Role::Targets))), Unfit::Threshold);
        assert_eq!(refused(change(Role::Root, vec![], &of(Role::Targets))), Unfit::UnknownKey);
        let known = root.keys.values().next().cloned().expect("a key");
        assert_eq!(refused(change(Role::Root, vec![known], &[])), Unfit::KnownKey);
        let two = KeyChange { threshold: Some(2), ..change(Role::Targets, vec![elsewhere], &[]) };
        assert_eq!(root.changed(&two, &ring).map(|r| r.keys_of(Role::Targets).threshold), Ok(2));
    }
}
