//! `GET /api/admin/agent`: the nodes of the caller's branch, page by page.

use plugin_api::problem::ProblemBody;
use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};

use super::agente::{Agente, StatoAgente, TipoAgente};
use super::row;
use crate::pages::organisations::spec;

/// List the nodes of the organisation tree
///
/// Resellers, sub-companies and agents of the caller's branch, his own node included. `q` looks at
/// their names and at those of the nodes above them.
#[utoipa::path(
    get,
    path = "/api/admin/agent",
    tag = "agent",
    params(
        TableQuery,
        ("tipo" = Option<TipoAgente>, Query, description = "What they are; several with commas"),
        ("stato" = Option<StatoAgente>, Query, description = "Whether their people get in"),
        ("sopra" = Option<String>, Query, description = "Id of the node directly above them"),
        ("nome" = Option<String>, Query, description = "Part of the name"),
        ("creata.from" = Option<String>, Query, description = "Made on this day or later"),
        ("creata.to" = Option<String>, Query, description = "Made on this day or before"),
    ),
    responses(
        (status = 200, description = "One page", body = List<Agente>),
        (status = 400, description = "`malformed_query`, `malformed_cursor`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_agents(
    cx: Cx,
    mut query: TableQuery,
) -> Result<Json<List<Agente>>, Problem> {
    let mut spec = spec();
    if let Some(above) = query.take("sopra") {
        spec = spec.only("o.parent_id = ?", [above.trim().into()]);
    }
    Ok(Json(row::page(&cx, spec, &query).await?.map(Agente::from)))
}
