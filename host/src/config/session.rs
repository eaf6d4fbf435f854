//! `session`: how long people stay signed in.

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, demand};

/// How long people stay signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// Hours without a request after which a session ends.
    pub idle_hours: u32,
    /// Days after which a session ends in any case.
    pub absolute_days: u32,
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_hours: 12, absolute_days: 7 }
    }
}

impl Session {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        demand((1..=8760).contains(&self.idle_hours), "session.idle_hours", "be 1 to 8760")?;
        demand((1..=365).contains(&self.absolute_days), "session.absolute_days", "be 1 to 365")
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "session.idle_hours",
        Kind::Number,
        "Hours without a request after which somebody has to sign in again.",
    ),
    Setting::new(
        "session.absolute_days",
        Kind::Number,
        "Days after which somebody has to sign in again in any case.",
    ),
];
