//! `plugins`: where loaded plugins lie and who may have signed them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, demand};
use crate::jose::pem;

/// Loaded plugins.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plugins {
    /// Where libraries and their signatures lie; none for `plugins` in the data directory.
    pub directory: Option<PathBuf>,
    /// Public keys whose signature of a library is accepted besides the vendor's, in base64.
    pub trusted_keys: Vec<String>,
    /// Calls compiled-in plugins over the border as well; only benchmarks set it.
    #[serde(skip)]
    pub through_border: bool,
}

impl Plugins {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let is_key = |key: &String| pem::read_public(key).is_some();
        demand(
            self.trusted_keys.iter().all(is_key),
            "plugins.trusted_keys",
            "hold Ed25519 public keys: PEM, or 32 bytes in base64",
        )
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "plugins.directory",
        Kind::Text,
        "Where plugin libraries and their signatures lie; plugins in the data directory if unset.",
    ),
    Setting::new(
        "plugins.trusted_keys",
        Kind::List,
        "Public keys, besides the vendor's, whose signature of a plugin library is accepted.",
    ),
];
