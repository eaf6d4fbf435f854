//! `GET /api/admin/rilasci/{id}`: everything about a release.

use axum::response::Response;
use plugin_api::{Cx, Path, Problem};

use super::{ReleaseDetail, answer};
use crate::api::problems::AdminProblems;

/// Reads a release
///
/// Its notes, channels and files come with it.
#[utoipa::path(
    get,
    path = "/api/admin/rilasci/{id}",
    operation_id = "leggi_rilascio",
    tag = "aggiornamenti",
    params(("id" = String, Path, description = "Id of the release.")),
    responses(
        (status = 200, description = "The release.", body = ReleaseDetail,
            headers(("ETag" = String, description = "Its version"))),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    answer(&cx, &id).await
}
