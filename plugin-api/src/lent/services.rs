//! Services of other plugins, also inside a transaction.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::contracts::Contract;
use crate::{Caller, Cx, Fault, Scope};

/// A call of a service.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ServiceCall {
    /// Name of the contract.
    pub name: String,
    /// What is asked.
    pub payload: serde_json::Value,
    /// Whether every row is within reach, whoever is asking.
    #[serde(default)]
    pub unscoped: bool,
}

impl ServiceCall {
    /// Who asks the service when `caller` makes this call.
    pub fn caller(&self, caller: &Caller) -> Caller {
        let scope = if self.unscoped { Scope::everything() } else { caller.scope.clone() };
        Caller { scope, ..caller.clone() }
    }
}

impl Cx {
    /// Asks the plugin that offers `contract`, as the same caller; on a transaction when this is
    /// one. `Unavailable` when no enabled plugin offers it.
    pub async fn service<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        asked: &Q,
    ) -> Result<A, Fault> {
        self.call_service(contract, asked, false).await
    }

    /// The same, but with every row within reach: for a handler whose caller is nobody known and
    /// whose credential names the row by itself ([`Scope::everything`](crate::Scope::everything)).
    /// What is asked must not come from the request unchecked.
    pub async fn service_unscoped<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        asked: &Q,
    ) -> Result<A, Fault> {
        self.call_service(contract, asked, true).await
    }

    async fn call_service<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        asked: &Q,
        unscoped: bool,
    ) -> Result<A, Fault> {
        let (name, payload) = (contract.name.to_owned(), serde_json::to_value(asked)?);
        self.ask("service", &ServiceCall { name, payload, unscoped }).await
    }
}
