//! Live topics: pages that change by themselves.

use serde::{Deserialize, Serialize};

use crate::{Cx, Fault};

/// A message on a topic.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Publish {
    /// A topic this plugin described.
    pub topic: String,
    /// What listeners get, as JSON text.
    pub message: serde_json::Value,
}

impl Cx {
    /// Tells everybody who listens to `topic` (`<plugin-id>.<noun>`).
    pub async fn live(&self, topic: &str, message: impl Serialize) -> Result<(), Fault> {
        let request = Publish { topic: topic.to_owned(), message: serde_json::to_value(message)? };
        self.ask("live.publish", &request).await
    }
}
