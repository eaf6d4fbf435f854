//! A product with three releases for every kind of client, as the tests of renderers want it.

use super::site::Site;
use crate::domain::checks::release::Artifact as Checked;
use crate::domain::fixture::{artifact, release};
use crate::domain::platform::{Architecture, Format, Platform};
use crate::domain::release::{Artifact, Catalogue, Details, Release};
use crate::domain::rollout::{Rollout, Stage, State};

/// 22 November 2026, ten o'clock, UTC.
pub(super) const NOW: i64 = 1_795_341_600_000;

const SIGNATURE: &str =
    "untrusted comment: signature\nRUQ=\ntrusted comment: version:VERSION\nAAA=\n";

pub(super) fn site() -> Site {
    Site::new("https://h.example/u/T")
}

/// Versions 1.2.0, 1.1.0 and 1.0.0, each for all platforms.
pub(super) fn catalogue() -> Catalogue {
    Catalogue {
        product_code: "ACME".to_owned(),
        seed: "seed".to_owned(),
        releases: ["1.2.0", "1.1.0", "1.0.0"].map(full).into(),
        rollouts: Vec::new(),
    }
}

/// The same, with the newest release at so many percent.
pub(super) fn rolling(percent: i64) -> Catalogue {
    let rollout = Rollout {
        rollout_id: "018f".to_owned(),
        channel: "stable".to_owned(),
        release_id: "1.2.0".to_owned(),
        state: State::Running,
        schedule: vec![Stage { at: 0, percent }],
        frozen_percent: None,
    };
    Catalogue { rollouts: vec![rollout], ..catalogue() }
}

fn full(version: &str) -> Release {
    let minisign = SIGNATURE.replace("VERSION", version);
    let signed = |file: Artifact| Artifact { minisign: minisign.clone(), ..file };
    let (any, intel, arm) = (Architecture::Any, Architecture::X86_64, Architecture::Aarch64);
    let named = |name: &str, platform, architecture| {
        artifact(&name.replace('V', version), platform, architecture)
    };
    let installer = named("Acme-V-x64.nsis.exe", Platform::Windows, intel);
    let zip = named("Acme-V-mac.zip", Platform::MacOs, any);
    Release {
        minimum_system: [(Platform::MacOs, "13.0".to_owned())].into(),
        published_at: NOW,
        notes: [("en", "*Faster* & safer"), ("it", "Più *veloce*")]
            .map(|(language, text)| (language.to_owned(), text.to_owned()))
            .into(),
        artifacts: vec![
            signed(Artifact { format: Format::Nsis, ..installer }),
            named("Acme-V-x64.msi", Platform::Windows, intel),
            signed(named("Acme-V.app.tar.gz", Platform::MacOs, any)),
            Artifact {
                ed_signature: "c2lnbmF0dXJl".to_owned(),
                details: Details { bundle_version: Some("120".to_owned()), ..Details::default() },
                ..zip
            },
            signed(named("Acme-V-x86_64.AppImage", Platform::Linux, intel)),
            named("Acme-V-arm64.AppImage", Platform::Linux, arm),
            named("Acme.App-V-full.nupkg", Platform::Windows, intel),
            named("Acme.App-V-delta.nupkg", Platform::Windows, intel),
        ],
        ..release(version)
    }
}

/// Files as the checks of what is uploaded want them.
pub(super) fn as_checked(artifacts: &[Artifact]) -> Vec<Checked<'_>> {
    artifacts.iter().map(checked).collect()
}

fn checked(it: &Artifact) -> Checked<'_> {
    Checked {
        file_name: &it.file_name,
        platform: it.platform,
        architecture: it.architecture,
        format: it.format,
        size: u64::try_from(it.size).expect("a length"),
        sha1: &it.sha1,
        sha256: &it.sha256,
        sha512: &it.sha512,
        minisign: &it.minisign,
        sparkle: &it.ed_signature,
    }
}
