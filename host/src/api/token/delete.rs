//! `DELETE /api/admin/token/{id}`: revoke a token.

use http::StatusCode;
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Path, Problem};

use super::owner;
use crate::people::tokens;

/// Revoke an API token of the caller's own
///
/// Programs that use it are refused at once.
#[utoipa::path(
    delete,
    path = "/api/admin/token/{id}",
    tag = "token",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 204, description = "Revoked"),
        (status = 404, description = "No such token of the caller's, or it was revoked already",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_token(cx: Cx, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let user = owner(&cx).await?;
    tokens::revoke(&cx, &user, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
