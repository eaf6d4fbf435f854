//! `DELETE /api/admin/agent/{id}`: delete an empty node.

use http::StatusCode;
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Path, Problem};

use super::refused;
use crate::people::organisations;

/// Delete an empty node of the organisation tree
#[utoipa::path(
    delete,
    path = "/api/admin/agent/{id}",
    tag = "agent",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "No such node in the caller's branch: `not_found`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`organisation_not_empty`: something stands below it or \
            somebody belongs to it; `organisation_own`, `organisation_root`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_agent(cx: Cx, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let node = organisations::find(&cx, &id).await?;
    organisations::delete(&cx, &node).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
