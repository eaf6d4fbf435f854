//! What a file is most likely for, by its name.

use super::place::Place;
use crate::domain::platform::{Architecture, Format, Platform};

/// What builders mean by the name of a file. What it does not say is for whichever.
pub(super) fn guess(name: &str) -> Place {
    let lower = name.to_ascii_lowercase();
    let format = match Format::of_file(name) {
        Format::Exe if lower.contains("setup") || lower.contains("nsis") => Format::Nsis,
        format => format,
    };
    Place { platform: platform(&lower, format), architecture: architecture(&lower), format }
}

fn platform(name: &str, format: Format) -> Platform {
    match format {
        Format::Exe | Format::Msi | Format::Nsis => Platform::Windows,
        Format::App | Format::Dmg | Format::Pkg => Platform::MacOs,
        Format::AppImage | Format::Deb | Format::Rpm | Format::Pacman => Platform::Linux,
        _ => {
            let said = words(name).find_map(Platform::of);
            let packed = matches!(format, Format::Nupkg | Format::NupkgDelta);
            said.unwrap_or(if packed { Platform::Windows } else { Platform::Any })
        }
    }
}

fn architecture(name: &str) -> Architecture {
    if name.contains("x86_64") {
        // Its halves are words of another meaning.
        return Architecture::X86_64;
    }
    words(name).find_map(Architecture::of).unwrap_or(Architecture::Any)
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_builders_say_what_a_file_is_for() {
        let guessed = [
            ("Acme_1.2.3_x64-setup.exe", "windows x86_64 nsis"),
            ("Acme-1.2.3-ia32.exe", "windows i686 exe"),
            ("acme_1.2.3_amd64.AppImage", "linux x86_64 appimage"),
            ("acme-1.2.3-1.x86_64.rpm", "linux x86_64 rpm"),
            ("Acme.app.tar.gz", "macos any app"),
            ("Acme-1.2.3-arm64-mac.zip", "macos aarch64 zip"),
            ("Acme-1.2.3-universal.dmg", "macos any dmg"),
            ("Acme.App-1.2.3-full.nupkg", "windows any nupkg"),
            ("Acme.App-1.2.3-linux-x64-delta.nupkg", "linux x86_64 nupkg-delta"),
            ("handbook.pdf", "any any file"),
        ];
        for (name, place) in guessed {
            let found = guess(name);
            let codes = [found.platform.code(), found.architecture.code(), found.format.code()];
            assert_eq!(codes.join(" "), place, "{name}");
        }
    }
}
