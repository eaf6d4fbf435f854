//! `latest.yml`, `beta-mac.yml` and the like, as electron-builder writes them.

use semver::Version;

use super::finding::{Finding, Matter};
use super::listed::{Listed, file_name};
use super::release::{Artifact, Out};
use super::yaml::Yaml;

/// What is wrong with a feed of this file name for a release of this version.
pub fn check(feed: &str, text: &str, version: &Version, artifacts: &[Artifact]) -> Vec<Finding> {
    let yaml = match Yaml::read(text) {
        Ok(yaml @ Yaml::Map(_)) => yaml,
        Ok(_) => return vec![unreadable(feed, "no map".to_owned())],
        Err(detail) => return vec![unreadable(feed, detail)],
    };
    let files = match listed(&yaml) {
        Ok(files) => files,
        Err(detail) => return vec![unreadable(feed, detail)],
    };
    let mut findings = check_version(feed, &yaml, version);
    if files.is_empty() {
        findings.push(missing(feed, feed, "files"));
    }
    for file in &files {
        findings.extend(file.check(feed, artifacts));
        if file.sha512.is_none() {
            findings.push(missing(feed, &file.name, "sha512"));
        }
    }
    findings
}

/// What is wrong with a feed that is to be handed out as it is, and which version it offers: that must
/// be out, with the files as the feed says.
pub fn check_out(feed: &str, text: &str, out: &[Out]) -> (Vec<Finding>, Vec<String>) {
    let yaml = Yaml::read(text).unwrap_or(Yaml::List(Vec::new()));
    let said = yaml.get("version").and_then(Yaml::text).map(str::to_owned);
    let release = out.iter().find(|release| Some(&release.version) == said.as_ref());
    match (release, said) {
        (Some(release), Some(said)) => match Version::parse(&said) {
            Ok(version) => (check(feed, text, &version, &release.artifacts), vec![said]),
            Err(error) => (vec![unreadable(feed, error.to_string())], Vec::new()),
        },
        (_, Some(found)) => {
            (vec![Finding::new(feed, Matter::FeedVersionNotOut { found })], Vec::new())
        }
        // It says why it cannot be read, or that there is no version.
        _ => (check(feed, text, &Version::new(0, 0, 0), &[]), Vec::new()),
    }
}

fn unreadable(feed: &str, detail: String) -> Finding {
    Finding::new(feed, Matter::FeedUnreadable { detail })
}

fn missing(feed: &str, name: &str, field: &'static str) -> Finding {
    Finding::new(feed, Matter::FeedFieldMissing { name: name.to_owned(), field })
}

fn check_version(feed: &str, yaml: &Yaml, version: &Version) -> Vec<Finding> {
    let Some(found) = yaml.get("version").and_then(Yaml::text) else {
        return vec![missing(feed, feed, "version")];
    };
    if Version::parse(found).ok().as_ref() == Some(version) {
        return Vec::new();
    }
    let found = found.to_owned();
    vec![Finding::new(feed, Matter::FeedVersion { found, version: version.to_string() })]
}

/// The files of `files` and `packages`, and the one that clients up to 2.15 read beside the version.
fn listed(yaml: &Yaml) -> Result<Vec<Listed>, String> {
    let mut listed = Vec::new();
    match yaml.get("files") {
        Some(Yaml::List(files)) => {
            for file in files {
                listed.push(one(file, "url")?);
            }
        }
        Some(_) => return Err("files is no list".to_owned()),
        None => {}
    }
    match yaml.get("packages") {
        Some(Yaml::Map(packages)) => {
            for package in packages.values() {
                listed.push(one(package, "path")?);
            }
        }
        Some(_) => return Err("packages is no map".to_owned()),
        None => {}
    }
    if yaml.get("path").is_some() {
        let mut legacy = one(yaml, "path")?;
        legacy.size = None;
        if !listed.contains(&legacy) && !listed.iter().any(|file| same(file, &legacy)) {
            listed.push(legacy);
        }
    }
    Ok(listed)
}

/// So that a difference is not told twice.
fn same(file: &Listed, legacy: &Listed) -> bool {
    file.name == legacy.name && file.sha512 == legacy.sha512
}

