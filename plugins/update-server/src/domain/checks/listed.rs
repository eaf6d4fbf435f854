//! A file as a feed lists it, held against the file of the release.

use percent_encoding::percent_decode_str;

use super::finding::{Finding, Matter};
use super::release::Artifact;
use crate::domain::platform::Format;

/// What a feed says of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// The name, without the address before it.
    pub(super) name: String,
    pub(super) size: Option<u64>,
    /// Hex, of either case.
    pub(super) sha1: Option<String>,
    /// Hex, of either case.
    pub(super) sha256: Option<String>,
    /// Base64.
    pub(super) sha512: Option<String>,
}

impl Listed {
    /// What differs from the file of the release that has this name.
    pub(super) fn check(&self, feed: &str, artifacts: &[Artifact]) -> Vec<Finding> {
        let named = |matter| Finding::new(feed, matter);
        let name = self.name.clone();
        let Some(artifact) = artifacts.iter().find(|it| it.file_name == self.name) else {
            return vec![named(Matter::FeedFileUnknown { name })];
        };
        let size = self.size.filter(|size| *size != artifact.size).map(|found| Matter::FeedSize {
            name: name.clone(),
            found,
            size: artifact.size,
        });
        let hex = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        let hashes = [
            ("SHA-1", differs(self.sha1.as_deref(), artifact.sha1, hex)),
            ("SHA-256", differs(self.sha256.as_deref(), artifact.sha256, hex)),
            ("SHA-512", differs(self.sha512.as_deref(), artifact.sha512, |a, b| a == b)),
        ];
        let hashes = hashes.into_iter().filter(|(_, differs)| *differs);
        let hashes = hashes.map(|(hash, _)| Matter::FeedHash { name: name.clone(), hash });
        size.into_iter().chain(hashes).map(named).collect()
    }
}

/// A warning for each package that a feed leaves out, of those for the machines it is about: a release
/// has a feed for each kind of machine.
pub(super) fn left_out(feed: &str, listed: &[String], artifacts: &[Artifact]) -> Vec<Finding> {
    let (there, absent): (Vec<&Artifact>, Vec<&Artifact>) = artifacts
        .iter()
        .filter(|it| matches!(it.format, Format::Nupkg | Format::NupkgDelta))
        .partition(|it| listed.iter().any(|name| name == it.file_name));
    let beside = |one: &&&Artifact| {
        let machine = (one.platform, one.architecture);
        there.iter().any(|it| (it.platform, it.architecture) == machine)
    };
    let missing = |it: &&Artifact| Matter::FeedFileMissing { name: it.file_name.to_owned() };
    absent.iter().filter(beside).map(|it| Finding::new(feed, missing(it))).collect()
}

fn differs(found: Option<&str>, own: &str, same: impl Fn(&str, &str) -> bool) -> bool {
    found.is_some_and(|found| !same(found.trim(), own))
}

/// The file name at the end of an address, without its query, percent-decoded.
pub(super) fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    percent_decode_str(last).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_come_out_of_addresses() {
        for (address, name) in [
            ("Acme.exe", "Acme.exe"),
            ("https://host/a/Acme%20Setup.exe?key=1#x", "Acme Setup.exe"),
            ("a%2", "a%2"),
            ("", ""),
        ] {
            assert_eq!(file_name(address), name);
        }
    }
}
