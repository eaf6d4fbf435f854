//! Services of other plugins, also inside a transaction.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::contracts::Contract;
use crate::{Cx, Fault};

/// A call of a service.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ServiceCall {
    /// Name of the contract.
    pub name: String,
    /// What is asked.
    pub payload: serde_json::Value,
}

impl Cx {
    /// Asks the plugin that offers `contract`, as the same caller; on a transaction when this is
    /// one. `Unavailable` when no enabled plugin offers it.
    pub async fn service<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        asked: &Q,
    ) -> Result<A, Fault> {
        let call =
            ServiceCall { name: contract.name.to_owned(), payload: serde_json::to_value(asked)? };
        self.ask("service", &call).await
    }
}
