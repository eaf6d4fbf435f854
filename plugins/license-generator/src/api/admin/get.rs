//! `GET /api/admin/licenze/{id}`: everything about a licence.

use axum::response::Response;
use plugin_api::{Cx, Path, Problem};

use super::detail::{LicenceDetail, answer};
use crate::api::problems::AdminProblems;

/// Reads a licence.
#[utoipa::path(
    get,
    path = "/api/admin/licenze/{id}",
    operation_id = "leggi_licenza",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Id of the licence.")),
    responses(
        (status = 200, description = "The licence.", body = LicenceDetail,
            headers(("ETag" = String, description = "Its version"))),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    answer(&cx, &id).await
}
