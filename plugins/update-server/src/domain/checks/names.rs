//! What files of a release may be called.

use semver::Version;

use super::finding::Matter;
use crate::domain::platform::Format;

/// Bytes of the longest name there is room for.
const LONGEST: usize = 200;
/// What marks a version as not final, when a build writes it without the punctuation of versions.
const PRERELEASE: [&str; 9] =
    ["alpha", "beta", "rc", "pre", "dev", "nightly", "canary", "next", "snapshot"];

/// What is wrong with the name of a file of this format in a release of this version.
pub fn check(name: &str, format: Format, version: &Version) -> Vec<Matter> {
    if !is_plain(name) {
        return vec![Matter::NameCharacters];
    }
    let endings = endings(format);
    let lower = name.to_ascii_lowercase();
    let suits = endings.iter().any(|ending| lower.ends_with(ending))
        && (format != Format::Nupkg || !lower.ends_with("-delta.nupkg"));
    let extension = (!endings.is_empty() && !suits)
        .then(|| Matter::NameExtension { expected: endings.join(", ") });
    let version = other_version(name, version)
        .map(|found| Matter::NameVersion { found, version: version.to_string() });
    extension.into_iter().chain(version).collect()
}

/// Whether a name survives in addresses, in signed metadata (TUF clients disagree on anything that
/// is not ASCII) and on every disk: letters, digits, `.`, `_`, `-`, the first one a letter or digit.
///
/// A name that starts like a hash is none, because TUF clients put the hash of a file before it.
pub fn is_plain(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let hashed = |(hash, _): (&str, &str)| {
        hash.len() >= 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    name.len() <= LONGEST
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !name.ends_with('.')
        && name.bytes().all(allowed)
        && !name.split_once('.').is_some_and(hashed)
}

/// How names of a format end, in lower case; none for a format that may end in any way.
fn endings(format: Format) -> &'static [&'static str] {
    match format {
        Format::Exe => &[".exe"],
        Format::TarGz => &[".tar.gz", ".tgz"],
        Format::Nsis => &[".exe", ".nsis.zip"],
        Format::Msi => &[".msi", ".msi.zip"],
        Format::App => &[".app.tar.gz", ".app.zip"],
        Format::Dmg => &[".dmg"],
        Format::Pkg => &[".pkg"],
        Format::Zip => &[".zip"],
        Format::AppImage => &[".appimage", ".appimage.tar.gz"],
        Format::Deb => &[".deb"],
        Format::Rpm => &[".rpm"],
        Format::Pacman => &[".pacman", ".pkg.tar.zst"],
        Format::Nupkg => &[".nupkg"],
        Format::NupkgDelta => &["-delta.nupkg"],
        Format::Delta => &[".delta"],
        Format::File => &[],
    }
}

/// The version in a name, when it has one and it is not the release's.
fn other_version(name: &str, version: &Version) -> Option<String> {
    let mut own = version.clone();
    // The alphabet of names has no `+`.
    own.build = semver::BuildMetadata::EMPTY;
    let own = own.to_string();
    if name.match_indices(&own).any(|(at, _)| stands_alone(name, at, own.len())) {
        return None;
    }
    let digit = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut starts = (0..name.len()).filter(|at| digit(*at) && (*at == 0 || !digit(at - 1)));
    starts.find_map(|at| version_at(name.get(at..)?))
}

/// Whether the version at this place is a whole one, and not a final one with a pre-release after it.
fn stands_alone(name: &str, at: usize, length: usize) -> bool {
    let (before, rest) = name.split_at(at);
    let after = rest.get(length..).unwrap_or_default();
    let digit = |letter: char| letter.is_ascii_digit();
    let longer = before.ends_with(digit)
        || before.strip_suffix('.').is_some_and(|before| before.ends_with(digit))
        || after.starts_with(digit);
    !longer && prerelease(after).is_none()
}

/// The version a text begins with: three numbers, and a pre-release that is one by its word.
fn version_at(text: &str) -> Option<String> {
    let core = text.split(|end: char| !end.is_ascii_digit() && end != '.').next()?;
    let core = core.trim_end_matches('.').split('.').take(3).collect::<Vec<_>>().join(".");
    Version::parse(&core).ok()?;
    let after = text.get(core.len()..).unwrap_or_default();
    Some(format!("{core}{}", prerelease(after).unwrap_or_default()))
}

