//! `sign_in`: how careful signing in is.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, demand};

/// How careful signing in is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignIn {
    /// A file of SHA-1 hashes of passwords nobody may choose, sorted, lines `HASH:COUNT`.
    pub breached_passwords: Option<PathBuf>,
}

impl SignIn {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let file = self.breached_passwords.as_ref();
        demand(
            file.is_none_or(|file| file.is_file()),
            "sign_in.breached_passwords",
            "be the path of a file",
        )
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[Setting::new(
    "sign_in.breached_passwords",
    Kind::Text,
    "File of breached passwords nobody may choose: the “Pwned Passwords” download, SHA-1 ordered by hash.",
)];
