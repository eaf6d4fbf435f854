//! What the roles of TUF sign (TUF 1.0.34 §4.3 to §4.6).

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::key::PublicKey;

/// The version of the specification that is written.
pub const SPECIFICATION: &str = "1.0.34";

/// A role of the top level. Channels are roles below `targets`, signed with its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Says which keys count.
    Root,
    /// Says which files there are; may be kept elsewhere.
    Targets,
    /// Says which versions belong together; always here.
    Snapshot,
    /// Says what is newest; always here.
    Timestamp,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Root, Self::Targets, Self::Snapshot, Self::Timestamp];

    /// As it is called in files and rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Targets => "targets",
            Self::Snapshot => "snapshot",
            Self::Timestamp => "timestamp",
        }
    }

    /// The top-level role that signs what is called so: a channel's is `targets`.
    pub fn signing(name: &str) -> Self {
        Self::ALL.into_iter().find(|role| role.name() == name).unwrap_or(Self::Targets)
    }

    /// Whether its keys may be kept elsewhere: those of the others sign every day.
    pub fn may_be_offline(self) -> bool {
        matches!(self, Self::Root | Self::Targets)
    }
}

/// What one kind of metadata says, besides what all of them say.
pub trait Body: Serialize + DeserializeOwned {
    /// Its `_type`.
    const TYPE: &'static str;
}

/// The signed part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed<B> {
    /// `root`, `targets`, `snapshot`, `timestamp`; a delegated role is of type `targets`.
    #[serde(rename = "_type")]
    pub kind: String,
    /// Version of the specification.
    pub spec_version: String,
    /// From 1, rising.
    pub version: i64,
    /// `YYYY-MM-DDTHH:MM:SSZ`.
    pub expires: String,
    /// The rest.
    #[serde(flatten)]
    pub body: B,
}

/// Which keys sign a role, and how many of them it takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoleKeys {
    /// Ids of keys.
    pub keyids: Vec<String>,
    /// How many must sign.
    pub threshold: usize,
}

/// The keys of every role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Root {
    /// Versioned files only.
    pub consistent_snapshot: bool,
    /// By id.
    pub keys: BTreeMap<String, PublicKey>,
    /// By name.
    pub roles: BTreeMap<Role, RoleKeys>,
}

impl Root {
    /// The keys of a role.
    pub fn keys_of(&self, role: Role) -> RoleKeys {
        self.roles.get(&role).cloned().unwrap_or_default()
    }
}

/// The files there are, and who else may say so.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Targets {
    /// By name.
    pub targets: BTreeMap<String, TargetFile>,
    /// Only in the one of the top level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegations: Option<Delegations>,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetFile {
    /// Bytes.
    pub length: i64,
    /// Hex, by algorithm.
    pub hashes: BTreeMap<String, String>,
    /// What we say of it besides.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub custom: Map<String, Json>,
}

/// Who else may say which files there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delegations {
    /// By id.
    pub keys: BTreeMap<String, PublicKey>,
    /// In the order they are asked.
    pub roles: Vec<DelegatedRole>,
}

/// A role that speaks for the files whose names match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegatedRole {
    /// What it is called.
    pub name: String,
    /// Its keys.
    #[serde(flatten)]
    pub keys: RoleKeys,
    /// Nobody after it is asked for a name that matches.
    pub terminating: bool,
    /// Patterns of names; `*` does not cross `/`.
    pub paths: Vec<String>,
}

/// Which version of each other file belongs to this state of the repository.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    /// By file name without version.
    pub meta: BTreeMap<String, MetaFile>,
}

/// The newest snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Timestamp {
    /// `snapshot.json` alone.
    pub meta: BTreeMap<String, MetaFile>,
}

/// A metadata file as another one names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaFile {
    /// Its version.
    pub version: i64,
    /// Bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<i64>,
    /// Hex, by algorithm.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hashes: BTreeMap<String, String>,
}

/// `hashes` of what has this SHA-256.
pub fn hashes(sha256: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("sha256".to_owned(), sha256.to_owned())])
}

impl Body for Root {
    const TYPE: &'static str = "root";
}
impl Body for Targets {
    const TYPE: &'static str = "targets";
}
impl Body for Snapshot {
    const TYPE: &'static str = "snapshot";
}
impl Body for Timestamp {
    const TYPE: &'static str = "timestamp";
}
