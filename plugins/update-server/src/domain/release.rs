//! Releases and their files, as those see them who decide about updates.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::platform::{Architecture, Format, Platform};
use super::version::Version;

/// Where a release stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being prepared; nobody gets it.
    Draft,
    /// Out; its files cannot change any more.
    Published,
    /// Taken back; whoever has it is brought to another.
    Yanked,
}

impl State {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Yanked => "yanked",
        }
    }

    /// As the API says it.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Draft => "bozza",
            Self::Published => "pubblicato",
            Self::Yanked => "ritirato",
        }
    }
}

/// A version of a product that is or was out, with all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Its id.
    pub release_id: String,
    /// Its version.
    pub version: Version,
    /// Where it stands.
    pub state: State,
    /// Whether older installations take it before any later one.
    pub is_step: bool,
    /// Whether clients should take it at once.
    pub is_critical: bool,
    /// The oldest system it runs on, as its maker counts; none for any.
    pub minimum_system: BTreeMap<Platform, String>,
    /// Codes of modules a licence must have one of; none for any licence.
    pub modules: BTreeSet<String>,
    /// When it was published, unix milliseconds.
    pub published_at: i64,
    /// The channels it is in.
    pub channels: BTreeSet<String>,
    /// What is new, per language, in Markdown.
    pub notes: BTreeMap<String, String>,
    /// Its files, by name.
    pub artifacts: Vec<Artifact>,
}

/// A file of a release, for one platform, architecture and format. As it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Its id.
    pub artifact_id: String,
    /// Its release.
    pub release_id: String,
    /// Code of its product.
    pub product_code: String,
    /// What it runs on.
    pub platform: Platform,
    /// What it runs on.
    pub architecture: Architecture,
    /// How it is packed.
    pub format: Format,
    /// What it is called.
    pub file_name: String,
    /// Its content, as the host keeps it.
    #[serde(skip_serializing)]
    pub blob_id: String,
    /// Length in bytes.
    pub size: i64,
    /// Hex.
    pub sha256: String,
    /// Base64 of the 64 bytes, as electron-updater wants it.
    pub sha512: String,
    /// Hex, for Squirrel and Velopack.
    pub sha1: String,
    /// Base64 of the 64 bytes of BLAKE2b-512, which prehashed minisign signatures sign.
    pub blake2b: String,
    /// Text of its minisign signature file; empty for none.
    pub minisign: String,
    /// Base64 of an Ed25519 signature over the file, as Sparkle wants it; empty for none.
    pub ed_signature: String,
    /// Its block map, as the host keeps it.
    #[serde(skip_serializing)]
    pub blockmap_id: Option<String>,
    /// What single protocols want besides.
    #[serde(with = "plugin_api::db::json")]
    pub details: Details,
    /// When it came, unix milliseconds.
    pub created_at: i64,
}

/// What single protocols want to know of a file besides; everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// `CFBundleVersion` of the program, which Sparkle compares; the version if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_version: Option<String>,
    /// What a delta was made against: the `CFBundleVersion` or the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delta_from: Option<String>,
    /// Id of the package in Squirrel.Windows and Velopack; read from the file's name if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package_id: Option<String>,
    /// Bytes of the block map at the end of the file itself, for electron-updater.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blockmap_size: Option<i64>,
    /// `package` or `interactive-package` where Sparkle is to start macOS's installer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installation_type: Option<String>,
    /// Whether installing it takes an administrator.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub admin_rights: bool,
}

impl Artifact {
    /// Whether it serves who has this platform and processor; None for whichever.
    pub fn serves(&self, platform: Option<Platform>, architecture: Option<Architecture>) -> bool {
        platform.is_none_or(|asked| self.platform.serves(asked))
            && architecture.is_none_or(|asked| self.architecture.serves(asked))
    }
}

impl Release {
    /// What is new, in the first of `languages` there is a text in; else in English, else in any.
    pub fn note(&self, languages: &[String]) -> Option<&str> {
        let mut wanted = languages.iter().filter_map(|language| self.notes.get(language));
        let found = wanted.next().or_else(|| self.notes.get("en"));
        found.or_else(|| self.notes.values().next()).map(String::as_str)
    }

    /// The file of this name.
    pub fn artifact(&self, file_name: &str) -> Option<&Artifact> {
        self.artifacts.iter().find(|artifact| artifact.file_name == file_name)
    }
}

/// Everything of a product that is or was out: what updates are chosen from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// Code of the product.
    pub product_code: String,
    /// Mixed into the place of an installation in rollouts.
    pub seed: String,
    /// Its releases, newest version first; drafts may be among them and never count.
    pub releases: Vec<Release>,
    /// Its rollouts, oldest first.
    pub rollouts: Vec<super::rollout::Rollout>,
}

impl Catalogue {
    /// The release of this version, whatever became of it.
    pub fn release(&self, version: &Version) -> Option<&Release> {
        self.releases.iter().find(|release| release.version == *version)
    }

    /// The rollout that counts for a release in a channel: the last one.
    pub fn rollout(&self, release: &Release, channel: &str) -> Option<&super::rollout::Rollout> {
        self.rollouts
            .iter()
            .rfind(|one| one.release_id == release.release_id && one.channel == channel)
    }

    /// Whether who has this release in this channel should be brought to another one.
    pub fn is_withdrawn(&self, release: &Release, channel: &str) -> bool {
        let stopped =
            |rollout: &super::rollout::Rollout| rollout.state == super::rollout::State::Stopped;
        release.state == State::Yanked || self.rollout(release, channel).is_some_and(stopped)
    }
}
