//! `POST /api/admin/politiche/{id}/simula`: what a change would do to the licences that exist.

use std::collections::BTreeMap;

use plugin_api::{Cx, Json, Path, Problem};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{found, merged, problem};
use crate::api::problems::AdminProblems;
use crate::domain::policy_draft::PolicyDraft;
use crate::domain::what_if::Effect;
use crate::policies::{Found, evaluate, save, stored_draft};

/// Licences the answer names.
const LISTED: usize = 100;

/// What a change would do; nothing was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct Simulazione {
    /// Licences the policy reaches.
    #[schema(example = 1200)]
    totale: i64,
    /// How many of them were looked at: the newest 20,000 at most.
    #[schema(example = 1200)]
    esaminate: i64,
    /// How many of those would be different.
    #[schema(example = 37)]
    cambiano: i64,
    /// How often, in the last 30 days, those would have refused that only watch and would begin to.
    rifiuti_30_giorni: i64,
    /// How many licences, by effect.
    #[schema(example = json!({ "offline_piu_breve": 37 }))]
    effetti: BTreeMap<&'static str, i64>,
    /// The first 100 of them, the newest first.
    licenze: Vec<LicenzaToccata>,
}

/// A licence that would be different.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenzaToccata {
    /// Its id.
    id: String,
    /// The first group of its key.
    #[schema(example = "7D91A")]
    chiave_inizio: String,
    /// The customer's name.
    cliente: String,
    /// How.
    effetti: Vec<Effect>,
}

impl From<Found> for Simulazione {
    fn from(found: Found) -> Self {
        let licence = |affected: crate::policies::Affected| LicenzaToccata {
            id: affected.licence.licence_id,
            chiave_inizio: affected.licence.key_hint,
            cliente: affected.licence.customer.unwrap_or_default(),
            effetti: affected.effects,
        };
        Self {
            totale: found.total,
            esaminate: found.looked_at,
            cambiano: found.affected,
            rifiuti_30_giorni: found.refused,
            effetti: found.counts.into_iter().map(|(effect, n)| (effect.wire(), n)).collect(),
            licenze: found.licences.into_iter().map(licence).collect(),
        }
    }
}

/// Tries a change of a policy out.
#[utoipa::path(
    post,
    path = "/api/admin/politiche/{id}/simula",
    operation_id = "simula_politica",
    tag = "politiche",
    params(("id" = String, Path, description = "Id of the policy.")),
    request_body = PolicyDraft,
    responses(
        (status = 200, description = "What would be different.", body = Simulazione),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Json(body): Json<Map<String, Value>>,
) -> Result<Json<Simulazione>, Problem> {
    let known = found(&cx, &id).await?;
    let draft = merged(stored_draft(&known), body)?;
    let policy = save::wanted(&cx, Some(&known), &draft).await.map_err(problem)?;
    Ok(Json(evaluate(&cx, &policy, LISTED).await?.into()))
}
