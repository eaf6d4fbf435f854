//! Tauri's updater asking for its own update (tauri-plugin-updater 2, “dynamic update server”).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_api::time::rfc3339;
use serde::Serialize;

use super::site::Site;
use crate::domain::platform::{Architecture, Format, Platform};
use crate::domain::release::Artifact;
use crate::domain::select::{Asked, Choice};
use crate::domain::version::Version;

/// What stands in the address a program asks, as the variables of its configuration are called.
#[derive(Debug, Clone, Copy)]
pub struct Variables<'a> {
    /// `linux`, `darwin`, `windows`.
    pub target: &'a str,
    /// `x86_64`, `i686`, `aarch64`, `armv7`, `riscv64`.
    pub arch: &'a str,
    /// What it runs.
    pub current_version: &'a str,
    /// `appimage`, `deb`, `rpm`, `app`, `msi`, `nsis`, `unknown`; empty if the address has none.
    pub bundle_type: &'a str,
}

impl Variables<'_> {
    /// What is asked; None for a platform or processor nothing is known of.
    pub fn asked(self, channel: &str, installation: Option<String>) -> Option<Asked> {
        let platform = Platform::of(self.target)?;
        Some(Asked {
            channel: channel.to_owned(),
            platform: Some(platform),
            architecture: Some(Architecture::of(self.arch)?),
            formats: formats(platform, self.bundle_type),
            // The client refuses what has none.
            minisigned: true,
            system: None,
            version: Version::claimed(self.current_version),
            installation,
        })
    }
}

/// What an installation made of `bundle_type` can take: an MSI is followed by an MSI.
fn formats(platform: Platform, bundle_type: &str) -> Vec<Format> {
    match (Format::of(bundle_type), platform) {
        (Some(Format::Nsis), _) => vec![Format::Nsis, Format::Exe],
        (Some(Format::App), _) | (None, Platform::MacOs) => vec![Format::App, Format::TarGz],
        (Some(Format::AppImage), _) | (None, Platform::Linux) => {
            vec![Format::AppImage, Format::TarGz]
        }
        (Some(format), _) => vec![format],
        (None, _) => vec![Format::Nsis, Format::Exe, Format::Msi, Format::Zip],
    }
}

/// The answer, with the status 200.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Update {
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    pub_date: String,
    url: String,
    signature: String,
}

/// What is answered; None is said with the status 204 and nothing else.
pub fn render(choice: &Choice<'_>, site: &Site, languages: &[String]) -> Option<Update> {
    let offer = choice.change()?;
    let artifact = offer.artifact()?;
    Some(Update {
        version: offer.release.version.to_string(),
        notes: offer.release.note(languages).map(str::to_owned),
        // A date without a time makes the whole check fail.
        pub_date: rfc3339(offer.release.published_at),
        url: site.file(offer.release, artifact),
        signature: signature(artifact),
    })
}

/// Base64 of the whole text of the signature file, as the client wants it.
pub(super) fn signature(artifact: &Artifact) -> String {
    STANDARD.encode(&artifact.minisign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::select::{Window, select};
    use crate::protocols::fixture::{NOW, catalogue, site};

    fn answered(target: &str, arch: &str, bundle_type: &str, current_version: &str) -> String {
        let variables = Variables { target, arch, current_version, bundle_type };
        let asked = variables.asked("stable", None).expect("a machine");
        let catalogue = catalogue();
        let choice = select(&catalogue, &asked, &Window::OPEN, NOW);
        let update = render(&choice, &site(), &["it".to_owned()]);
        update.map_or("204".to_owned(), |it| serde_json::to_string(&it).expect("JSON"))
    }

    #[test]
    fn the_answer_is_what_the_client_reads() {
        let golden = r#"{"version":"1.2.0","notes":"Più *veloce*","pub_date":"2026-11-22T10:00:00Z","url":"https://h.example/u/T/files/1.2.0/Acme-1.2.0-x64.nsis.exe","signature":"dW50cnVzdGVkIGNvbW1lbnQ6IHNpZ25hdHVyZQpSVVE9CnRydXN0ZWQgY29tbWVudDogdmVyc2lvbjoxLjIuMApBQUE9Cg=="}"#;
        assert_eq!(answered("windows", "x86_64", "nsis", "1.1.0"), golden);
        assert_eq!(answered("windows", "x86_64", "", "not known"), golden);
        let read: serde_json::Value = serde_json::from_str(golden).expect("JSON");
        let signature = STANDARD.decode(read["signature"].as_str().expect("a text"));
        let text = String::from_utf8(signature.expect("base64")).expect("a text");
        assert_eq!(text.lines().count(), 4, "{text}");
    }

    #[test]
    fn who_needs_nothing_is_told_so_with_204() {
        assert_eq!(answered("windows", "x86_64", "nsis", "1.2.0"), "204");
        assert_eq!(answered("windows", "x86_64", "nsis", "9.0.0"), "204");
        assert_eq!(answered("linux", "riscv64", "deb", "1.0.0"), "204");
    }

    #[test]
    fn an_msi_is_not_followed_by_another_installer() {
        assert_eq!(answered("windows", "x86_64", "msi", "1.0.0"), "204", "none is signed");
        assert!(answered("darwin", "aarch64", "app", "1.0.0").contains("Acme-1.2.0.app.tar.gz"));
        let unknown = Variables {
            target: "solaris",
            arch: "sparc",
            current_version: "1.0.0",
            bundle_type: "",
        };
        assert_eq!(unknown.asked("stable", None), None);
    }
}
