//! `POST /api/admin/rilasci/{id}/promuovi`: a release comes into another channel.

use axum::response::Response;
use plugin_api::etag::IfMatch;
use plugin_api::{Cx, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ReleaseDetail, answer, matching};
use crate::api::problems::{AdminProblems, VersionProblems};
use crate::releases::promote::promote;
use crate::rollouts::plan::Plan;

/// Where a release comes, and how quickly.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromoteBody {
    /// The channel.
    #[schema(example = "stable")]
    canale: String,
    /// How it reaches the installations there; everybody at once if left out.
    #[serde(default)]
    fasi: Option<Plan>,
}

/// Promotes a release
///
/// A release that is out is placed in another channel of its product.
#[utoipa::path(
    post,
    path = "/api/admin/rilasci/{id}/promuovi",
    operation_id = "promuovi_rilascio",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("If-Match" = Option<String>, Header, description = "The `ETag` it was seen with"),
    ),
    request_body = PromoteBody,
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
    Json(body): Json<PromoteBody>,
) -> Result<Response, Problem> {
    let plan = body.fasi.unwrap_or_default().checked().map_err(Problem::validation)?;
    let draft = matching(&cx, &id, if_match).await?;
    promote(&cx, &draft, &body.canale, &plan).await?;
    answer(&cx, &id).await
}
