//! What the checks before publishing find, each with a stable code and a sentence.

use plugin_api::lang::Lang;
use semver::Version;

/// A way to sign files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// minisign, for Tauri.
    Minisign,
    /// Ed25519, for Sparkle.
    Sparkle,
}

/// Something that is wrong with one file, or noteworthy. The file stands in [`Finding`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// The name would not survive in addresses and signed metadata.
    NameCharacters,
    /// The name says another version than the release.
    NameVersion {
        /// What it says.
        found: String,
        /// The version of the release.
        version: String,
    },
    /// The ending does not suit the format.
    NameExtension {
        /// How names of the format end.
        expected: String,
    },
    /// Another file of the release has the same name.
    NameTwice,
    /// Another file is for the same platform, architecture and format.
    PlaceTwice {
        /// The name of the other file.
        other: String,
    },
    /// Only for Arm, where electron-updater does not say what it runs on. A warning.
    OnlyArm,
    /// The public key of the product is no such key.
    KeyUnreadable(Scheme),
    /// The product has a public key, and the file no signature.
    SignatureMissing(Scheme),
    /// The file has a signature, and the product no public key: nobody verified it. A warning.
    SignatureUnchecked(Scheme),
    /// What was given is no signature.
    SignatureUnreadable(Scheme),
    /// Another key than the product's made it.
    SignatureOtherKey,
    /// It does not belong to these bytes.
    SignatureWrong(Scheme),
    /// The trusted comment is not the signed one.
    CommentWrong,
    /// The signature was made for a file of another name.
    CommentFile {
        /// What it says.
        found: String,
    },
    /// The signature was made for another version.
    CommentVersion {
        /// What it says.
        found: String,
        /// The version of the release.
        version: String,
    },
    /// The signature names no version: an older file could be passed off as newer. A warning.
    CommentVersionMissing,
    /// The feed cannot be read.
    FeedUnreadable {
        /// What is in the way.
        detail: String,
    },
    /// The feed is about another version.
    FeedVersion {
        /// What it says.
        found: String,
        /// The version of the release.
        version: String,
    },
    /// The feed has nothing of the release's version.
    FeedWithoutVersion {
        /// The version of the release.
        version: String,
    },
    /// The feed names a file that the release does not have.
    FeedFileUnknown {
        /// The file that it is about.
        name: String,
    },
    /// A file of the release is not in the feed. A warning.
    FeedFileMissing {
        /// The file that it is about.
        name: String,
    },
    /// The feed says another size in bytes.
    FeedSize {
        /// The file that it is about.
        name: String,
        /// What it says.
        found: u64,
        /// What the file has.
        size: u64,
    },
    /// The feed says another hash.
    FeedHash {
        /// The file that it is about.
        name: String,
        /// Which one.
        hash: &'static str,
    },
    /// The feed lacks what its clients need.
    FeedFieldMissing {
        /// The file that it is about.
        name: String,
        /// What the feed calls it.
        field: &'static str,
    },
    /// The file is not of the package the feed says.
    FeedPackage {
        /// The file that it is about.
        name: String,
        /// What the feed says.
        package: String,
    },
    /// The appcast has no signature at its end.
    FeedUnsigned,
    /// The feed offers a version that is not out.
    FeedVersionNotOut {
        /// The version, as the feed says it.
        found: String,
    },
    /// The whole file is still being read: for a signature over every byte, or for viruses.
    BeingChecked,
    /// There is a virus in the file.
    Infected {
        /// What the scanner said.
        told: String,
    },
    /// The scanner did not say whether there is one.
    ScannerFailed {
        /// What it said instead.
        told: String,
    },
}

/// Something that the checks found, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name of the file or feed.
    pub file: String,
    /// What it is.
    pub matter: Matter,
}

impl Scheme {
    fn name(self) -> &'static str {
        match self {
            Self::Minisign => "minisign",
            Self::Sparkle => "Sparkle EdDSA",
        }
    }
}

impl Finding {
    /// A finding about the file of this name.
    pub fn new(file: &str, matter: Matter) -> Self {
        Self { file: file.to_owned(), matter }
    }

