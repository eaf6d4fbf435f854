//! A file as a feed lists it, held against the file of the release.

use super::finding::{Finding, Matter};
use super::release::Artifact;

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

fn differs(found: Option<&str>, own: &str, same: impl Fn(&str, &str) -> bool) -> bool {
    found.is_some_and(|found| !same(found.trim(), own))
}

/// The file name at the end of an address, without its query, percent-decoded.
pub(super) fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(last.len());
    let mut rest = last.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let decoded = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match decoded.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
