//! `GET /api/admin/agent/{id}`: one node.

use axum::response::Response;
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Path, Problem, etag};

use super::agente::Agente;
use super::row;

/// One node of the organisation tree
///
/// Its `ETag` is what a change sends back as `If-Match`.
#[utoipa::path(
    get,
    path = "/api/admin/agent/{id}",
    tag = "agent",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 200, description = "The node", body = Agente,
            headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "No such node in the caller's branch: `not_found`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_agent(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let row = row::one(&cx, &id).await?;
    let version = row.version;
    Ok(etag::answer(Agente::from(row), version))
}
