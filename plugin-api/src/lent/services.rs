//! Services of other plugins, also inside a transaction.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::contracts::Contract;
use crate::{Actor, Caller, Cx, Fault, Scope};

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
    /// On whose rights a job asks.
    #[serde(default)]
    pub acting: Option<Box<Caller>>,
}

impl ServiceCall {
    /// Who asks the service when `caller` makes this call. Only a job, which may do anything, asks on
    /// the rights of somebody else.
    pub fn caller(&self, caller: &Caller) -> Caller {
        let is_job = matches!(caller.actor, Actor::Job { .. });
        let caller = self.acting.as_deref().filter(|_| is_job).unwrap_or(caller);
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
        self.call_service(contract, asked, (false, None)).await
    }

    /// The same; a job that [acts for somebody](Self::acting_for) asks on his rights, not on its own.
    /// For services that decide by who is asking.
    pub async fn service_on_behalf<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        asked: &Q,
    ) -> Result<A, Fault> {
        let acting = Some(Box::new(self.caller().clone()));
        self.call_service(contract, asked, (false, acting)).await
    }

    /// The same, but with every row within reach: for a handler whose caller is nobody known and
    /// whose credential names the row by itself ([`Scope::everything`](crate::Scope::everything)).
    /// What is asked must not come from the request unchecked.
    pub async fn service_unscoped<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        asked: &Q,
    ) -> Result<A, Fault> {
        self.call_service(contract, asked, (true, None)).await
    }

    async fn call_service<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        asked: &Q,
        (unscoped, acting): (bool, Option<Box<Caller>>),
    ) -> Result<A, Fault> {
        let (name, payload) = (contract.name.to_owned(), serde_json::to_value(asked)?);
        self.ask("service", &ServiceCall { name, payload, unscoped, acting }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Permissions;

    #[test]
    fn only_a_job_asks_on_the_rights_of_somebody_else() {
        let superior = Caller {
            permissions: Permissions::Everything,
            organisation_id: "vendor".to_owned(),
            ..Caller::default()
        };
        let call = ServiceCall {
            name: String::new(),
            payload: serde_json::Value::Null,
            unscoped: false,
            acting: Some(Box::new(superior)),
        };
        let person = Actor::User { id: "u".to_owned(), name: "Anna".to_owned() };
        let person = Caller { actor: person, ..Caller::default() };
        assert_eq!(call.caller(&person).permissions, Permissions::default());
        let job = Actor::Job { name: "bulk".to_owned() };
        let job = Caller { actor: job, ..Caller::default() };
        assert_eq!(call.caller(&job).organisation_id, "vendor");
    }
}
