//! `RELEASES` of Squirrel.Windows: `<SHA-1> <name or address> <bytes>` on each line.

use semver::Version;

use super::finding::{Finding, Matter};
use super::listed::{Listed, file_name, left_out};
use super::release::Artifact;

/// A package by its name, `<Id>-<semver>[-full|-delta].nupkg`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The id of the program.
    pub id: String,
    /// Its version.
    pub version: Version,
    /// Whether it needs the version before it.
    pub is_delta: bool,
}

impl Package {
    /// Reads a file name; none for one that Squirrel would not read.
    pub fn of(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".nupkg")?;
        let (stem, is_delta) = match stem.strip_suffix("-delta") {
            Some(stem) => (stem, true),
            None => (stem.strip_suffix("-full").unwrap_or(stem), false),
        };
        // Ids may have hyphens, too: the version begins at the first one after which one can be read.
        let mut parts = stem.match_indices('-').filter_map(|(at, _)| {
            let (id, version) = (stem.get(..at)?, stem.get(at + 1..)?);
            Some((id, Version::parse(version).ok()?))
        });
        let (id, version) = parts.next().filter(|(id, _)| !id.is_empty())?;
        Some(Self { id: id.to_owned(), version, is_delta })
    }
}

/// What is wrong with a feed for a release of this version. Lines of other versions are not its
/// business: `RELEASES` lists them all.
pub fn check(feed: &str, text: &str, version: &Version, artifacts: &[Artifact]) -> Vec<Finding> {
    let found = |matter| Finding::new(feed, matter);
    let mut findings = Vec::new();
    let mut names = Vec::new();
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.split('#').all(|part| part.trim().is_empty()))
    {
        let Some((listed, package)) = read(line) else {
            findings.push(found(Matter::FeedUnreadable { detail: format!("{}: {line}", at + 1) }));
            continue;
        };
        if package.version == *version {
            findings.extend(listed.check(feed, artifacts));
            names.push(listed.name);
        }
    }
    if names.is_empty() && findings.is_empty() {
        findings.push(Finding::without(feed, version));
    }
    findings.extend(left_out(feed, &names, artifacts));
    findings
}

fn read(line: &str) -> Option<(Listed, Package)> {
    let mut words = line.split('#').next()?.split_whitespace();
    let (sha1, address, size) = (words.next()?, words.next()?, words.next()?);
    let hex = sha1.len() == 40 && sha1.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !hex || words.next().is_some() {
        return None;
    }
    let name = file_name(address);
    let package = Package::of(&name)?;
    let size = Some(size.parse().ok()?);
    Some((Listed { name, size, sha1: Some(sha1.to_owned()), ..Listed::default() }, package))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::platform::{Architecture, Format, Platform};

    const FULL: Artifact<'static> = Artifact {
        file_name: "Acme-App-1.2.3-full.nupkg",
        platform: Platform::Windows,
        architecture: Architecture::X86_64,
        format: Format::Nupkg,
        size: 1500,
        sha1: "94689fede03fed7ab59c24337673a27837f0c3ec",
        sha256: "",
        sha512: "",
        minisign: "",
        sparkle: "",
    };
    const RELEASES: &str = "\u{feff}14DB31D2647C6D2284882A2E101924A9C409EE67 Acme-App-1.2.2-full.nupkg 1400\r
94689FEDE03FED7AB59C24337673A27837F0C3EC https://host/a/Acme-App-1.2.3-full.nupkg?t=1 1500# 10%\r\n";

    fn codes(text: &str) -> Vec<&'static str> {
        let version = Version::new(1, 2, 3);
        check("RELEASES", text, &version, &[FULL]).iter().map(Finding::code).collect()
    }

    #[test]
    fn a_feed_of_the_release_is_taken() {
        assert_eq!(codes(RELEASES), [""; 0]);
    }

    #[test]
    fn each_difference_is_told() {
        for (from, to, expected) in [
            ("94689F", "94689E", vec!["elenco_impronta"]),
            ("1500", "1501", vec!["elenco_dimensione"]),
            ("94689F", "94689", vec!["elenco_illeggibile"]),
            ("1.2.3-full", "1.2.3-delta", vec!["elenco_file_ignoto"]),
            ("1.2.3-full", "1.2.4-full", vec!["elenco_senza_versione"]),
        ] {
            assert_eq!(codes(&RELEASES.replace(from, to)), expected, "{from} → {to}");
        }
        assert_eq!(codes(""), ["elenco_senza_versione"]);
    }

    #[test]
    fn a_package_for_the_same_machines_is_missed() {
        let delta = Artifact {
            file_name: "Acme-App-1.2.3-delta.nupkg",
            format: Format::NupkgDelta,
            ..FULL
        };
        let arm = Artifact { architecture: Architecture::Aarch64, ..delta };
        let version = Version::new(1, 2, 3);
        let found = check("RELEASES", RELEASES, &version, &[FULL, delta]);
        assert_eq!(found.iter().map(Finding::code).collect::<Vec<_>>(), ["elenco_file_mancante"]);
        assert!(!found.iter().any(Finding::refuses));
        assert_eq!(check("RELEASES", RELEASES, &version, &[FULL, arm]), []);
    }

    #[test]
    fn packages_are_read_by_their_names() {
        let package = Package::of("Acme-App-1.2.3-beta.1-delta.nupkg").expect("a package");
        assert_eq!(package.id, "Acme-App");
        assert_eq!(package.version, "1.2.3-beta.1".parse().expect("a version"));
        assert!(package.is_delta);
        assert!(Package::of("Acme-1.2.3.nupkg").is_some_and(|package| !package.is_delta));
        for name in ["Acme.nupkg", "Acme-1.2.nupkg", "-1.2.3.nupkg", "Acme-1.2.3-full.zip", "-"] {
            assert_eq!(Package::of(name), None, "{name}");
        }
    }
}
