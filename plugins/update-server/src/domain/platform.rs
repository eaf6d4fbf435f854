//! What a file is for: platforms, architectures and formats, and what each client calls them.

use serde::{Deserialize, Serialize};

/// An enum whose members have one name where they are stored and in our own API, and others that
/// clients use.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$meta:meta])* $member:ident $code:literal $([$($other:literal),*])?),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$meta])* #[serde(rename = $code)] $member),+
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// As it is stored and as our own API says it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$member => $code),+ }
            }

            /// The one a client means, in whatever case.
            pub fn of(name: &str) -> Option<Self> {
                match name.to_ascii_lowercase().as_str() {
                    $($code $($(| $other)*)? => Some(Self::$member),)+
                    _ => None,
                }
            }
        }
    };
}

named! {
    /// An operating system.
    Platform {
        /// Windows.
        Windows "windows" ["win", "win32", "win64"],
        /// macOS.
        MacOs "macos" ["darwin", "mac", "osx"],
        /// Linux.
        Linux "linux",
        /// Whichever.
        Any "any",
    }
}

named! {
    /// A processor.
    Architecture {
        /// 64 bits of Intel and AMD.
        X86_64 "x86_64" ["x64", "amd64"],
        /// 64 bits of Arm.
        Aarch64 "aarch64" ["arm64"],
        /// 32 bits of Intel and AMD.
        I686 "i686" ["x86", "ia32", "i386", "i586"],
        /// 32 bits of Arm.
        Armv7 "armv7" ["arm", "armv7l", "armhf"],
        /// 64 bits of RISC-V.
        Riscv64 "riscv64",
        /// Whichever: also a file that holds several.
        Any "any" ["universal"],
    }
}

named! {
    /// How a file is packed, and so which clients can do something with it.
    Format {
        /// A program or an installer for Windows.
        Exe "exe",
        /// A package of Windows Installer.
        Msi "msi",
        /// An installer made with NSIS.
        Nsis "nsis",
        /// A packed folder `.app` (`.app.tar.gz`), as Tauri takes it.
        App "app",
        /// A disk image for macOS.
        Dmg "dmg",
        /// A package for macOS's installer.
        Pkg "pkg",
        /// An archive.
        Zip "zip",
        /// An archive.
        TarGz "tar.gz" ["tgz"],
        /// An `AppImage`.
        AppImage "appimage",
        /// A package for Debian and its like.
        Deb "deb",
        /// A package for Fedora and its like.
        Rpm "rpm",
        /// A package for Arch and its like.
        Pacman "pacman",
        /// A whole package of Squirrel.Windows or Velopack.
        Nupkg "nupkg",
        /// What changed since another package of them.
        NupkgDelta "nupkg-delta",
        /// What changed since another archive, as Sparkle makes it.
        Delta "delta",
        /// Anything else.
        File "file",
    }
}

impl Platform {
    /// Whether a file for this one serves who has `other`.
    pub fn serves(self, other: Self) -> bool {
        self == Self::Any || self == other
    }
}

impl Architecture {
    /// Whether a file for this one serves who has `other`.
    pub fn serves(self, other: Self) -> bool {
        self == Self::Any || self == other
    }

    /// As node calls it (`process.arch`), which electron-builder puts into file names.
    pub fn node(self) -> &'static str {
        match self {
            Self::X86_64 => "x64",
            Self::Aarch64 => "arm64",
            Self::I686 => "ia32",
            Self::Armv7 => "arm",
            Self::Riscv64 => "riscv64",
            Self::Any => "universal",
        }
    }
}

impl Format {
    /// Whether it holds only what changed: of use only to who has what it was made against.
    pub fn is_delta(self) -> bool {
        matches!(self, Self::NupkgDelta | Self::Delta)
    }

    /// The format a file of this name most likely has.
    pub fn of_file(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        if name.ends_with("-delta.nupkg") {
            return Self::NupkgDelta;
        }
        if name.ends_with(".app.tar.gz") {
            return Self::App;
        }
        let ending = |format: &&Self| {
            name.strip_suffix(format.code()).is_some_and(|stem| stem.ends_with('.'))
        };
        Self::ALL.iter().find(ending).copied().unwrap_or(Self::File)
    }
}

/// What Tauri calls a platform: `{{target}}`, alone or with a processor behind it.
pub fn tauri_target(platform: Platform) -> &'static str {
    match platform {
        Platform::MacOs => "darwin",
        other => other.code(),
    }
}

/// Platform and processor out of a runtime identifier of .NET, as Velopack sends it and puts it into
/// the names of channels: `win-x64`, `osx-arm64`, `linux-x64-beta`, `win10-x64`.
pub fn runtime(identifier: &str) -> (Option<Platform>, Option<Architecture>) {
    let words = || identifier.split(['-', '.', '_']);
    let unnumbered = |word: &str| {
        Platform::of(word)
            .or_else(|| Platform::of(word.trim_end_matches(|c: char| c.is_ascii_digit())))
    };
    // A channel may be called "any"; that says nothing about a machine.
    let platform = words().find_map(unnumbered).filter(|found| *found != Platform::Any);
    (platform, words().find_map(Architecture::of).filter(|found| *found != Architecture::Any))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_understood_as_it_is_said() {
        for platform in Platform::ALL {
            assert_eq!(Platform::of(platform.code()), Some(*platform));
            assert_eq!(Platform::of(tauri_target(*platform)), Some(*platform));
        }
        for architecture in Architecture::ALL {
            assert_eq!(Architecture::of(architecture.code()), Some(*architecture));
            assert_eq!(Architecture::of(architecture.node()), Some(*architecture));
        }
        for format in Format::ALL {
            assert_eq!(Format::of(format.code()), Some(*format));
            let stored = serde_json::to_value(format).expect("a text");
            assert_eq!(stored, format.code());
        }
        assert_eq!(Platform::of("AmigaOS"), None);
    }

    #[test]
    fn formats_are_guessed_from_names() {
        let guessed = [
            ("App-1.0.0-full.nupkg", Format::Nupkg),
            ("App-1.0.0-delta.nupkg", Format::NupkgDelta),
            ("App.app.tar.gz", Format::App),
            ("app_1.0.0_amd64.AppImage", Format::AppImage),
            ("app-1.0.0.tar.gz", Format::TarGz),
            ("App-Setup-1.0.0.exe", Format::Exe),
            ("README", Format::File),
            ("notazip", Format::File),
        ];
        for (name, format) in guessed {
            assert_eq!(Format::of_file(name), format, "{name}");
        }
    }

    #[test]
    fn runtime_identifiers_name_platform_and_processor() {
        let windows = (Some(Platform::Windows), Some(Architecture::X86_64));
        assert_eq!(runtime("win-x64"), windows);
        assert_eq!(runtime("win10-x64"), windows);
        assert_eq!(runtime("osx.12-arm64"), (Some(Platform::MacOs), Some(Architecture::Aarch64)));
        assert_eq!(runtime("linux"), (Some(Platform::Linux), None));
        assert_eq!(runtime("stable"), (None, None));
        assert_eq!(runtime(""), (None, None));
    }
}
