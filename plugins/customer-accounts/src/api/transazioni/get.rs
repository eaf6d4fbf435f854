//! `GET /api/admin/transazioni/{id}`: one entry.

use plugin_api::{Cx, Json, Path, Problem};

use super::body::Transazione;
use crate::store;

/// One transaction
#[utoipa::path(
    get,
    path = "/api/admin/transazioni/{id}",
    tag = "transazioni",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 200, description = "The entry", body = Transazione),
    )
)]
pub(super) async fn get_transaction(
    cx: Cx,
    Path(id): Path<String>,
) -> Result<Json<Transazione>, Problem> {
    let found = store::transactions::find(&cx.db(), cx.scope(), &id).await?;
    Ok(Json(Transazione::from(&found.ok_or_else(Problem::not_found)?)))
}
