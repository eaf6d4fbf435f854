//! One pass over an artifact: its hashes, and whether its signatures hold.

use semver::Version;

use super::digests::{Digesting, Digests};
use super::ed25519::{self, Stream};
use super::finding::{Finding, Matter, Scheme};
use super::minisign::{self, Verifying, Wrong};
use super::trusted_comment::TrustedComment;

/// The public keys of a product as its vendor entered them; empty for none.
#[derive(Debug, Clone, Copy, Default)]
pub struct VendorKeys<'a> {
    /// See [`minisign::Key::read`].
    pub minisign: &'a str,
    /// Sparkle's `SUPublicEDKey`.
    pub sparkle: &'a str,
}

/// The signatures that came with a file; empty for none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Signatures<'a> {
    /// See [`minisign::Signature::read`].
    pub minisign: &'a str,
    /// Sparkle's `edSignature`.
    pub sparkle: &'a str,
}

/// A file that is being examined, piece by piece; a few hundred bytes whatever its size.
pub struct Examination {
    file: String,
    digesting: Digesting,
    minisign: Option<Verifying>,
    sparkle: Option<Stream>,
    findings: Vec<Finding>,
}

impl Examination {
    /// Begins with the file of this name in a release of this version. Whether it needs a signature
    /// at all is a question about the release: see [`super::release::check`].
    pub fn new(file: &str, version: &Version, keys: VendorKeys, signatures: Signatures) -> Self {
        let mut examination = Self {
            file: file.to_owned(),
            digesting: Digesting::default(),
            minisign: None,
            sparkle: None,
            findings: Vec::new(),
        };
        if !signatures.minisign.is_empty() {
            examination.minisign =
                examination.start_minisign(version, keys.minisign, signatures.minisign);
        }
        if !signatures.sparkle.is_empty() {
            examination.sparkle = examination.start_sparkle(keys.sparkle, signatures.sparkle);
        }
        examination
    }

    /// Takes the next piece of the file, of any length.
    pub fn update(&mut self, piece: &[u8]) {
        self.digesting.update(piece);
        if let Some(verifying) = &mut self.minisign {
            verifying.update(piece);
        }
        if let Some(stream) = &mut self.sparkle {
            stream.update(piece);
        }
    }

    /// The hashes and what is wrong, after the last piece.
    pub fn finish(mut self) -> (Digests, Vec<Finding>) {
        let digests = self.digesting.finish();
        let minisign = self.minisign.is_some_and(|it| it.finish(&digests.blake2b).is_err());
        let sparkle = self.sparkle.is_some_and(|it| !it.finish());
        for scheme in minisign
            .then_some(Scheme::Minisign)
            .into_iter()
            .chain(sparkle.then_some(Scheme::Sparkle))
        {
            self.findings.push(Finding::new(&self.file, Matter::SignatureWrong(scheme)));
        }
        (digests, self.findings)
    }

    fn found(&mut self, matter: Matter) {
        self.findings.push(Finding::new(&self.file, matter));
    }

    fn start_minisign(&mut self, version: &Version, key: &str, text: &str) -> Option<Verifying> {
        let Some(signature) = minisign::Signature::read(text) else {
            self.found(Matter::SignatureUnreadable(Scheme::Minisign));
            return None;
        };
        let started = self.key(Scheme::Minisign, key, minisign::Key::read).map(|key| {
            let started = signature.start(&key);
            if let Err(wrong) = started {
                self.found(match wrong {
                    Wrong::OtherKey => Matter::SignatureOtherKey,
                    Wrong::Comment => Matter::CommentWrong,
                    Wrong::File => Matter::SignatureWrong(Scheme::Minisign),
                });
            }
            started.ok()
        });
        // A comment that nobody vouches for is not held against the release.
        let verifying = started.flatten()?;
        self.check_comment(version, &TrustedComment::read(signature.trusted_comment()));
        Some(verifying)
    }

    fn start_sparkle(&mut self, key: &str, text: &str) -> Option<Stream> {
        let Some(signature) = ed25519::signature(text) else {
            self.found(Matter::SignatureUnreadable(Scheme::Sparkle));
            return None;
        };
        let key = self.key(Scheme::Sparkle, key, ed25519::key)?;
        Some(Stream::new(&key, &signature))
    }

    fn key<Key>(
        &mut self,
        scheme: Scheme,
        text: &str,
        read: impl Fn(&str) -> Option<Key>,
    ) -> Option<Key> {
        if text.trim().is_empty() {
            self.found(Matter::SignatureUnchecked(scheme));
            return None;
        }
        let key = read(text);
        if key.is_none() {
            self.found(Matter::KeyUnreadable(scheme));
        }
        key
    }

    fn check_comment(&mut self, version: &Version, comment: &TrustedComment) {
        match &comment.version {
            None => self.found(Matter::CommentVersionMissing),
            Some(found) => {
                let signed = Version::parse(found.strip_prefix('v').unwrap_or(found));
                if signed.ok().as_ref() != Some(version) {
                    let version = version.to_string();
                    self.found(Matter::CommentVersion { found: found.clone(), version });
                }
            }
        }
        if let Some(found) = comment.file.as_ref().filter(|found| **found != self.file) {
            self.found(Matter::CommentFile { found: found.clone() });
        }
    }
}
