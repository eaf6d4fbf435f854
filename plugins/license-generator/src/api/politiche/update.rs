//! `PATCH /api/admin/politiche/{id}`: a new version of a policy, for new licences or for all.

use axum::http::header::ETAG;
use axum::response::{IntoResponse as _, Response};
use plugin_api::etag::{IfMatch, etag};
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Json, Path, Problem};
use serde_json::{Map, Value};

use super::{Politica, found, merged, problem};
use crate::api::problems::AdminProblems;
use crate::domain::policy_draft::PolicyDraft;
use crate::policies::{save, stored_draft};

/// Changes a policy. Members that are missing stay as they are; `codice` and `prodotto` always do.
/// With `applica` a job brings the licences that exist to the new version.
#[utoipa::path(
    patch,
    path = "/api/admin/politiche/{id}",
    operation_id = "modifica_politica",
    tag = "politiche",
    params(
        ("id" = String, Path, description = "Id of the policy."),
        ("If-Match" = String, Header, description = "The `ETag` the change was made from."),
    ),
    request_body = PolicyDraft,
    responses(
        (status = 200, description = "The policy as it is now.", body = Politica,
            headers(("ETag" = String, description = "Its new version"))),
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile.",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 428, description = "`precondition_required`: `If-Match` is missing.",
            body = ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<Map<String, Value>>,
) -> Result<Response, Problem> {
    let known = found(&cx, &id).await?;
    if_match.check(known.version)?;
    let draft = merged(stored_draft(&known), body)?;
    let saved = save::save(&cx, Some(&known), &draft).await.map_err(problem)?;
    let stored = found(&cx, &saved.policy_id).await?;
    let politica = Politica { applicazione: saved.run_id, ..Politica::from(&stored) };
    Ok(([(ETAG, etag(stored.version))], Json(politica)).into_response())
}
