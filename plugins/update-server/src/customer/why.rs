//! Why a licence gets the release it gets, and not the newest one of its channel.

use plugin_api::Lang;

use crate::domain::release::{Catalogue, Release, State};
use crate::domain::select::Window;

/// Why not the newest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// It is the newest.
    Newest,
    /// The newest one was published after what the licence includes.
    Ended(i64),
    /// The licence covers no such version.
    NotCovered,
    /// It takes a module the licence has not.
    Module,
    /// Its rollout has reached so many percent, and not this licence yet.
    Rollout(i64),
    /// Something has to be taken before it, or there is no file.
    Other,
}

/// The newest release that is out in a channel.
pub(super) fn newest<'a>(catalogue: &'a Catalogue, channel: &str) -> Option<&'a Release> {
    let out = catalogue.releases.iter().filter(|release| {
        release.state == State::Published
            && release.channels.contains(channel)
            && !catalogue.is_withdrawn(release, channel)
    });
    out.max_by(|a, b| a.version.cmp(&b.version))
}

/// Why somebody with this window, at this place in rollouts, gets `gets` and not `newest`.
pub(super) fn why(
    catalogue: &Catalogue,
    (channel, newest, gets): (&str, &Release, Option<&Release>),
    window: &Window,
    (installation, now): (Option<&str>, i64),
) -> Why {
    if gets.is_some_and(|gets| gets.release_id == newest.release_id) {
        return Why::Newest;
    }
    if newest.published_at > window.until {
        return Why::Ended(window.until);
    }
    if !window.covers(&newest.version) {
        return Why::NotCovered;
    }
    if !window.shows(newest) {
        return Why::Module;
    }
    match catalogue.rollout(newest, channel) {
        Some(rollout) if !rollout.reaches(&catalogue.seed, installation, now) => {
            Why::Rollout(rollout.percent(now))
        }
        _ => Why::Other,
    }
}

impl Why {
    /// In words; `newest` is the version it is about.
    pub(super) fn said(&self, lang: &Lang, newest: &Release) -> String {
        let version = newest.version.to_string();
        let (key, more) = match self {
            Self::Newest => ("update-why-newest", String::new()),
            Self::Ended(until) => ("update-why-ended", lang.date(*until)),
            Self::NotCovered => ("update-why-not-covered", String::new()),
            Self::Module => ("update-why-module", String::new()),
            Self::Rollout(percent) => ("update-why-rollout", lang.number(*percent)),
            Self::Other => ("update-why-other", String::new()),
        };
        lang.with(key, &[("version", &version), ("more", &more)])
    }
}
