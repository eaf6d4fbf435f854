//! What there is to sign: the published releases of a product, by channel.

use std::collections::BTreeMap;

use plugin_api::time::rfc3339;
use serde_json::{Map, Value as Json};

use super::super::{release, rollout};
use super::name;
use super::role::{TargetFile, Targets, hashes};

/// No end: everything that is published counts.
pub const NO_END: i64 = i64::MAX;

/// The published releases of a product.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Every channel, by name.
    pub channels: Vec<String>,
    /// Published and not yanked, each in at least one channel.
    pub releases: Vec<Release>,
    /// Rollouts that have not reached everybody, oldest first: bit 0 of a view is the first of them.
    pub rollouts: Vec<Rollout>,
}

/// A published release.
#[derive(Debug, Clone, Default)]
pub struct Release {
    /// Its id.
    pub release_id: String,
    /// Its version.
    pub version: String,
    /// Unix milliseconds.
    pub published_at: i64,
    /// Where it is; without those its rollout was stopped in.
    pub channels: Vec<String>,
    /// Its files.
    pub files: Vec<File>,
}

/// A file of a release.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// Hex.
    pub sha256: String,
    /// For which platform.
    pub platform: String,
    /// For which architecture.
    pub architecture: String,
    /// Which kind of package.
    pub format: String,
}

/// A rollout that has not reached everybody.
#[derive(Debug, Clone, Default)]
pub struct Rollout {
    /// Its id.
    pub rollout_id: String,
    /// In which channel.
    pub channel: String,
    /// Of which release.
    pub release_id: String,
}

/// Why a catalogue cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsignable {
    /// More rollouts at once than views are kept for; those that were there first, as people call
    /// them.
    Rollouts(Vec<String>),
    /// A channel, version or file is called what clients would read differently.
    Name(String),
}

/// Most rollouts at once: each doubles the number of views.
pub const MOST_ROLLOUTS: usize = 3;

impl Catalogue {
    /// What is to be signed of everything that is or was out. A release leaves a channel when its
    /// rollout there was stopped.
    pub fn of(all: &release::Catalogue, channels: Vec<String>) -> Self {
        let published = |release: &&release::Release| {
            release.state == release::State::Published && !release.channels.is_empty()
        };
        let releases: Vec<Release> =
            all.releases.iter().filter(published).map(|one| Release::of(all, one)).collect();
        let is_open = |rollout: &&rollout::Rollout| {
            let last = all.rollouts.iter().rfind(|other| {
                other.release_id == rollout.release_id && other.channel == rollout.channel
            });
            matches!(rollout.state, rollout::State::Running | rollout::State::Paused)
                && last.is_some_and(|last| last.rollout_id == rollout.rollout_id)
                && releases.iter().any(|release| release.release_id == rollout.release_id)
        };
        let rollouts = all.rollouts.iter().filter(is_open).map(|rollout| Rollout {
            rollout_id: rollout.rollout_id.clone(),
            channel: rollout.channel.clone(),
            release_id: rollout.release_id.clone(),
        });
        Self { channels, rollouts: rollouts.collect(), releases }
    }

    /// Refuses what clients could not read.
    pub fn check(&self) -> Result<(), Unsignable> {
        if self.rollouts.len() > MOST_ROLLOUTS {
            let version = |rollout: &Rollout| {
                let mut all = self.releases.iter();
                let found = all.find(|release| release.release_id == rollout.release_id);
                found.map(|release| format!("{} ({})", release.version, rollout.channel))
            };
            let first = self.rollouts.iter().take(MOST_ROLLOUTS).filter_map(version);
            return Err(Unsignable::Rollouts(first.collect()));
        }
        let channels = self.channels.iter().filter(|name| !name::is_channel(name));
        let versions = self.releases.iter().map(|release| &release.version);
        let files = self.releases.iter().flat_map(|release| &release.files).map(|file| &file.name);
        let parts = versions.chain(files).filter(|name| !name::is_part(name));
        channels.chain(parts).next().map_or(Ok(()), |name| Err(Unsignable::Name(name.clone())))
    }