/// The pre-release that follows a version: `-beta.1`, `rc2`.
fn prerelease(after: &str) -> Option<&str> {
    let word = after.trim_start_matches(['-', '.', '_']);
    let lower = word.to_ascii_lowercase();
    let number = PRERELEASE.iter().find_map(|mark| {
        let rest = lower.strip_prefix(mark)?;
        (!rest.starts_with(|next: char| next.is_ascii_alphabetic())).then_some(rest)
    })?;
    let end = number.find(|end: char| !end.is_ascii_digit() && end != '.');
    let rest = number.get(end.unwrap_or(number.len())..).unwrap_or_default();
    let taken = after.len() - rest.len();
    after.get(..taken).map(|shown| shown.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().expect("a version")
    }

    #[test]
    fn names_that_builders_write_are_taken() {
        for (name, format, of) in [
            ("Acme_1.2.3_x64-setup.exe", Format::Nsis, "1.2.3"),
            ("Acme_1.2.3_x64_en-US.msi", Format::Msi, "1.2.3"),
            ("acme_1.2.3_amd64.AppImage", Format::AppImage, "1.2.3"),
            ("acme_1.2.3-1_amd64.deb", Format::Deb, "1.2.3"),
            ("acme-1.2.3-1.x86_64.rpm", Format::Rpm, "1.2.3"),
            ("Acme.app.tar.gz", Format::App, "1.2.3"),
            ("Acme-1.2.3-arm64.dmg", Format::Dmg, "1.2.3"),
            ("Acme-macos-10.15.7-1.2.3.dmg", Format::Dmg, "1.2.3"),
            ("Acme-1.2.3-beta.1.exe", Format::Exe, "1.2.3-beta.1"),
            ("Acme-1.2.3.0.exe", Format::Exe, "1.2.3"),
            ("Acme-1.2.3-prefetch.zip", Format::Zip, "1.2.3"),
            ("Acme-1.2.3.exe", Format::Exe, "1.2.3+build.5"),
            ("Acme.App-1.2.3-full.nupkg", Format::Nupkg, "1.2.3"),
            ("Acme.App-1.2.3-linux-delta.nupkg", Format::NupkgDelta, "1.2.3"),
            ("handbook.pdf", Format::File, "1.2.3"),
        ] {
            assert_eq!(check(name, format, &version(of)), [], "{name}");
        }
    }

    #[test]
    fn another_version_is_named() {
        for (name, of, expected) in [
            ("Acme-1.2.4.exe", "1.2.3", "1.2.4"),
            ("Acme-11.2.3.exe", "1.2.3", "11.2.3"),
            ("Acme-1.2.30.exe", "1.2.3", "1.2.30"),
            ("Acme-0.1.2.3.exe", "1.2.3", "0.1.2"),
            ("Acme-1.2.3-beta.1.exe", "1.2.3", "1.2.3-beta.1"),
            ("Acme-1.2.3-rc1.exe", "1.2.3", "1.2.3-rc1"),
            ("Acme-1.2.3.exe", "1.2.3-beta.1", "1.2.3"),
            ("Acme-1.2.3-beta.2.exe", "1.2.3-beta.1", "1.2.3-beta.2"),
            ("Acme-1.2.3-beta.10.exe", "1.2.3-beta.1", "1.2.3-beta.10"),
        ] {
            let found = check(name, Format::Exe, &version(of));
            let expected =
                Matter::NameVersion { found: expected.to_owned(), version: of.to_owned() };
            assert_eq!(found, [expected], "{name}");
        }
    }

    #[test]
    fn the_ending_suits_the_format() {
        let of = version("1.2.3");
        for (name, format) in [
            ("Acme.exe", Format::Msi),
            ("Acme.exe.zip", Format::Exe),
            ("Acme-1.2.3-delta.nupkg", Format::Nupkg),
            ("Acme-1.2.3-full.nupkg", Format::NupkgDelta),
        ] {
            let found = check(name, format, &of);
            assert!(matches!(found.as_slice(), [Matter::NameExtension { .. }]), "{name}");
        }
    }

    #[test]
    fn only_plain_names_are_names() {
        let hash = "0123456789abcdef".repeat(4);
        let long = "a".repeat(201);
        let hashed = format!("{hash}.Acme.exe");
        for name in [
            "", ".", "..", ".hidden", "-rf", "a b", "a/b", "a\\b", "a%20b", "più.exe", "a+b",
            "a~b", "name.", "a\n", &long, &hashed,
        ] {
            assert!(!is_plain(name), "{name:?}");
        }
        assert!(is_plain("Acme_1.2.3-x64.exe"));
        assert!(is_plain(&format!("{hash}x")));
    }
}
