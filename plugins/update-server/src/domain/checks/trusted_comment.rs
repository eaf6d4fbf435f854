//! The trusted comment of a minisign signature, as Tauri 2.12 and later writes it:
//! `timestamp:…<tab>file:…<tab>version:…`.

/// What the comment says; parts it does not have are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedComment {
    /// When it was signed, in unix seconds.
    pub timestamp: Option<u64>,
    /// The name of the file when it was signed.
    pub file: Option<String>,
    /// The version that was signed.
    pub version: Option<String>,
}

impl TrustedComment {
    /// Reads what is there as Tauri's updater does: unknown parts are left out, of a part that is
    /// repeated the first counts.
    pub fn read(text: &str) -> Self {
        let part = |name: &str| {
            let mut parts = text.split('\t').filter_map(|part| part.split_once(':'));
            parts.find(|(key, _)| *key == name).map(|(_, value)| value.trim().to_owned())
        };
        Self {
            timestamp: part("timestamp").and_then(|text| text.parse().ok()),
            file: part("file"),
            version: part("version"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_tauri_and_minisign_write() {
        let tauri = TrustedComment::read("timestamp:1790000000\tfile:a_1.2.3.deb\tversion:1.2.3");
        assert_eq!(tauri.timestamp, Some(1_790_000_000));
        assert_eq!(tauri.file.as_deref(), Some("a_1.2.3.deb"));
        assert_eq!(tauri.version.as_deref(), Some("1.2.3"));
        let minisign = TrustedComment::read("timestamp:1556193335\tfile:test\thashed");
        assert_eq!(minisign.file.as_deref(), Some("test"));
        assert_eq!(minisign.version, None);
        assert_eq!(TrustedComment::read("signed by hand"), TrustedComment::default());
    }
}
