//! Packages of Squirrel.Windows and Velopack: which of them a list may name.

use crate::domain::checks::squirrel::Package;
use crate::domain::platform::{Architecture, Format, Platform};
use crate::domain::release::{Artifact, Catalogue, Release};
use crate::domain::select::{Asked, Offer};
use crate::domain::version::Version;

/// What is asked by a client that takes packages and chooses from a list.
pub fn asked(
    channel: &str,
    (platform, architecture): (Option<Platform>, Option<Architecture>),
    version: Option<Version>,
    installation: Option<String>,
) -> Asked {
    Asked {
        channel: channel.to_owned(),
        platform,
        architecture,
        formats: vec![Format::Nupkg, Format::NupkgDelta],
        minisigned: false,
        system: None,
        version,
        installation,
    }
}

/// The id of a package: what is stored with the file, else what its name says.
pub(super) fn package_id(artifact: &Artifact) -> Option<String> {
    let stored = artifact.details.package_id.clone();
    stored.or_else(|| Package::of(&artifact.file_name).map(|package| package.id))
}

/// A package of a release.
pub(super) type Listed<'a> = (&'a Release, &'a Artifact);

/// The packages a list names, newest first: of every release the whole one, and what changed as long
/// as it leads without a gap from one named release to the next. Clients add deltas up; behind a gap
/// they would lead nowhere.
///
/// To who may have nothing the package he runs is named: an empty list is an error to Squirrel.
pub(super) fn listed<'a>(
    catalogue: &'a Catalogue,
    offers: &[Offer<'a>],
    asked: &Asked,
) -> Vec<Listed<'a>> {
    let mut listed = Vec::new();
    let mut unbroken = true;
    for (at, offer) in offers.iter().enumerate() {
        let whole = offer.artifacts.iter().copied().filter(|it| it.format == Format::Nupkg);
        listed.extend(whole.map(|artifact| (offer.release, artifact)));
        let deltas = offer.artifacts.iter().copied().filter(|it| it.format == Format::NupkgDelta);
        let before = offers.get(at + 1).map(|before| &before.release.version);
        let fitting = deltas.filter(|delta| {
            let base = base(catalogue, offer.release, delta);
            base.is_some() && base.as_ref() == before
        });
        let count = listed.len();
        if unbroken {
            listed.extend(fitting.map(|artifact| (offer.release, artifact)));
        }
        unbroken = listed.len() > count;
    }
    if listed.is_empty() {
        listed.extend(running(catalogue, asked));
    }
    listed
}

/// What a delta was made against: what is stored with it, else the release before it.
fn base(catalogue: &Catalogue, release: &Release, delta: &Artifact) -> Option<Version> {
    if let Some(from) = &delta.details.delta_from {
        return from.parse().ok();
    }
    let has_whole = |older: &&Release| {
        older.artifacts.iter().any(|it| {
            it.format == Format::Nupkg
                && (it.platform, it.architecture) == (delta.platform, delta.architecture)
        })
    };
    let older = catalogue.releases.iter().filter(|older| older.version < release.version);
    older.filter(has_whole).map(|older| older.version.clone()).max()
}

/// The package of the release that is running, whatever became of it.
fn running<'a>(catalogue: &'a Catalogue, asked: &Asked) -> Option<Listed<'a>> {
    let release = catalogue.release(asked.version.as_ref()?)?;
    let mut artifacts = release.artifacts.iter();
    let artifact = artifacts
        .find(|it| it.format == Format::Nupkg && it.serves(asked.platform, asked.architecture))?;
    Some((release, artifact))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::release::State;
    use crate::domain::select::{Window, offered};
    use crate::protocols::fixture::{NOW, catalogue};

    fn names(catalogue: &Catalogue, running: Option<&str>) -> Vec<String> {
        let version = running.and_then(Version::claimed);
        let windows = (Some(Platform::Windows), Some(Architecture::X86_64));
        let asked = asked("stable", windows, version, None);
        let offers = offered(catalogue, &asked, &Window::OPEN, NOW);
        let listed = listed(catalogue, &offers, &asked);
        let name = |(_, artifact): &Listed<'_>| {
            artifact.file_name.replace("Acme.App-", "").replace(".nupkg", "")
        };
        listed.iter().map(name).collect()
    }

    #[test]
    fn deltas_lead_from_one_named_release_to_the_next() {
        let mut all = catalogue();
        let whole = ["1.2.0-full", "1.2.0-delta", "1.1.0-full", "1.1.0-delta", "1.0.0-full"];
        assert_eq!(names(&all, None), whole, "the delta of 1.0.0 has nothing to build upon");
        all.releases[1].state = State::Yanked;
        assert_eq!(names(&all, None), ["1.2.0-full", "1.0.0-full"]);
    }

    #[test]
    fn what_a_delta_says_of_its_base_counts() {
        let mut all = catalogue();
        let delta = all.releases[0].artifacts.last_mut().expect("a delta");
        delta.details.delta_from = Some("1.0.0".to_owned());
        assert_eq!(names(&all, None), ["1.2.0-full", "1.1.0-full", "1.0.0-full"]);
    }

    #[test]
    fn nobody_finds_an_empty_list_who_runs_something() {
        let mut all = catalogue();
        for release in &mut all.releases {
            release.state = State::Yanked;
        }
        assert_eq!(names(&all, Some("1.1.0")), ["1.1.0-full"]);
        assert_eq!(names(&all, None), [""; 0]);
    }
}
