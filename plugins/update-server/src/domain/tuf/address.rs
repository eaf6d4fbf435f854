//! What clients ask for: names of metadata files and the three ways to ask for a target.

/// A metadata file somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataFile {
    /// `timestamp.json`, the only one without a version.
    Timestamp,
    /// `N.<role>.json`.
    Versioned {
        /// Its role.
        role: String,
        /// Its version.
        version: i64,
    },
}

impl MetadataFile {
    /// Reads the last segment of an address, percent-decoded.
    pub fn read(file: &str) -> Option<Self> {
        if file == "timestamp.json" {
            return Some(Self::Timestamp);
        }
        let (version, role) = file.strip_suffix(".json")?.split_once('.')?;
        let is_number = version.bytes().all(|byte| byte.is_ascii_digit());
        let version = version.parse().ok().filter(|_| is_number && !version.starts_with('0'))?;
        (role != "timestamp" && !role.is_empty())
            .then(|| Self::Versioned { role: role.to_owned(), version })
    }
}

/// A target somebody asks for: `<channel>/<version>/<file>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetPath {
    /// The channel.
    pub channel: String,
    /// The version.
    pub version: String,
    /// What the file is called.
    pub file: String,
    /// The SHA-256 (hex) it must have, when the address says so.
    pub sha256: Option<String>,
}

impl TargetPath {
    /// Every way to read the address, the likeliest first: with the hash before the file
    /// (python-tuf, tuf-js, TUF 1.0 §6.2), with the hash before everything (tough), without. A file
    /// may itself be called like a hash, so that the plain reading always remains.
    pub fn readings(path: &str) -> Vec<Self> {
        let plain = |path: &str, sha256: Option<&str>| -> Option<Self> {
            let mut parts = path.split('/').map(str::to_owned);
            let (channel, version, file) = (parts.next()?, parts.next()?, parts.next()?);
            let sha256 = sha256.map(str::to_owned);
            parts.next().is_none().then_some(Self { channel, version, file, sha256 })
        };
        let before_the_file = path.rsplit_once('/').and_then(|(folder, file)| {
            let (hash, file) = prefixed(file)?;
            plain(&format!("{folder}/{file}"), Some(hash))
        });
        let before_everything = prefixed(path).and_then(|(hash, path)| plain(path, Some(hash)));
        [before_the_file, before_everything, plain(path, None)].into_iter().flatten().collect()
    }
}

fn prefixed(name: &str) -> Option<(&str, &str)> {
    let (hash, rest) = name.split_once('.')?;
    let is_hash =
        hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    is_hash.then_some((hash, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_files_are_read_strictly() {
        let role =
            |role: &str, version| Some(MetadataFile::Versioned { role: role.to_owned(), version });
        assert_eq!(MetadataFile::read("timestamp.json"), Some(MetadataFile::Timestamp));
        assert_eq!(MetadataFile::read("12.root.json"), role("root", 12));
        assert_eq!(MetadataFile::read("3.beta.2.json"), role("beta.2", 3));
        for file in [
            "root.json",
            "01.root.json",
            "+1.root.json",
            "1.timestamp.json",
            "1.json",
            "1..json",
            "",
        ] {
            assert_eq!(MetadataFile::read(file), None, "{file}");
        }
    }

    #[test]
    fn a_target_is_found_in_every_form() {
        let hash = "ab".repeat(32);
        let first = |path: &str| TargetPath::readings(path).into_iter().next().expect("a reading");
        let wanted = TargetPath {
            channel: "stable".to_owned(),
            version: "1.0.0".to_owned(),
            file: "app.zip".to_owned(),
            sha256: Some(hash.clone()),
        };
        assert_eq!(first(&format!("stable/1.0.0/{hash}.app.zip")), wanted);
        assert_eq!(first(&format!("{hash}.stable/1.0.0/app.zip")), wanted);
        assert_eq!(first("stable/1.0.0/app.zip"), TargetPath { sha256: None, ..wanted });
        assert!(TargetPath::readings("stable/app.zip").is_empty());
        assert!(TargetPath::readings("a/b/c/d").is_empty());
    }
}
