//! Where somebody who asks for updates finds files.

use crate::domain::release::{Artifact, Release};

/// The address everything of one licence or product is below, without a slash at its end:
/// `https://updates.example/u/<token>`, or a way up to it (`../..`) from where a feed is.
///
/// Files stay on this host, also where storage is elsewhere: clients send their credentials to
/// whatever host an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site(String);

impl Site {
    /// The site below an address.
    pub fn new(base: impl Into<String>) -> Self {
        Self(base.into())
    }

    /// The address of a file. Names and versions need no escapes: they are of letters, digits, `.`,
    /// `_`, `-` and `+`.
    pub fn file(&self, release: &Release, artifact: &Artifact) -> String {
        let Self(base) = self;
        format!("{base}/files/{}/{}", release.version, artifact.file_name)
    }
}
