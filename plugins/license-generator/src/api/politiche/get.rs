//! `GET /api/admin/politiche/{id}`: a policy in its current version.

use axum::http::header::ETAG;
use axum::response::{IntoResponse as _, Response};
use plugin_api::etag::etag;
use plugin_api::{Cx, Json, Path, Problem};

use super::{Politica, found};
use crate::api::problems::AdminProblems;

/// Reads a policy.
#[utoipa::path(
    get,
    path = "/api/admin/politiche/{id}",
    operation_id = "leggi_politica",
    tag = "politiche",
    params(("id" = String, Path, description = "Id of the policy.")),
    responses(
        (status = 200, description = "The policy.", body = Politica,
            headers(("ETag" = String, description = "Its version"))),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let stored = found(&cx, &id).await?;
    Ok(([(ETAG, etag(stored.version))], Json(Politica::from(&stored))).into_response())
}
