//! `GET /api/admin/richieste/{id}`: one request.

use plugin_api::{Cx, Json, Path, Problem};

use super::body::Richiesta;
use crate::api::problems::AdminProblems;
use crate::requests;

/// Read a request
///
/// Who may approve reads those of his branch, who may only ask his own.
#[utoipa::path(
    get,
    path = "/api/admin/richieste/{id}",
    operation_id = "leggi_richiesta",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The request.", body = Richiesta),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Json<Richiesta>, Problem> {
    Ok(Json(requests::found(&cx, &id).await?.into()))
}