    /// A feed that lists many versions, and the release's not among them.
    pub(super) fn without(feed: &str, version: &Version) -> Self {
        Self::new(feed, Matter::FeedWithoutVersion { version: version.to_string() })
    }

    /// Whether the release cannot be published because of it; a warning otherwise.
    pub fn refuses(&self) -> bool {
        !matches!(
            self.matter,
            Matter::SignatureUnchecked(_)
                | Matter::CommentVersionMissing
                | Matter::FeedFileMissing { .. }
                | Matter::OnlyArm
        )
    }

    /// Whether the same may be well a little later, with nothing changed.
    pub fn may_pass(&self) -> bool {
        matches!(self.matter, Matter::BeingChecked | Matter::ScannerFailed { .. })
    }

    /// The stable code, also over the API.
    pub fn code(&self) -> &'static str {
        match self.matter {
            Matter::NameCharacters => "nome_caratteri",
            Matter::NameVersion { .. } => "nome_versione",
            Matter::NameExtension { .. } => "nome_estensione",
            Matter::NameTwice => "nome_doppio",
            Matter::PlaceTwice { .. } => "posto_doppio",
            Matter::OnlyArm => "solo_arm",
            Matter::KeyUnreadable(_) => "chiave_illeggibile",
            Matter::SignatureMissing(_) => "firma_mancante",
            Matter::SignatureUnchecked(_) => "firma_non_verificata",
            Matter::SignatureUnreadable(_) => "firma_illeggibile",
            Matter::SignatureOtherKey => "firma_altra_chiave",
            Matter::SignatureWrong(_) => "firma_errata",
            Matter::CommentWrong => "commento_errato",
            Matter::CommentFile { .. } => "commento_file",
            Matter::CommentVersion { .. } => "commento_versione",
            Matter::CommentVersionMissing => "commento_senza_versione",
            Matter::FeedUnreadable { .. } => "elenco_illeggibile",
            Matter::FeedVersion { .. } => "elenco_versione",
            Matter::FeedWithoutVersion { .. } => "elenco_senza_versione",
            Matter::FeedFileUnknown { .. } => "elenco_file_ignoto",
            Matter::FeedFileMissing { .. } => "elenco_file_mancante",
            Matter::FeedSize { .. } => "elenco_dimensione",
            Matter::FeedHash { .. } => "elenco_impronta",
            Matter::FeedFieldMissing { .. } => "elenco_campo_mancante",
            Matter::FeedPackage { .. } => "elenco_pacchetto",
            Matter::FeedUnsigned => "elenco_non_firmato",
            Matter::FeedVersionNotOut { .. } => "elenco_versione_non_uscita",
            Matter::BeingChecked => "controllo_in_corso",
            Matter::Infected { .. } => "virus",
            Matter::ScannerFailed { .. } => "scansione_fallita",
        }
    }

    /// The sentence for people.
    pub fn text(&self, lang: &Lang) -> String {
        let key = format!("check-{}", self.code().replace('_', "-"));
        let own = self.arguments();
        let arguments = std::iter::once(("file", self.file.as_str()))
            .chain(own.iter().map(|(name, value)| (*name, value.as_str())))
            .collect::<Vec<_>>();
        lang.with(&key, &arguments)
    }

    fn arguments(&self) -> Vec<(&'static str, String)> {
        match &self.matter {
            Matter::NameVersion { found, version }
            | Matter::CommentVersion { found, version }
            | Matter::FeedVersion { found, version } => {
                vec![("found", found.clone()), ("version", version.clone())]
            }
            Matter::FeedWithoutVersion { version } => vec![("version", version.clone())],
            Matter::NameExtension { expected } => vec![("expected", expected.clone())],
            Matter::PlaceTwice { other } => vec![("other", other.clone())],
            Matter::KeyUnreadable(scheme)
            | Matter::SignatureMissing(scheme)
            | Matter::SignatureUnchecked(scheme)
            | Matter::SignatureUnreadable(scheme)
            | Matter::SignatureWrong(scheme) => vec![("scheme", scheme.name().to_owned())],
            Matter::CommentFile { found } | Matter::FeedVersionNotOut { found } => {
                vec![("found", found.clone())]
            }
            Matter::Infected { told } | Matter::ScannerFailed { told } => {
                vec![("told", told.clone())]
            }
            Matter::FeedUnreadable { detail } => vec![("detail", detail.clone())],
            Matter::FeedFileUnknown { name } | Matter::FeedFileMissing { name } => {
                vec![("name", name.clone())]
            }
            Matter::FeedSize { name, found, size } => vec![
                ("name", name.clone()),
                ("found", found.to_string()),
                ("size", size.to_string()),
            ],
            Matter::FeedHash { name, hash } => {
                vec![("name", name.clone()), ("hash", (*hash).to_owned())]
            }
            Matter::FeedFieldMissing { name, field } => {
                vec![("name", name.clone()), ("field", (*field).to_owned())]
            }
            Matter::FeedPackage { name, package } => {
                vec![("name", name.clone()), ("package", package.clone())]
            }
            Matter::NameCharacters
            | Matter::NameTwice
            | Matter::OnlyArm
            | Matter::SignatureOtherKey
            | Matter::CommentWrong
            | Matter::CommentVersionMissing
            | Matter::FeedUnsigned
            | Matter::BeingChecked => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use plugin_api::lang::Catalogue;

    use super::*;

    fn one_of_each() -> Vec<Matter> {
        let text = || "x".to_owned();
        let (found, version, name) = (text, text, text);
        vec![
            Matter::NameCharacters,
            Matter::NameVersion { found: found(), version: version() },
            Matter::NameExtension { expected: text() },
            Matter::NameTwice,
            Matter::PlaceTwice { other: text() },
            Matter::OnlyArm,
            Matter::KeyUnreadable(Scheme::Minisign),
            Matter::SignatureMissing(Scheme::Sparkle),
            Matter::SignatureUnchecked(Scheme::Minisign),
            Matter::SignatureUnreadable(Scheme::Minisign),
            Matter::SignatureOtherKey,
            Matter::SignatureWrong(Scheme::Sparkle),
            Matter::CommentWrong,
            Matter::CommentFile { found: found() },
            Matter::CommentVersion { found: found(), version: version() },
            Matter::CommentVersionMissing,
            Matter::FeedUnreadable { detail: text() },
            Matter::FeedVersion { found: found(), version: version() },
            Matter::FeedWithoutVersion { version: version() },
            Matter::FeedFileUnknown { name: name() },
            Matter::FeedFileMissing { name: name() },
            Matter::FeedSize { name: name(), found: 1, size: 2 },
            Matter::FeedHash { name: name(), hash: "SHA-1" },
            Matter::FeedFieldMissing { name: name(), field: "SHA1" },
            Matter::FeedPackage { name: name(), package: text() },
            Matter::FeedUnsigned,
            Matter::FeedVersionNotOut { found: found() },
            Matter::BeingChecked,
            Matter::Infected { told: text() },
            Matter::ScannerFailed { told: text() },
        ]
    }

    #[test]
    fn each_has_its_own_sentence_in_both_languages() {
        let sources = [
            ("en", include_str!("../../../locales/checks.en.ftl")),
            ("it", include_str!("../../../locales/checks.it.ftl")),
        ];
        let findings = one_of_each().into_iter().map(|matter| Finding::new("Acme.exe", matter));
        let findings = findings.collect::<Vec<_>>();
        let codes = findings.iter().map(Finding::code).collect::<BTreeSet<_>>();
        assert_eq!(codes.len(), findings.len());
        for (code, source) in sources {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            let keys = source.lines().filter(|line| line.starts_with("check-")).count();
            assert_eq!(keys, findings.len());
            for finding in &findings {
                let text = finding.text(&lang);
                assert!(text.contains("Acme.exe"), "{text}");
                assert!(!text.contains(['{', '⟦']), "{text}");
            }
        }
    }
}
