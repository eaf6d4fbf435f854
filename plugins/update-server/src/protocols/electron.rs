//! electron-updater's generic provider: `latest.yml` and the like (electron-updater 6).

use std::fmt::Write as _;

use plugin_api::time::rfc3339;

use super::site::Site;
use crate::domain::platform::{Architecture, Format, Platform};
use crate::domain::release::{Artifact, Release};
use crate::domain::select::{Asked, Choice, Offer};
use crate::domain::version::Version;

/// The header in which a client says who it is when it asks for the feed.
pub const STAGING_ID: &str = "x-user-staging-id";
/// What the default channel is called in the name of a feed.
const DEFAULT: &str = "latest";

/// A feed by its file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The channel it names; None for the default one.
    pub channel: Option<String>,
    /// What it is for.
    pub platform: Platform,
    /// On Linux each processor has a feed of its own.
    pub architecture: Option<Architecture>,
}

impl Feed {
    /// Reads `latest.yml`, `beta-mac.yml`, `latest-linux-arm64.yml`; None for what is no feed.
    pub fn of(file_name: &str) -> Option<Self> {
        let stem = file_name.strip_suffix(".yml")?;
        let linux = |architecture| (Platform::Linux, Some(architecture));
        let (channel, (platform, architecture)) = if let Some(channel) = stem.strip_suffix("-mac") {
            (channel, (Platform::MacOs, None))
        } else if let Some(channel) = stem.strip_suffix("-linux") {
            (channel, linux(Architecture::X86_64))
        } else if let Some((channel, node)) = stem.rsplit_once("-linux-") {
            (channel, linux(Architecture::of(node)?))
        } else {
            (stem, (Platform::Windows, None))
        };
        let channel = Some(channel).filter(|channel| !channel.is_empty())?;
        let channel = Some(channel.to_owned()).filter(|channel| channel != DEFAULT);
        Some(Self { channel, platform, architecture })
    }

    /// What is asked of the channel `channel`. Clients do not say what they run: `version` is what is
    /// known of this one otherwise.
    pub fn asked(
        self,
        channel: &str,
        installation: Option<String>,
        version: Option<Version>,
    ) -> Asked {
        Asked {
            channel: channel.to_owned(),
            platform: Some(self.platform),
            architecture: self.architecture,
            formats: match self.platform {
                Platform::MacOs => vec![Format::Zip],
                Platform::Linux => {
                    vec![Format::AppImage, Format::Deb, Format::Rpm, Format::Pacman]
                }
                Platform::Windows | Platform::Any => vec![Format::Nsis, Format::Exe],
            },
            minisigned: false,
            system: None,
            version,
            installation,
        }
    }
}

/// The feed. The client compares by itself, so it always gets the newest release it may have; one that
/// may have none gets a version below all others, as it takes 204 for an error.
///
/// There is no `stagingPercentage`: who is reached was decided before.
pub fn render(
    choice: &Choice<'_>,
    platform: Platform,
    site: &Site,
    languages: &[String],
) -> String {
    let Some(offer) = choice.offer() else { return "version: 0.0.0\nfiles: []\n".to_owned() };
    let mut yml = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_feed(&mut yml, offer, platform, site, languages);
    yml
}

fn write_feed(
    yml: &mut String,
    offer: &Offer<'_>,
    platform: Platform,
    site: &Site,
    languages: &[String],
) -> std::fmt::Result {
    let release = offer.release;
    writeln!(yml, "version: {}\nfiles:", quoted(&release.version.to_string()))?;
    for artifact in &offer.artifacts {
        writeln!(yml, "  - url: {}", quoted(&site.file(release, artifact)))?;
        writeln!(yml, "    sha512: {}\n    size: {}", quoted(&artifact.sha512), artifact.size)?;
        if let Some(size) = artifact.details.blockmap_size {
            writeln!(yml, "    blockMapSize: {size}")?;
        }
        if artifact.details.admin_rights {
            writeln!(yml, "    isAdminRightsRequired: true")?;
        }
    }
    if let Some(first) = offer.artifact() {
        // For clients before 2.16.
        let (path, sha512) = (quoted(&site.file(release, first)), quoted(&first.sha512));
        writeln!(yml, "path: {path}\nsha512: {sha512}")?;
    }
    let kernel = release.minimum_system.get(&platform).and_then(|it| kernel(platform, it));
    if let Some(kernel) = kernel {
        writeln!(yml, "minimumSystemVersion: {}", quoted(&kernel))?;
    }
    writeln!(yml, "releaseDate: {}", quoted(&rfc3339(release.published_at)))?;
    if let Some(note) = release.note(languages) {
        writeln!(yml, "releaseNotes: {}", quoted(note))?;
    }
    Ok(())
}

/// A text as JSON writes it, which YAML 1.2 reads the same, whatever is in it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What `os.release()` says on a system of this version, in the three numbers the client compares: on
/// macOS that is the version of Darwin. None if that cannot be told.
fn kernel(platform: Platform, system: &str) -> Option<String> {
    let mut numbers = system.split('.').map(str::parse::<u64>);
    let mut next = || numbers.next().unwrap_or(Ok(0)).ok();
    let (first, second, third) = (next()?, next()?, next()?);
    if platform != Platform::MacOs {
        return Some(format!("{first}.{second}.{third}"));
    }
    let darwin = match first {
        10 => second + 4,
        11..=15 => first + 9,
        _ => first.checked_sub(1).filter(|_| first >= 26)?,
    };
    Some(format!("{darwin}.0.0"))
}

