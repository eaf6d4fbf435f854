//! `POST /api/admin/rilasci/{id}/ritira`: a bad release is taken back.

use axum::response::Response;
use plugin_api::etag::IfMatch;
use plugin_api::{Cx, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ReleaseDetail, answer, matching};
use crate::api::problems::{AdminProblems, VersionProblems};
use crate::releases::yank::yank;

/// Why a release is taken back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct YankBody {
    /// The reason, 1 to 1000 characters.
    #[schema(example = "Cancella i documenti recenti.")]
    motivo: String,
}

/// Takes a release back
///
/// Nobody gets it any more; who has it is brought to the newest good one. It cannot be undone.
#[utoipa::path(
    post,
    path = "/api/admin/rilasci/{id}/ritira",
    operation_id = "ritira_rilascio",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("If-Match" = Option<String>, Header, description = "The `ETag` it was seen with"),
    ),
    request_body = YankBody,
    responses(
        (status = 200, description = "The release as it is now.", body = ReleaseDetail,
            headers(("ETag" = String, description = "Its new version"))),
        AdminProblems,
        VersionProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    if_match: Option<IfMatch>,
    Json(body): Json<YankBody>,
) -> Result<Response, Problem> {
    let draft = matching(&cx, &id, if_match).await?;
    yank(&cx, &draft, &body.motivo).await?;
    answer(&cx, &id).await
}
