//! A user of a node as JSON, as it is answered and as it is sent.

use plugin_api::contracts::people::{Person, PersonState};
use plugin_api::time::rfc3339;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StatoUtente {
    /// May sign in.
    Attivo,
    /// May not.
    Disattivato,
    /// Was invited and has not accepted yet.
    Invitato,
}

/// A user of a node, or somebody invited to become one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Utente {
    /// His id; that of the invitation while he is `invitato`.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000003")]
    pub(super) id: String,
    /// His name.
    #[schema(example = "Ada Rossi")]
    pub(super) nome: String,
    /// What he signs in with.
    #[schema(example = "ada@nord.example")]
    pub(super) email: String,
    /// Ids of his roles.
    #[schema(example = json!(["reseller"]))]
    pub(super) ruoli: Vec<String>,
    /// Where he stands.
    pub(super) stato: StatoUtente,
    /// When he last signed in, RFC 3339 UTC.
    #[schema(required, format = DateTime)]
    pub(super) ultimo_accesso: Option<String>,
}

impl From<Person> for Utente {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            nome: person.name,
            email: person.email,
            ruoli: person.roles,
            stato: match person.state {
                PersonState::Active => StatoUtente::Attivo,
                PersonState::Barred => StatoUtente::Disattivato,
                PersonState::Invited => StatoUtente::Invitato,
            },
            ultimo_accesso: person.signed_in_at.map(rfc3339),
        }
    }
}

/// Somebody to be invited by mail.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "nome": "Ada Rossi", "email": "ada@nord.example", "ruoli": ["reseller"], "lingua": "it"
}))]
pub(super) struct NuovoUtente {
    /// His name.
    pub(super) nome: String,
    /// Where the invitation goes, and what he will sign in with.
    pub(super) email: String,
    /// Ids of the roles he gets; the caller must have every permission they give.
    pub(super) ruoli: Vec<String>,
    /// Language of the mail: `en` or `it`; the caller's when it is missing.
    pub(super) lingua: Option<String>,
}

/// What is changed of a user; members that are missing stay as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"ruoli": ["agent"], "disattivato": false}))]
pub(super) struct DatiUtente {
    /// Ids of his roles; the caller must have every permission they give.
    pub(super) ruoli: Option<Vec<String>>,
    /// Whether he may not sign in.
    pub(super) disattivato: Option<bool>,
}