/// The file a block map is asked of: its name is the file's with `.blockmap` behind it. A client also
/// asks for the one of the release it runs, by the address of the new file with the one version put in
/// the place of the other, so these are found for releases of any state.
pub fn mapped<'a>(release: &'a Release, file_name: &str) -> Option<&'a Artifact> {
    release.artifact(file_name.strip_suffix(".blockmap")?).filter(|it| it.blockmap_id.is_some())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::checks::{electron, finding::Finding};
    use crate::domain::release::Catalogue;
    use crate::domain::select::{Window, select};
    use crate::protocols::fixture::{NOW, as_checked, catalogue, rolling};

    fn feed(catalogue: &Catalogue, name: &str, installation: &str) -> String {
        let feed = Feed::of(name).expect(name);
        let platform = feed.platform;
        let asked = feed.asked("stable", Some(installation.to_owned()), None);
        let choice = select(catalogue, &asked, &Window::OPEN, NOW);
        render(&choice, platform, &Site::new("../.."), &["en".to_owned()])
    }

    #[test]
    fn names_say_channel_platform_and_processor() {
        let read = |name| {
            let feed = Feed::of(name)?;
            let architecture = feed.architecture.map_or("", Architecture::node);
            let channel = feed.channel.unwrap_or_default();
            Some(format!("{channel} {} {architecture}", feed.platform.code()))
        };
        assert_eq!(read("latest.yml").as_deref(), Some(" windows "));
        assert_eq!(read("latest-mac.yml").as_deref(), Some(" macos "));
        assert_eq!(read("latest-linux.yml").as_deref(), Some(" linux x64"));
        assert_eq!(read("latest-linux-arm64.yml").as_deref(), Some(" linux arm64"));
        assert_eq!(read("latest-linux-arm.yml").as_deref(), Some(" linux arm"));
        assert_eq!(read("beta-2-mac.yml").as_deref(), Some("beta-2 macos "));
        assert_eq!(
            [read("latest.yaml"), read("-mac.yml"), read("a-linux-z80.yml")],
            [const { None }; 3]
        );
    }

    #[test]
    fn the_feed_is_what_the_client_reads() {
        let golden = r#"version: "1.2.0"
files:
  - url: "../../files/1.2.0/Acme-1.2.0-mac.zip"
    sha512: "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
    size: 1500
path: "../../files/1.2.0/Acme-1.2.0-mac.zip"
sha512: "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
minimumSystemVersion: "22.0.0"
releaseDate: "2026-11-22T10:00:00Z"
releaseNotes: "*Faster* & safer"
"#;
        assert_eq!(feed(&catalogue(), "latest-mac.yml", "a"), golden);
    }

    #[test]
    fn it_passes_the_check_of_feeds_that_are_uploaded() {
        let all = catalogue();
        let version = semver::Version::new(1, 2, 0);
        let files = as_checked(&all.releases[0].artifacts);
        for name in ["latest.yml", "latest-mac.yml", "latest-linux.yml", "latest-linux-arm64.yml"] {
            let found = electron::check(name, &feed(&all, name, "a"), &version, &files);
            let codes: Vec<_> = found.iter().map(Finding::code).collect();
            assert_eq!(codes, [""; 0], "{name}");
        }
    }

    #[test]
    fn outside_the_rollout_the_feed_has_the_release_before() {
        let all = rolling(50);
        let feeds = (0..64).map(|id| feed(&all, "latest.yml", &id.to_string()));
        let versions = feeds.filter_map(|yml| yml.lines().next().map(str::to_owned));
        let both = ["version: \"1.1.0\"", "version: \"1.2.0\""].map(str::to_owned);
        assert_eq!(versions.collect::<BTreeSet<_>>(), both.into());
        assert!(!feed(&all, "latest.yml", "1").contains("stagingPercentage"));
    }

    #[test]
    fn who_may_have_nothing_gets_a_feed_all_the_same() {
        let none = feed(&Catalogue::default(), "latest.yml", "a");
        assert_eq!(none, "version: 0.0.0\nfiles: []\n");
    }

    #[test]
    fn systems_are_told_by_their_kernels() {
        let mac = |system| kernel(Platform::MacOs, system);
        assert_eq!(mac("10.15.7").as_deref(), Some("19.0.0"));
        assert_eq!(mac("13.0").as_deref(), Some("22.0.0"));
        assert_eq!(mac("26").as_deref(), Some("25.0.0"));
        assert_eq!(mac("Ventura"), None);
        assert_eq!(kernel(Platform::Windows, "10.0.17763").as_deref(), Some("10.0.17763"));
        assert_eq!(kernel(Platform::Linux, "5.4").as_deref(), Some("5.4.0"));
    }

    #[test]
    fn block_maps_are_found_by_the_name_of_their_file() {
        let mut all = catalogue();
        let release = &mut all.releases[2];
        release.artifacts[0].blockmap_id = Some("B".to_owned());
        let found = mapped(release, "Acme-1.0.0-x64.nsis.exe.blockmap");
        assert!(found.is_some_and(|file| file.blockmap_id.is_some()));
        assert_eq!(mapped(release, "Acme-1.0.0-x64.msi.blockmap"), None, "it has none");
        assert_eq!(mapped(release, "Acme-1.0.0-x64.nsis.exe"), None);
    }
}
