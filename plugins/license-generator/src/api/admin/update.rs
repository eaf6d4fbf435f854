//! `PATCH /api/admin/licenze/{id}`: a licence is changed and keeps its key.

use axum::response::Response;
use plugin_api::etag::{IfMatch, failed};
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Json, Path, Problem};

use super::detail::{LicenceDetail, answer};
use super::{accepted, found};
use crate::api::problems::ChangeProblems;
use crate::change::apply::{Wanted, in_transaction};
use crate::change::patch::LicencePatch;

/// Changes a licence.
///
/// What is left out stays as it is, `null` empties what may be empty (RFC 7396). The same rules count
/// as when a licence is issued; devices learn of the change at their next validation.
#[utoipa::path(
    patch,
    path = "/api/admin/licenze/{id}",
    operation_id = "modifica_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        ("If-Match" = String, Header, description = "The ETag the licence was read with."),
    ),
    request_body = LicencePatch,
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail,
            headers(("ETag" = String, description = "Its version"))),
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile.",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 428, description = "`precondition_required`: `If-Match` is missing.",
            body = ProblemBody, content_type = "application/problem+json"),
        ChangeProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(patch): Json<LicencePatch>,
) -> Result<Response, Problem> {
    let licence = found(&cx, &id).await?;
    if_match.check(licence.version)?;
    match in_transaction(&cx, &licence, &patch, Wanted::Change).await {
        Ok(outcome) => accepted(&cx, outcome)?,
        // Between reading and writing somebody was faster.
        Err(problem) if problem.codice() == "stato_cambiato" => return Err(failed()),
        Err(problem) => return Err(problem),
    }
    answer(&cx, &id).await
}
