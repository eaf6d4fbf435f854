//! `POST /api/admin/distribuzioni/{id}/{azione}`: pause, resume, stop, finish.

use axum::response::Response;
use plugin_api::etag::IfMatch;
use plugin_api::{Cx, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RolloutDetail, answer, found};
use crate::api::problems::{AdminProblems, VersionProblems};
use crate::rollouts::act::{Act, act};

/// Why a rollout is steered.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SteerBody {
    /// The reason; needed to stop.
    motivo: String,
}

/// Names of what can be done.
const ACTS: [(&str, Act); 4] = [
    ("sospendi", Act::Pause),
    ("riprendi", Act::Resume),
    ("ferma", Act::Stop),
    ("concludi", Act::Finish),
];

/// Steers a rollout
///
/// `sospendi`: it stays at the share it has reached. `riprendi`: it goes on, as much later as it was
/// suspended. `ferma`: it ends, and the release is taken back in that channel. `concludi`: everybody
/// gets it now.
#[utoipa::path(
    post,
    path = "/api/admin/distribuzioni/{id}/{azione}",
    operation_id = "guida_distribuzione",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the rollout."),
        ("azione" = String, Path,
            description = "`sospendi`, `riprendi`, `ferma` or `concludi`."),
        ("If-Match" = Option<String>, Header, description = "The `ETag` it was seen with"),
    ),
    request_body = SteerBody,
    responses(
        (status = 200, description = "The rollout as it is now.", body = RolloutDetail,
            headers(("ETag" = String, description = "Its new version"))),
        AdminProblems,
        VersionProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path((id, name)): Path<(String, String)>,
    if_match: Option<IfMatch>,
    Json(body): Json<SteerBody>,
) -> Result<Response, Problem> {
    let known = ACTS.iter().find(|(known, _)| *known == name);
    let (_, what) = known.ok_or_else(Problem::not_found)?;
    let rollout = found(&cx, &id).await?;
    if let Some(if_match) = if_match {
        if_match.check(rollout.row_version)?;
    }
    act(&cx, &rollout, *what, &body.motivo).await?;
    answer(&cx, &id).await
}
