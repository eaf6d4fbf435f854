//! The log: `tracing` events of a library travel as records.

use serde::{Deserialize, Serialize};

/// The call that carries a [`LogRecord`]; fire and forget.
pub const PLUGIN_LOG: &str = "log";

/// One event of `tracing`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRecord {
    /// 1 error, 2 warn, 3 info, 4 debug, 5 trace.
    pub level: u8,
    /// The module it comes from.
    pub target: String,
    /// What it says.
    pub message: String,
    /// Its fields as one JSON object.
    pub fields: serde_json::Value,
}
