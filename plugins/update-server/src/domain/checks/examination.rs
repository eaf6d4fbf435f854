//! Whether the signatures that came with a file hold: from its hash where that is enough, by a
//! [`Trial`] over the whole file where it is not.

use ed25519_dalek::{Signature, VerifyingKey};
use plugin_api::hex;
use semver::Version;
use sha2::{Digest as _, Sha256};

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

/// What a file is held against its signatures by.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its name.
    pub file: &'a str,
    /// The version of its release.
    pub version: &'a Version,
    /// Its BLAKE2b-512.
    pub blake2b: &'a [u8; 64],
}

/// A signature over the bytes of a file themselves (RFC 8032, 5.1): legacy minisign, Sparkle.
#[derive(Debug, Clone)]
pub struct Trial {
    scheme: Scheme,
    key: VerifyingKey,
    signature: Signature,
}

impl Trial {
    /// What this one is known by, so that its outcome can be kept: SHA-256 of the scheme, the key and
    /// the signature, hex.
    pub fn subject(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(match self.scheme {
            Scheme::Minisign => b"minisign",
            Scheme::Sparkle => b"sparkle ",
        });
        hash.update(self.key.as_bytes());
        hash.update(self.signature.to_bytes());
        hex(&hash.finalize())
    }

    /// Begins with the file.
    pub fn start(&self) -> Stream {
        Stream::new(&self.key, &self.signature)
    }
}

/// The signatures of a file, as far as they can be judged without reading it.
#[derive(Debug, Clone)]
pub struct Examination {
    file: String,
    findings: Vec<Finding>,
    trials: Vec<Trial>,
}

impl Examination {
    /// Judges the signatures of a file. Whether it needs one at all is a question about the release:
    /// see [`super::release::check`].
    pub fn new(subject: Subject, keys: VendorKeys, signatures: Signatures) -> Self {
        let file = subject.file.to_owned();
        let mut examination = Self { file, findings: Vec::new(), trials: Vec::new() };
        if !signatures.minisign.is_empty() {
            examination.minisign(subject, keys.minisign, signatures.minisign);
        }
        if !signatures.sparkle.is_empty() {
            examination.sparkle(keys.sparkle, signatures.sparkle);
        }
        examination
    }

    /// What takes the whole file.
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Everything that is wrong; `holds` says what came of a trial, none where it was not made yet.
    pub fn finish(mut self, holds: impl Fn(&Trial) -> Option<bool>) -> Vec<Finding> {
        let outcomes = self.trials.iter().filter_map(|trial| match holds(trial) {
            Some(true) => None,
            Some(false) => Some(Matter::SignatureWrong(trial.scheme)),
            None => Some(Matter::BeingChecked),
        });
        let mut outcomes: Vec<Matter> = outcomes.collect();
        outcomes.dedup();
        self.findings.extend(outcomes.into_iter().map(|matter| Finding::new(&self.file, matter)));
        self.findings
    }

    fn found(&mut self, matter: Matter) {
        self.findings.push(Finding::new(&self.file, matter));
    }

    fn minisign(&mut self, subject: Subject, key: &str, text: &str) {
        let Some(signature) = minisign::Signature::read(text) else {
            self.found(Matter::SignatureUnreadable(Scheme::Minisign));
            return;
        };
        let Some(key) = self.key(Scheme::Minisign, key, minisign::Key::read) else { return };
        let wrong = match signature.start(&key) {
            Ok(Verifying::Whole(key, signature)) => {
                self.trials.push(Trial { scheme: Scheme::Minisign, key, signature });
                None
            }
            Ok(Verifying::Hash(hash)) => {
                let holds = hash.holds(subject.blake2b);
                (!holds).then_some(Matter::SignatureWrong(Scheme::Minisign))
            }
            // A comment that nobody vouches for is not held against the release.
            Err(Wrong::OtherKey) => return self.found(Matter::SignatureOtherKey),
            Err(Wrong::Comment) => return self.found(Matter::CommentWrong),
        };
        self.check_comment(subject.version, &TrustedComment::read(signature.trusted_comment()));
        self.findings.extend(wrong.map(|matter| Finding::new(subject.file, matter)));
    }

    fn sparkle(&mut self, key: &str, text: &str) {
        let Some(signature) = ed25519::signature(text) else {
            self.found(Matter::SignatureUnreadable(Scheme::Sparkle));
            return;
        };
        if let Some(key) = self.key(Scheme::Sparkle, key, ed25519::key) {
            self.trials.push(Trial { scheme: Scheme::Sparkle, key, signature });
        }
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
