//! `blobs`: where files are kept, and how large they may be.

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, Secret, demand};

/// Where files are kept, and how large they may be.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Blobs {
    /// The largest file of a plugin whose routes take files, bytes.
    pub largest: u64,
    /// The bucket files are moved to; none for the data directory.
    pub bucket: Option<String>,
    /// Where the bucket is reached; none for Amazon.
    pub endpoint: Option<String>,
    /// The region of the bucket.
    pub region: String,
    /// The id of the access key; none for what the machine itself may do.
    pub key_id: Option<String>,
    /// The secret access key.
    pub secret: Option<Secret>,
    /// Whether browsers and clients get files from the bucket itself.
    pub redirect: bool,
}

impl Default for Blobs {
    fn default() -> Self {
        Self {
            largest: 8 * 1024 * 1024 * 1024,
            bucket: None,
            endpoint: None,
            region: "us-east-1".to_owned(),
            key_id: None,
            secret: None,
            redirect: false,
        }
    }
}

impl Blobs {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        demand(self.largest >= 1024, "blobs.largest", "be at least 1024")?;
        demand(
            self.bucket.as_ref().is_none_or(|bucket| is_bucket(bucket)),
            "blobs.bucket",
            "be 3 to 63 small letters, digits, dots and hyphens",
        )?;
        let is_url = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        demand(
            self.endpoint.as_ref().is_none_or(is_url),
            "blobs.endpoint",
            "look like https://storage.example.com",
        )?;
        demand(
            self.key_id.is_some() == self.secret.is_some(),
            "blobs.secret",
            "be given together with blobs.key_id",
        )?;
        demand(
            !self.redirect || self.bucket.is_some(),
            "blobs.redirect",
            "be false without blobs.bucket",
        )
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
fn is_bucket(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
    (3..=63).contains(&name.len()) && name.chars().all(allowed)
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "blobs.largest",
        Kind::Number,
        "Largest file, in bytes, of modules that take large files; for all others it is 256 MiB.",
    ),
    Setting::new(
        "blobs.bucket",
        Kind::Text,
        "Bucket of an S3-compatible storage that files are moved to; without it they stay in the \
         folder blobs of the data directory.",
    ),
    Setting::new(
        "blobs.endpoint",
        Kind::Text,
        "Where that storage is reached, like https://storage.example.com; without it, Amazon.",
    ),
    Setting::new("blobs.region", Kind::Text, "Region of the bucket."),
    Setting::new(
        "blobs.key_id",
        Kind::Text,
        "Id of the access key of the storage; without it, what the machine itself may do.",
    ),
    Setting::new("blobs.secret", Kind::Secret, "Secret access key of the storage."),
    Setting::new(
        "blobs.redirect",
        Kind::Flag,
        "Sends whoever downloads to the bucket, with an address that works for five minutes.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storage_is_described_whole_or_not_at_all() {
        let fine = || Blobs {
            bucket: Some("cockpit-files".to_owned()),
            endpoint: Some("http://127.0.0.1:9000".to_owned()),
            key_id: Some("id".to_owned()),
            secret: Some(Secret::from("hunter2".to_owned())),
            redirect: true,
            ..Blobs::default()
        };
        assert!(Blobs::default().check().is_ok());
        assert!(fine().check().is_ok());
        assert!(!format!("{:?}", fine()).contains("hunter2"));
        for (wrong, key) in [
            (Blobs { secret: None, ..fine() }, "blobs.secret"),
            (Blobs { bucket: None, ..fine() }, "blobs.redirect"),
            (Blobs { bucket: Some("A/b".to_owned()), ..fine() }, "blobs.bucket"),
            (Blobs { endpoint: Some("host:9000".to_owned()), ..fine() }, "blobs.endpoint"),
            (Blobs { largest: 1, ..fine() }, "blobs.largest"),
        ] {
            assert!(wrong.check().expect_err(key).0.contains(key));
        }
    }
}
