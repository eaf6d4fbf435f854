//! `PATCH /api/admin/agent/{id}`: rename, move, suspend or resume a node.

use axum::response::Response;
use plugin_api::etag::IfMatch;
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Json, Path, Problem, etag};

use super::agente::{Agente, DatiAgente};
use super::{refused, row};
use crate::people::organisations::{self, Change};

/// Change a node of the organisation tree
///
/// Members that are missing stay as they are; all of them change or none. What lies below a moved
/// node comes along, and its people see from the new place at their next request.
#[utoipa::path(
    patch,
    path = "/api/admin/agent/{id}",
    tag = "agent",
    params(
        ("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The `ETag` the change was made from"),
    ),
    request_body = DatiAgente,
    responses(
        (status = 200, description = "The node as it is now", body = Agente,
            headers(("ETag" = String, description = "Its new version"))),
        (status = 404, description = "No such node in the caller's branch: `not_found`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`organisation_own`: the caller's own node is neither moved \
            nor suspended; `organisation_root`; `organisation_changed`: the tree changed meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 428, description = "`precondition_required`: `If-Match` is missing",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn update_agent(
    cx: Cx,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<DatiAgente>,
) -> Result<Response, Problem> {
    let node = organisations::find(&cx, &id).await?;
    if_match.check(node.version)?;
    let DatiAgente { nome, sopra, sospesa } = body;
    let change = Change { name: nome, parent_id: sopra, suspended: sospesa };
    organisations::change(&cx, &node, &change).await.map_err(refused)?;
    let row = row::one(&cx, &id).await?;
    let version = row.version;
    Ok(etag::answer(Agente::from(row), version))
}
