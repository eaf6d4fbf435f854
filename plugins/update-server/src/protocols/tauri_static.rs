//! One document with the update of every platform (tauri-plugin-updater 2, “static JSON file”).

use std::collections::BTreeMap;

use plugin_api::time::rfc3339;
use serde::Serialize;

use super::site::Site;
use super::tauri::signature;
use crate::domain::platform::{Architecture, Format, tauri_target};
use crate::domain::release::Artifact;
use crate::domain::select::{Asked, Offer};

/// What is asked: the newest release of whatever platform, as the document has one version.
pub fn asked(channel: &str, installation: Option<String>) -> Asked {
    Asked { channel: channel.to_owned(), minisigned: true, installation, ..Asked::default() }
}

/// The document.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    pub_date: String,
    platforms: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Entry {
    url: String,
    signature: String,
}

/// The document of a release. One entry that cannot be read would spoil all, so only files with a
/// signature have one.
pub fn render(offer: &Offer<'_>, site: &Site, languages: &[String]) -> Document {
    let mut platforms = BTreeMap::new();
    for artifact in offer.artifacts.iter().filter(|artifact| !artifact.minisign.is_empty()) {
        let url = site.file(offer.release, artifact);
        let entry = Entry { url, signature: signature(artifact) };
        for name in names(artifact) {
            // Without the kind of bundle a name may be of several files: the first in the alphabet of
            // those that take over an installation of any kind.
            platforms.entry(name).or_insert_with(|| entry.clone());
        }
    }
    Document {
        version: offer.release.version.to_string(),
        notes: offer.release.note(languages).map(str::to_owned),
        pub_date: rfc3339(offer.release.published_at),
        platforms,
    }
}

/// What clients look a file up by: `{os}-{arch}-{bundle}`, and `{os}-{arch}` without knowing the bundle.
fn names(artifact: &Artifact) -> Vec<String> {
    let (bundle, by_default) = match artifact.format {
        Format::AppImage => ("appimage", true),
        Format::App | Format::TarGz => ("app", true),
        Format::Nsis | Format::Exe => ("nsis", true),
        Format::Msi => ("msi", false),
        Format::Deb => ("deb", false),
        Format::Rpm => ("rpm", false),
        _ => return Vec::new(),
    };
    let architectures = match artifact.architecture {
        Architecture::Any => vec![Architecture::X86_64, Architecture::Aarch64],
        one => vec![one],
    };
    let system = tauri_target(artifact.platform);
    let named = architectures.into_iter().flat_map(|architecture| {
        let machine = format!("{system}-{}", architecture.code());
        [Some(format!("{machine}-{bundle}")), by_default.then_some(machine)]
    });
    named.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::select::{Window, select};
    use crate::protocols::fixture::{NOW, catalogue, site};

    #[test]
    fn every_signed_file_has_its_names() {
        let catalogue = catalogue();
        let choice = select(&catalogue, &asked("stable", None), &Window::OPEN, NOW);
        let document = render(choice.offer().expect("a release"), &site(), &["en".to_owned()]);
        let read = serde_json::to_value(&document).expect("JSON");
        assert_eq!(read["version"], "1.2.0");
        assert_eq!(read["notes"], "*Faster* & safer");
        assert_eq!(read["pub_date"], "2026-11-22T10:00:00Z");
        let names: Vec<&String> = document.platforms.keys().collect();
        assert_eq!(
            names,
            [
                "darwin-aarch64",
                "darwin-aarch64-app",
                "darwin-x86_64",
                "darwin-x86_64-app",
                "linux-x86_64",
                "linux-x86_64-appimage",
                "windows-x86_64",
                "windows-x86_64-nsis",
            ]
        );
        let mac = &read["platforms"]["darwin-aarch64"];
        assert_eq!(mac["url"], "https://h.example/u/T/files/1.2.0/Acme-1.2.0.app.tar.gz");
        assert!(mac["signature"].as_str().is_some_and(|signature| !signature.is_empty()));
    }
}
