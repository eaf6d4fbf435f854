//! The client's side: what may be believed of what a repository sends (TUF 1.0.34 §5.3 to §5.6).
//!
//! For packages that come from another cockpit, and for our own tests.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use super::canonical::canonical;
use super::document::{Envelope, end_of, is_signed, read};
use super::key::PublicKey;
use super::role::{Body, MetaFile, Role, RoleKeys, Root, Signed, Snapshot, TargetFile, Targets};

/// Why a file is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distrust {
    /// It is not there, or cannot be read.
    Missing(String),
    /// Too few of its keys signed it.
    Unsigned(String),
    /// It is of another version than it must be: older, or not the one that was named.
    Version(String),
    /// It is not the file that was named: another length or hash.
    Content(String),
    /// It has ended.
    Ended(String),
}

/// What is believed of a repository.
#[derive(Debug, Clone)]
pub struct Trusted {
    root: Signed<Root>,
    timestamp: Option<(i64, MetaFile)>,
    snapshot: Option<Signed<Snapshot>>,
    targets: BTreeMap<String, TargetFile>,
}

/// Gets a metadata file by its name.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

impl Trusted {
    /// Begins with a root that came by another way.
    pub fn begin(root: &[u8]) -> Result<Self, Distrust> {
        let root: Signed<Root> = read(root).map_err(|_| Distrust::Missing("root".to_owned()))?;
        Ok(Self { root, timestamp: None, snapshot: None, targets: BTreeMap::new() })
    }

    /// The files the repository vouches for, by name.
    pub fn targets(&self) -> &BTreeMap<String, TargetFile> {
        &self.targets
    }

    /// Version of the root.
    pub fn root_version(&self) -> i64 {
        self.root.version
    }

    /// Takes in the newest state, as at `now`; unless all of it is right, nothing changes.
    pub fn refresh(&mut self, fetch: Fetch<'_>, now: i64) -> Result<(), Distrust> {
        let mut next = self.clone();
        next.roots(fetch, now)?;
        let (timestamp, _) =
            next.top::<super::role::Timestamp>(fetch, "timestamp.json", Role::Timestamp, now)?;
        let snapshot = timestamp.body.meta.get("snapshot.json").cloned();
        let snapshot = snapshot.ok_or_else(|| Distrust::Missing("snapshot".to_owned()))?;
        let seen = self.timestamp.as_ref();
        if seen.is_some_and(|(version, seen)| {
            timestamp.version < *version || snapshot.version < seen.version
        }) {
            return Err(Distrust::Version("timestamp".to_owned()));
        }
        next.timestamp = Some((timestamp.version, snapshot.clone()));
        next.snapshot(fetch, &snapshot, now)?;
        *self = next;
        Ok(())
    }

    fn roots(&mut self, fetch: Fetch<'_>, now: i64) -> Result<(), Distrust> {
        while let Some(bytes) = fetch(&format!("{}.root.json", self.root.version + 1)) {
            let current = self.root.body.clone();
            let next: Signed<Root> = verified(&bytes, "root", &current, Role::Root)?;
            let next_again: Signed<Root> = verified(&bytes, "root", &next.body, Role::Root)?;
            if next_again.version != self.root.version + 1 {
                return Err(Distrust::Version("root".to_owned()));
            }
            self.root = next;
        }
        fresh(&self.root.expires, "root", now)
    }

    fn top<B: Body>(
        &self,
        fetch: Fetch<'_>,
        file: &str,
        role: Role,
        now: i64,
    ) -> Result<(Signed<B>, Vec<u8>), Distrust> {
        let bytes = fetch(file).ok_or_else(|| Distrust::Missing(file.to_owned()))?;
        let signed: Signed<B> = verified(&bytes, file, &self.root.body, role)?;
        fresh(&signed.expires, file, now)?;
        Ok((signed, bytes))
    }

    fn snapshot(&mut self, fetch: Fetch<'_>, named: &MetaFile, now: i64) -> Result<(), Distrust> {
        let snapshot: Signed<Snapshot> = self.named(fetch, "snapshot", named, now)?;
        for (file, seen) in self.snapshot.iter().flat_map(|seen| &seen.body.meta) {
            if snapshot.body.meta.get(file).is_none_or(|now| now.version < seen.version) {
                return Err(Distrust::Version(file.clone()));
            }
        }
        let meta = &snapshot.body.meta;
        let named = |role: &str| {
            let file = meta.get(&format!("{role}.json"));
            file.cloned().ok_or_else(|| Distrust::Missing(role.to_owned()))
        };
        let top: Signed<Targets> = self.named(fetch, "targets", &named("targets")?, now)?;
        let mut targets = BTreeMap::new();
        for role in top.body.delegations.iter().flat_map(|delegations| &delegations.roles) {
            // The delegated roles of this writer are signed with the keys of the targets.
            let says: Signed<Targets> = self.named(fetch, &role.name, &named(&role.name)?, now)?;
            let prefix = format!("{}/", role.name);
            let own = says.body.targets.into_iter().filter(|(name, _)| name.starts_with(&prefix));
            targets.extend(own);
        }
        (self.snapshot, self.targets) = (Some(snapshot), targets);
        Ok(())
    }

    /// A file of exactly the version, length and hash another one names.
    fn named<B: Body>(
        &self,
        fetch: Fetch<'_>,
        role: &str,
        named: &MetaFile,
        now: i64,
    ) -> Result<Signed<B>, Distrust> {
        let file = format!("{}.{role}.json", named.version);
        let (signed, bytes) = self.top::<B>(fetch, &file, Role::signing(role), now)?;
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sha256 = plugin_api::hex(&Sha256::digest(&bytes));
        if named.length.is_some_and(|named| named != length)
            || named.hashes.get("sha256").is_some_and(|named| *named != sha256)
        {
            return Err(Distrust::Content(file));
        }
        if signed.version != named.version {
            return Err(Distrust::Version(file));
        }
        Ok(signed)
    }
}

fn fresh(expires: &str, file: &str, now: i64) -> Result<(), Distrust> {
    let end = plugin_api::time::parse_instant(expires).unwrap_or_default();
    if end <= now { Err(Distrust::Ended(file.to_owned())) } else { Ok(()) }
}

fn verified<B: Body>(
    bytes: &[u8],
    file: &str,
    root: &Root,
    role: Role,
) -> Result<Signed<B>, Distrust> {
    let missing = || Distrust::Missing(file.to_owned());
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| missing())?;
    let said: Json = envelope.signed.clone().ok_or_else(missing)?;
    let signed = canonical(&said).map_err(|_| missing())?;
    let (signers, keys): (RoleKeys, &BTreeMap<String, PublicKey>) =
        (root.keys_of(role), &root.keys);
    if !is_signed(&signed, &envelope.by_key(), &signers, keys) {
        return Err(Distrust::Unsigned(file.to_owned()));
    }
    let read: Signed<B> = serde_json::from_value(said).map_err(|_| missing())?;
    if read.kind != B::TYPE || end_of(&signed) == 0 {
        return Err(missing());
    }
    Ok(read)
}
