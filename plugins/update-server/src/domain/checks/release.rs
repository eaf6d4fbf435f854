//! The files of a release together: names, places, and which of them need a signature.

use semver::Version;

use super::examination::VendorKeys;
use super::finding::{Finding, Matter, Scheme};
use super::names;
use crate::domain::platform::{Architecture, Format, Platform};

/// A file of the release, as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Artifact<'a> {
    /// The name it is downloaded under.
    pub file_name: &'a str,
    /// Where it runs.
    pub platform: Platform,
    /// On which processors.
    pub architecture: Architecture,
    /// How it is packed.
    pub format: Format,
    /// In bytes.
    pub size: u64,
    /// Lower-case hex.
    pub sha1: &'a str,
    /// Lower-case hex.
    pub sha256: &'a str,
    /// Base64.
    pub sha512: &'a str,
    /// Its minisign signature; empty for none.
    pub minisign: &'a str,
    /// Its `edSignature` for Sparkle; empty for none.
    pub sparkle: &'a str,
}

/// A release that is out, with its files.
#[derive(Debug, Clone)]
pub struct Out<'a> {
    /// Its version, as it is written.
    pub version: String,
    /// Its files.
    pub artifacts: Vec<Artifact<'a>>,
}

/// What is wrong with the files of a release of this version, their contents aside.
pub fn check(version: &Version, keys: VendorKeys, artifacts: &[Artifact]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, artifact) in artifacts.iter().enumerate() {
        let mut found = |matter| findings.push(Finding::new(artifact.file_name, matter));
        names::check(artifact.file_name, artifact.format, version).into_iter().for_each(&mut found);
        for earlier in artifacts.iter().take(at) {
            if earlier.file_name.eq_ignore_ascii_case(artifact.file_name) {
                found(Matter::NameTwice);
            } else if same_place(earlier, artifact) {
                found(Matter::PlaceTwice { other: earlier.file_name.to_owned() });
            }
        }
        if only_arm(artifact, artifacts) {
            found(Matter::OnlyArm);
        }
        if !keys.minisign.is_empty() && artifact.minisign.is_empty() && tauri_takes(artifact.format)
        {
            found(Matter::SignatureMissing(Scheme::Minisign));
        }
        if !keys.sparkle.is_empty() && artifact.sparkle.is_empty() && sparkle_takes(artifact) {
            found(Matter::SignatureMissing(Scheme::Sparkle));
        }
    }
    findings
}

/// electron-updater asks one feed for all processors of Windows, and one for those of macOS: where there
/// is only a file for Arm, Intel gets that.
fn only_arm(artifact: &Artifact, artifacts: &[Artifact]) -> bool {
    let taken = |it: &Artifact| match it.platform {
        Platform::Windows => matches!(it.format, Format::Nsis | Format::Exe),
        Platform::MacOs => it.format == Format::Zip,
        Platform::Linux | Platform::Any => false,
    };
    let is_arm = |it: &Artifact| it.architecture == Architecture::Aarch64;
    let same = |it: &&Artifact| taken(it) && it.platform == artifact.platform;
    taken(artifact) && is_arm(artifact) && artifacts.iter().filter(same).all(is_arm)
}

/// Clients could not tell the two apart; files beside the program may be many.
fn same_place(one: &Artifact, other: &Artifact) -> bool {
    one.format != Format::File
        && (one.platform, one.architecture, one.format)
            == (other.platform, other.architecture, other.format)
}

/// The formats that Tauri's updater installs, and refuses without a signature.
fn tauri_takes(format: Format) -> bool {
    use Format::{App, AppImage, Deb, Msi, Nsis, Rpm};
    matches!(format, Nsis | Msi | App | AppImage | Deb | Rpm)
}

/// Sparkle takes any archive or image for macOS, and refuses it without a signature.
fn sparkle_takes(artifact: &Artifact) -> bool {
    use Format::{App, Delta, Dmg, Pkg, TarGz, Zip};
    artifact.platform == Platform::MacOs
        && matches!(artifact.format, App | Dmg | Zip | TarGz | Pkg | Delta)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEB: Artifact<'static> = Artifact {
        file_name: "acme_1.2.3_amd64.deb",
        platform: Platform::Linux,
        architecture: Architecture::X86_64,
        format: Format::Deb,
        size: 0,
        sha1: "",
        sha256: "",
        sha512: "",
        minisign: "",
        sparkle: "",
    };

    fn codes(keys: VendorKeys, artifacts: &[Artifact]) -> Vec<&'static str> {
        let version = Version::new(1, 2, 3);
        check(&version, keys, artifacts).iter().map(Finding::code).collect()
    }

    #[test]
    fn nothing_stands_twice() {
        let none = VendorKeys::default();
        let other = Artifact { file_name: "acme-1.2.3.deb", ..DEB };
        let arm = Artifact { architecture: Architecture::Aarch64, ..other };
        let upper =
            Artifact { file_name: "Acme_1.2.3_amd64.deb", architecture: Architecture::Any, ..DEB };
        assert_eq!(codes(none, &[DEB, arm]), [""; 0]);
        assert_eq!(codes(none, &[DEB, other]), ["posto_doppio"]);
        assert_eq!(codes(none, &[DEB, upper]), ["nome_doppio"]);
        let notes = Artifact { file_name: "notes.txt", format: Format::File, ..DEB };
        assert_eq!(codes(none, &[notes, Artifact { file_name: "b.txt", ..notes }]), [""; 0]);
    }

    #[test]
    fn a_file_for_arm_alone_is_worth_a_word() {
        let none = VendorKeys::default();
        let arm = Artifact {
            file_name: "Acme-arm64.exe",
            platform: Platform::Windows,
            architecture: Architecture::Aarch64,
            format: Format::Nsis,
            ..DEB
        };
        let intel = Artifact { file_name: "Acme.exe", architecture: Architecture::X86_64, ..arm };
        let any = Artifact { file_name: "A.exe", architecture: Architecture::Any, ..arm };
        assert_eq!(codes(none, &[arm]), ["solo_arm"]);
        assert_eq!(codes(none, &[arm, intel]), [""; 0]);
        assert_eq!(codes(none, &[any, arm]), [""; 0]);
        assert_eq!(codes(none, &[intel]), [""; 0]);
        let mac = Artifact { platform: Platform::MacOs, format: Format::Zip, ..arm };
        let mac = Artifact { file_name: "Acme-arm64.zip", ..mac };
        assert_eq!(codes(none, &[mac, intel]), ["solo_arm"]);
        assert_eq!(codes(none, &[Artifact { format: Format::Dmg, ..mac }]), ["nome_estensione"]);
        assert_eq!(codes(none, &[Artifact { platform: Platform::Linux, ..arm }]), [""; 0]);
    }

    #[test]
    fn a_product_with_a_key_signs_what_its_clients_verify() {
        let keys = VendorKeys { minisign: "a key", sparkle: "a key" };
        let signed = Artifact { minisign: "a signature", ..DEB };
        let notes = Artifact { file_name: "notes.txt", format: Format::File, ..DEB };
        let dmg = Artifact {
            file_name: "Acme.dmg",
            platform: Platform::MacOs,
            format: Format::Dmg,
            ..DEB
        };
        assert_eq!(codes(keys, &[DEB]), ["firma_mancante"]);
        assert_eq!(codes(keys, &[signed, notes]), [""; 0]);
        assert_eq!(codes(keys, &[dmg]), ["firma_mancante"]);
        assert_eq!(codes(VendorKeys::default(), &[DEB, dmg]), [""; 0]);
    }
}