    /// The same state of the repository as `until`, said by the last release it contains: 0 for none,
    /// [`NO_END`] for all. So no more views are needed than there are releases.
    pub fn canonical(&self, until: i64) -> i64 {
        let published = || self.releases.iter().map(|release| release.published_at);
        match published().filter(|at| *at <= until).max() {
            at if at == published().max() => NO_END,
            at => at.unwrap_or_default(),
        }
    }

    /// The release before the newest, as an `until`; 0 when there is none.
    pub fn previous(&self) -> i64 {
        let newest = self.releases.iter().map(|release| release.published_at).max();
        let at = |release: &Release| release.published_at;
        self.releases.iter().map(at).filter(|at| Some(*at) != newest).max().unwrap_or_default()
    }

    /// The rollouts that matter to a view that ends at `until`, as a bit mask.
    pub fn rollouts_within(&self, until: i64, channel: Option<&str>) -> i64 {
        let matters = |rollout: &Rollout| {
            let published = self.releases.iter().find(|r| r.release_id == rollout.release_id);
            published.is_some_and(|release| release.published_at <= until)
                && channel.is_none_or(|channel| channel == rollout.channel)
        };
        let bits = self.rollouts.iter().enumerate().filter(|(_, rollout)| matters(rollout));
        bits.map(|(bit, _)| 1 << bit).sum()
    }

    /// The newest release of a channel that a view ending at `until` contains, as an `until`.
    pub fn last_of(&self, channel: &str, until: i64) -> i64 {
        let of_channel = self.releases.iter().filter(|r| r.channels.iter().any(|c| c == channel));
        of_channel.map(|r| r.published_at).filter(|at| *at <= until).max().unwrap_or_default()
    }

    /// The files of a channel that those see whose view ends at `until` and whom the rollouts of
    /// `mask` have reached.
    pub fn targets(&self, channel: &str, until: i64, mask: i64) -> Targets {
        let reached = |release: &Release| {
            let waits = |(bit, rollout): (usize, &Rollout)| {
                rollout.release_id == release.release_id
                    && rollout.channel == channel
                    && mask & (1 << bit) == 0
            };
            !self.rollouts.iter().enumerate().any(waits)
        };
        let seen = self.releases.iter().filter(|release| {
            release.published_at <= until
                && release.channels.iter().any(|name| name == channel)
                && reached(release)
        });
        let files = seen.flat_map(|release| {
            release.files.iter().map(move |file| {
                (name::target(channel, &release.version, &file.name), file.target(release))
            })
        });
        Targets { targets: files.collect::<BTreeMap<_, _>>(), delegations: None }
    }
}

impl Release {
    fn of(all: &release::Catalogue, release: &release::Release) -> Self {
        let stays = |channel: &&String| !all.is_withdrawn(release, channel);
        let file = |file: &release::Artifact| File {
            name: file.file_name.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            platform: file.platform.code().to_owned(),
            architecture: file.architecture.code().to_owned(),
            format: file.format.code().to_owned(),
        };
        Self {
            release_id: release.release_id.clone(),
            version: release.version.to_string(),
            published_at: release.published_at,
            channels: release.channels.iter().filter(stays).cloned().collect(),
            files: release.artifacts.iter().map(file).collect(),
        }
    }
}

impl File {
    fn target(&self, release: &Release) -> TargetFile {
        let custom = [
            ("version", release.version.clone()),
            ("platform", self.platform.clone()),
            ("architecture", self.architecture.clone()),
            ("format", self.format.clone()),
            ("published", rfc3339(release.published_at)),
        ];
        let custom: Map<String, Json> =
            custom.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        TargetFile { length: self.size, hashes: hashes(&self.sha256), custom }
    }
}
