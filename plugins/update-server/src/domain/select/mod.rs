//! Which release an installation gets: one function that all protocols ask.

mod fit;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::platform::{Architecture, Format, Platform};
use super::release::{Artifact, Catalogue, Release, State};
use super::version::Version;

/// What an installation says of itself; what its protocol does not say is left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// The channel it follows.
    pub channel: String,
    /// What it runs on.
    pub platform: Option<Platform>,
    /// What it runs on.
    pub architecture: Option<Architecture>,
    /// Formats it can take, the one it likes best first; none for any.
    pub formats: Vec<Format>,
    /// Whether it takes nothing without a minisign signature.
    pub minisigned: bool,
    /// The version of its system, as its maker counts.
    pub system: Option<String>,
    /// What it runs now.
    pub version: Option<Version>,
    /// What tells it from others; always the same.
    pub installation: Option<String>,
}

/// What a licence, or the lack of one, lets somebody see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Releases published later are not in it; unix milliseconds.
    pub until: i64,
    /// Codes of the modules of the licence; None where modules do not count.
    pub modules: Option<BTreeSet<String>>,
    /// The newest version that is covered: the major number, and the minor one where that is limited
    /// too; None for any.
    pub newest: Option<(u64, Option<u64>)>,
}

impl Window {
    /// Everything: of products that anybody may have.
    pub const OPEN: Self = Self { until: i64::MAX, modules: None, newest: None };

    /// Whether a release is in it.
    pub fn shows(&self, release: &Release) -> bool {
        let module = self
            .modules
            .as_ref()
            .is_none_or(|mine| release.modules.is_empty() || !release.modules.is_disjoint(mine));
        release.published_at <= self.until && module && self.covers(&release.version)
    }

    /// Whether a version is covered.
    pub fn covers(&self, version: &Version) -> bool {
        let (major, minor) = version.numbers();
        self.newest.is_none_or(|(last, last_minor)| {
            major < last || major == last && last_minor.is_none_or(|last| minor <= last)
        })
    }
}

/// A release somebody may have, with those of its files that serve him.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer<'a> {
    /// The release.
    pub release: &'a Release,
    /// Its files, best first; among them at least one that is no delta.
    pub artifacts: Vec<&'a Artifact>,
}

impl<'a> Offer<'a> {
    /// The file that serves best; never a delta.
    pub fn artifact(&self) -> Option<&'a Artifact> {
        self.artifacts.iter().copied().find(|artifact| !artifact.format.is_delta())
    }
}

/// What an installation is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice<'a> {
    /// There is nothing for it at all.
    Nothing,
    /// It has what it should have, or something newer; with the newest it may have.
    Current(Offer<'a>),
    /// Something newer, or something at all if what it runs is not known.
    Update {
        /// What it gets.
        offer: Offer<'a>,
        /// Whether it has to take this one before any later one.
        is_step: bool,
    },
    /// What it runs was taken back, and the newest it may have is older.
    Rollback(Offer<'a>),
}

impl<'a> Choice<'a> {
    /// The newest it may have now.
    pub fn offer(&self) -> Option<&Offer<'a>> {
        match self {
            Self::Nothing => None,
            Self::Current(offer) | Self::Update { offer, .. } | Self::Rollback(offer) => {
                Some(offer)
            }
        }
    }

    /// What it should install, if anything.
    pub fn change(&self) -> Option<&Offer<'a>> {
        match self {
            Self::Nothing | Self::Current(_) => None,
            Self::Update { offer, .. } | Self::Rollback(offer) => Some(offer),
        }
    }

    /// Whether it is brought to an older version.
    pub fn is_rollback(&self) -> bool {
        matches!(self, Self::Rollback(_))
    }
}

/// Chooses what an installation gets at `now`.
pub fn select<'a>(
    catalogue: &'a Catalogue,
    asked: &Asked,
    window: &Window,
    now: i64,
) -> Choice<'a> {
    let Some(offer) = offered(catalogue, asked, window, now).into_iter().next() else {
        return Choice::Nothing;
    };
    let Some(current) = &asked.version else { return Choice::Update { offer, is_step: false } };
    if offer.release.version > *current {
        let is_step = offer.release.is_step;
        return Choice::Update { offer, is_step };
    }
    let withdrawn = |release| catalogue.is_withdrawn(release, &asked.channel);
    if catalogue.release(current).is_some_and(withdrawn) {
        return Choice::Rollback(offer);
    }
    Choice::Current(offer)
}

/// Every release an installation may have at `now`, newest first: for clients that choose from a list.
/// Later than the step it has to take next there is nothing.
pub fn offered<'a>(
    catalogue: &'a Catalogue,
    asked: &Asked,
    window: &Window,
    now: i64,
) -> Vec<Offer<'a>> {
    let mut entitled: Vec<Offer<'a>> = catalogue
        .releases
        .iter()
        .filter(|release| {
            release.state == State::Published
                && release.channels.contains(&asked.channel)
                && !catalogue.is_withdrawn(release, &asked.channel)
                && window.shows(release)
                && fit::system(release, asked)
        })
        .map(|release| Offer { release, artifacts: fit::artifacts(release, asked) })
        .filter(|offer| offer.artifact().is_some())
        .collect();
    // Whether or not the rollout of a step has come to this installation: it may not go past it.
    if let Some(step) = next_step(&entitled, asked.version.as_ref()).cloned() {
        entitled.retain(|offer| offer.release.version <= step);
    }
    entitled.retain(|offer| {
        let rollout = catalogue.rollout(offer.release, &asked.channel);
        let installation = asked.installation.as_deref();
        rollout.is_none_or(|rollout| rollout.reaches(&catalogue.seed, installation, now))
    });
    entitled.sort_by(|a, b| b.release.version.cmp(&a.release.version));
    entitled
}

/// The lowest step above what runs now.
fn next_step<'a>(entitled: &[Offer<'a>], current: Option<&Version>) -> Option<&'a Version> {
    let current = current?;
    let versions = entitled.iter().map(|offer| offer.release);
    let steps = versions.filter(|release| release.is_step && release.version > *current);
    steps.map(|release| &release.version).min()
}
