//! `GET /api/admin/richieste`: requests, page by page.

use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};

use super::body::Richiesta;
use crate::api::problems::AdminProblems;
use crate::requests::{person, spec};
use crate::store::requests::{COLUMNS, Request};
use crate::{APPROVE, paths};

/// List requests
///
/// Who may approve is given those of his branch, who may only ask his own.
#[utoipa::path(
    get,
    path = "/api/admin/richieste",
    operation_id = "elenca_richieste",
    tag = "amministrazione",
    params(
        TableQuery,
        ("stato" = Option<String>, Query, description = "States, with commas."),
    ),
    responses(
        (status = 200, description = "A page of requests.", body = List<Richiesta>),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, query: TableQuery) -> Result<Json<List<Richiesta>>, Problem> {
    let mut spec = spec(paths::REQUESTS);
    if !cx.may(APPROVE) {
        spec = spec.only("r.user_id = ?", [person(cx.caller()).into()]);
    }
    let rows: List<Request> = spec.api_list(&cx, &query, COLUMNS).await?;
    Ok(Json(rows.map(Richiesta::from)))
}
