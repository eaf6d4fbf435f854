//! Events: what a plugin hears of others.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Something that happened and was committed. Delivered at least once: be idempotent by `event_id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unique.
    pub event_id: String,
    /// Versioned name.
    pub name: String,
    /// Which plugin said so.
    pub source: String,
    /// When, unix milliseconds.
    pub at: i64,
    /// What happened.
    pub payload: Json,
}
