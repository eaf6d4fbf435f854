//! `GET /api/admin/licenze/massiva/{id}`: how far a bulk run is.

use plugin_api::{Cx, Json, Path, Problem};

use super::BulkRun;
use crate::api::problems::AdminProblems;
use crate::store;

/// How far a bulk run is; its licences are listed by `GET /api/admin/licenze?lotto={id}`.
#[utoipa::path(
    get,
    path = "/api/admin/licenze/massiva/{id}",
    operation_id = "leggi_emissione_massiva",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The run.", body = BulkRun),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Json<BulkRun>, Problem> {
    let run = store::bulk::get(&cx.db(), cx.scope(), &id).await?;
    run.map(|run| Json(run.into())).ok_or_else(Problem::not_found)
}
