//! Policies for programs: the same drafts, checks and versions as on the pages.

pub mod create;
pub mod get;
pub mod list;
pub mod simulate;
pub mod update;

use plugin_api::time::rfc3339;
use plugin_api::{Cx, Fault, FieldProblem, Problem, etag};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::domain::policy_draft::PolicyDraft;
use crate::policies::save::NotSaved;
use crate::policies::stored_draft;
use crate::store::policies::{self as store, Stored};

/// A policy in its current version.
#[derive(Debug, Serialize, ToSchema)]
pub struct Politica {
    /// Its id.
    pub id: String,
    /// Its version, which is its `ETag` too.
    #[schema(example = 3)]
    pub versione: i64,
    /// When that was made, RFC 3339.
    #[schema(example = "2026-11-22T09:30:00Z")]
    pub aggiornata: String,
    /// What it says.
    #[serde(flatten)]
    pub valori: PolicyDraft,
    /// The run that applies it, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicazione: Option<String>,
}

impl From<&Stored> for Politica {
    fn from(stored: &Stored) -> Self {
        Self {
            id: stored.policy_id.clone(),
            versione: stored.version,
            aggiornata: rfc3339(stored.updated_at),
            valori: stored_draft(stored),
            applicazione: None,
        }
    }
}

/// The policy with this id.
pub(super) async fn found(cx: &Cx, policy_id: &str) -> Result<Stored, Problem> {
    store::get(&cx.db(), cx.scope(), policy_id).await?.ok_or_else(Problem::not_found)
}

/// `changes` written over `known`; members that are missing stay as they are (RFC 7396).
pub(super) fn merged(
    known: PolicyDraft,
    changes: Map<String, Value>,
) -> Result<PolicyDraft, Problem> {
    let Ok(Value::Object(mut members)) = serde_json::to_value(known) else {
        return Err(Fault::internal("a draft is no object").into());
    };
    for (name, value) in changes {
        // The answer names the member that cannot be read, so each is tried alone.
        let alone = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
        if serde_json::from_value::<PolicyDraft>(alone).is_err() {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            return Err(Problem::validation(vec![FieldProblem::new(pointer, "field-option")]));
        }
        members.insert(name, value);
    }
    Ok(serde_json::from_value(Value::Object(members)).map_err(Fault::from)?)
}

/// Why it was not kept, as an answer.
pub(super) fn problem(not: NotSaved) -> Problem {
    match not {
        NotSaved::Wrong(errors) => Problem::validation(errors),
        NotSaved::Stale => etag::failed(),
        NotSaved::Failed(problem) => problem,
    }
}