fn one(file: &Yaml, address: &str) -> Result<Listed, String> {
    let text = |key: &str| file.get(key).and_then(Yaml::text);
    let name = text(address).map(file_name).filter(|name| !name.is_empty());
    let size = text("size").map(|size| size.parse::<u64>().map_err(|_| format!("size {size}")));
    Ok(Listed {
        name: name.ok_or_else(|| format!("a file without {address}"))?,
        size: size.transpose()?,
        sha512: text("sha512").map(str::to_owned),
        ..Listed::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::platform::{Architecture, Format, Platform};

    /// As `serializeToYaml` of electron-builder 26.17 writes it.
    const LATEST: &str = "version: 1.2.3
files:
  - url: Acme-Setup-1.2.3.exe
    sha512: c2hhNTEyIG9mIHRoZSBpbnN0YWxsZXI=
    size: 83412345
    blockMapSize: 88123
path: Acme-Setup-1.2.3.exe
sha512: c2hhNTEyIG9mIHRoZSBpbnN0YWxsZXI=
releaseName: 'Acme: the third'
releaseNotes: |
  ## New
  - path: not a key, only text
  - it's \"faster\"

  > quoted # not a comment
releaseDate: '2026-11-23T03:04:05.678Z'
";
    const SETUP: Artifact<'static> = Artifact {
        file_name: "Acme-Setup-1.2.3.exe",
        platform: Platform::Windows,
        architecture: Architecture::X86_64,
        format: Format::Exe,
        size: 83_412_345,
        sha1: "",
        sha256: "",
        sha512: "c2hhNTEyIG9mIHRoZSBpbnN0YWxsZXI=",
        minisign: "",
        sparkle: "",
    };

    fn codes(text: &str) -> Vec<&'static str> {
        let version = Version::new(1, 2, 3);
        check("latest.yml", text, &version, &[SETUP]).iter().map(Finding::code).collect()
    }

    #[test]
    fn a_feed_of_the_release_is_taken() {
        assert_eq!(codes(LATEST), [""; 0]);
        assert_eq!(codes(&LATEST.replace('\n', "\r\n")), [""; 0]);
        let absolute = LATEST.replace("url: ", "url: https://host/files/");
        assert_eq!(codes(&absolute), [""; 0]);
    }

    #[test]
    fn the_packages_of_a_web_installer_count_too() {
        let text = "version: 1.2.3
packages:
  x64:
    size: 83412345
    sha512: c2hhNTEyIG9mIHRoZSBpbnN0YWxsZXI=
    path: Acme-Setup-1.2.3.exe
  ia32:
    size: 6
    sha512: YQ==
    path: acme-1.2.3-ia32.nsis.7z
files: []
";
        assert_eq!(codes(text), ["elenco_file_ignoto"]);
    }

    #[test]
    fn a_feed_that_is_handed_out_offers_what_is_out() {
        let out = [Out { version: "1.2.3".to_owned(), artifacts: vec![SETUP] }];
        let codes = |text: &str| {
            let (found, versions) = check_out("latest.yml", text, &out);
            let codes: Vec<_> = found.iter().map(Finding::code).collect();
            (codes.join(" "), versions.join(" "))
        };
        assert_eq!(codes(LATEST), (String::new(), "1.2.3".to_owned()));
        let none = |code: &str| (code.to_owned(), String::new());
        let other = LATEST.replacen("1.2.3", "1.2.4", 1);
        assert_eq!(codes(&other), none("elenco_versione_non_uscita"));
        assert_eq!(codes("- version: 1.2.3"), none("elenco_illeggibile"));
        assert_eq!(codes("version: [1"), none("elenco_illeggibile"));
        let other = LATEST.replacen("size: 8", "size: 9", 1);
        assert_eq!(codes(&other).0, "elenco_dimensione");
    }

    #[test]
    fn each_difference_is_told() {
        for (from, to, expected) in [
            ("version: 1.2.3", "version: 1.2.4", "elenco_versione"),
            ("version: 1.2.3\n", "", "elenco_campo_mancante"),
            ("size: 83412345", "size: 83412344", "elenco_dimensione"),
            ("    sha512: c2hh", "    sha512: d2hh", "elenco_impronta"),
            ("\nsha512: c2hh", "\nsha512: d2hh", "elenco_impronta"),
            ("\npath: Acme-Setup", "\npath: Acme-Other", "elenco_file_ignoto"),
            ("    sha512: c2hhNTEyIG9mIHRoZSBpbnN0YWxsZXI=\n", "", "elenco_campo_mancante"),
        ] {
            assert_eq!(codes(&LATEST.replacen(from, to, 1)), [expected], "{from} → {to}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_not_read() {
        for text in [
            "",
            "just a text",
            "version: 1.2.3\nversion: 1.2.4\n",
            "version: &v 1.2.3\npath: *v\n",
            "version: !!str 1.2.3\n",
            "version: 1.2.3\n---\nversion: 1.2.3\n",
            "version: 1.2.3\nfiles: none\n",
            "version: 1.2.3\nfiles:\n  - sha512: abc\n",
            "version: 1.2.3\nfiles:\n  - url: a\n    size: many\n",
            "a: [[[[[[[[[[[[1]]]]]]]]]]]]",
            "a: [1",
            "version: 1.2.3\nfiles:\n\t- url: a\n",
            "version: 1.2.3\nfiles:\n  - <<: {sha512: abc}\n    url: a\n",
            "\tversion: 1.2.3",
        ] {
            assert_eq!(codes(text), ["elenco_illeggibile"], "{text:?}");
        }
    }
}
