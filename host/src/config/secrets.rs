//! `secrets`: the key that protects all other keys.

use serde::{Deserialize, Serialize};

use super::Secret;
use super::setting::{Kind, Setting};

/// Keys that protect other keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrets {
    /// The key-encryption key, 32 bytes in base64; none for the file `secret.key` of the data
    /// directory.
    pub kek: Option<Secret>,
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[Setting::new(
    "secrets.kek",
    Kind::Secret,
    "Key that protects all stored keys: 32 bytes in base64. Without it, the file secret.key in the \
     data directory, which is made at the first start. Keep a copy apart from the database.",
)];
