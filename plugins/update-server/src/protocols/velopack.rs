//! `releases.<channel>.json` of Velopack: what can be had, as a list of packages.

use serde::Serialize;

use super::nupkg::{listed, package_id};
use crate::domain::platform::{Architecture, Format, Platform, runtime};
use crate::domain::release::{Artifact, Catalogue, Release};
use crate::domain::select::{Asked, Offer};

/// The channel in the name of a feed, as the client calls it; None for what is no feed.
pub fn channel(file_name: &str) -> Option<&str> {
    let channel = file_name.strip_prefix("releases.")?.strip_suffix(".json")?;
    (!channel.is_empty()).then_some(channel)
}

/// The machine of a client: C# says it (`os`, `rid`, `arch`), others only by the names of channels
/// (`win`, `osx-arm64`, `linux-x64-beta`), and some not at all.
pub fn machine(channel: &str, said: [Option<&str>; 3]) -> (Option<Platform>, Option<Architecture>) {
    let words = said.into_iter().flatten().chain([channel]).map(runtime);
    words.fold((None, None), |(platform, architecture), (named, of)| {
        (platform.or(named), architecture.or(of))
    })
}

/// The list.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Feed {
    assets: Vec<Asset>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Asset {
    package_id: String,
    version: String,
    r#type: &'static str,
    file_name: String,
    /// Clients before 1.0 verify nothing else.
    #[serde(rename = "SHA1")]
    sha1: String,
    #[serde(rename = "SHA256")]
    sha256: String,
    size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes_markdown: Option<String>,
}

/// The list, newest first. Names are plain: what else stands in one becomes part of the file's name on
/// disk. Packages lie beside the list. Unlike Squirrel, the client takes an empty list for no news.
pub fn render(
    catalogue: &Catalogue,
    offers: &[Offer<'_>],
    asked: &Asked,
    languages: &[String],
) -> Feed {
    let listed = listed(catalogue, offers, asked);
    let assets = listed.into_iter().filter_map(|(release, it)| asset(release, it, languages));
    Feed { assets: assets.collect() }
}

fn asset(release: &Release, artifact: &Artifact, languages: &[String]) -> Option<Asset> {
    Some(Asset {
        package_id: package_id(artifact)?,
        version: release.version.to_string(),
        r#type: if artifact.format == Format::NupkgDelta { "Delta" } else { "Full" },
        file_name: artifact.file_name.clone(),
        sha1: artifact.sha1.to_ascii_uppercase(),
        sha256: artifact.sha256.to_ascii_uppercase(),
        size: artifact.size,
        notes_markdown: release.note(languages).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checks::{finding::Finding, velopack};
    use crate::domain::select::{Window, offered};
    use crate::domain::version::Version;
    use crate::protocols::fixture::{NOW, as_checked, catalogue, rolling};
    use crate::protocols::nupkg::asked;

    fn feed(catalogue: &Catalogue) -> String {
        let machine = machine("win", [None; 3]);
        let running = Version::claimed("1.0.0");
        let asked = asked("stable", machine, running, Some("a".to_owned()));
        let offers = offered(catalogue, &asked, &Window::OPEN, NOW);
        serde_json::to_string(&render(catalogue, &offers, &asked, &["en".to_owned()]))
            .expect("JSON")
    }

    #[test]
    fn the_list_is_what_the_client_reads() {
        let golden = r#"{"PackageId":"Acme.App","Version":"1.2.0","Type":"Delta","FileName":"Acme.App-1.2.0-delta.nupkg","SHA1":"A9993E364706816ABA3E25717850C26C9CD0D89D","SHA256":"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD","Size":1500,"NotesMarkdown":"*Faster* & safer"}"#;
        let text = feed(&catalogue());
        assert!(
            text.starts_with(
                r#"{"Assets":[{"PackageId":"Acme.App","Version":"1.2.0","Type":"Full""#
            ),
            "{text}"
        );
        assert!(text.contains(golden), "{text}");
        assert_eq!(text.matches("PackageId").count(), 5);
    }

    #[test]
    fn it_passes_the_check_of_lists_that_are_uploaded() {
        let all = catalogue();
        let files = as_checked(&all.releases[0].artifacts);
        let version = semver::Version::new(1, 2, 0);
        let found = velopack::check("releases.win.json", &feed(&all), &version, &files);
        assert_eq!(found.iter().map(Finding::code).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn outside_the_rollout_the_list_begins_before_it() {
        assert!(!feed(&rolling(0)).contains("1.2.0"));
        assert!(feed(&rolling(0)).contains("1.1.0"));
        assert_eq!(feed(&Catalogue::default()), r#"{"Assets":[]}"#);
    }

    #[test]
    fn machines_are_told_by_what_clients_say() {
        let mac = (Some(Platform::MacOs), Some(Architecture::Aarch64));
        assert_eq!(machine("osx-arm64-beta", [None; 3]), mac);
        assert_eq!(machine("stable", [Some("osx"), Some("osx.14-arm64"), None]), mac);
        assert_eq!(machine("stable", [None; 3]), (None, None));
        assert_eq!(channel("releases.win-x64.json"), Some("win-x64"));
        assert_eq!([channel("releases.json"), channel("assets.win.json")], [None; 2]);
    }
}
