//! What other plugins may hear of whoever hands out updates.

use serde::{Deserialize, Serialize};

/// Event: a release can be had in a channel where it could not before; payload is a [`Published`].
pub const PUBLISHED: &str = "updates.published.v1";

/// What is told of a release that can be had now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Published {
    /// Code of its product.
    pub product_code: String,
    /// Its id.
    pub release_id: String,
    /// Its semantic version.
    pub version: String,
    /// The channels it can be had in from now on.
    pub channels: Vec<String>,
    /// Whether it should be taken at once.
    pub is_critical: bool,
    /// When, unix milliseconds.
    pub at: i64,
}

/// Event: a rollout stopped by itself, because too many updates failed; payload is a [`Stopped`].
pub const STOPPED: &str = "updates.rollout_stopped.v1";

/// What is told of a rollout that stopped by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stopped {
    /// Code of its product.
    pub product_code: String,
    /// The channel.
    pub channel: String,
    /// The release that is taken back there.
    pub release_id: String,
    /// Its id.
    pub rollout_id: String,
    /// Installations that said they took it.
    pub succeeded: i64,
    /// Installations that said they could not.
    pub failed: i64,
}
