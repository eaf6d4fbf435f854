//! `DELETE /api/admin/rilasci/{id}`: a draft that is not wanted.

use axum::http::StatusCode;
use plugin_api::etag::IfMatch;
use plugin_api::{Cx, Path, Problem};

use super::matching;
use crate::api::problems::{AdminProblems, VersionProblems};
use crate::releases::delete::delete;

/// Deletes a draft
///
/// Its files go with it. A release that is out is taken back instead (`/ritira`).
#[utoipa::path(
    delete,
    path = "/api/admin/rilasci/{id}",
    operation_id = "elimina_rilascio",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("If-Match" = Option<String>, Header, description = "The `ETag` it was seen with"),
    ),
    responses((status = 204, description = "It is gone."), AdminProblems, VersionProblems)
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    if_match: Option<IfMatch>,
) -> Result<StatusCode, Problem> {
    let draft = matching(&cx, &id, if_match).await?;
    delete(&cx, &draft).await?;
    Ok(StatusCode::NO_CONTENT)
}
