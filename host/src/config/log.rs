//! `log`: what is logged and how.

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};

/// What is logged and how.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// How a line looks.
    pub format: LogFormat,
    /// Which lines there are, in the notation of `tracing_subscriber::EnvFilter`.
    pub filter: String,
}

impl Log {
    /// Whether a line is a JSON object.
    pub fn is_json(&self) -> bool {
        self.format == LogFormat::Json
    }
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".to_owned() }
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new("log.format", Kind::Text, "text for people, json for log collectors."),
    Setting::new(
        "log.filter",
        Kind::Text,
        "error, warn, info, debug or trace; also per part, like info,cockpit_host=debug.",
    ),
];
