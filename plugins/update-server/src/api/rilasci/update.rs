//! `PATCH /api/admin/rilasci/{id}`: what was said of a release is changed.

use axum::response::Response;
use plugin_api::etag::{IfMatch, failed};
use plugin_api::{Cx, Json, Path, Problem};

use super::{ReleaseDetail, answer, matching};
use crate::api::problems::{AdminProblems, VersionProblems};
use crate::releases::body::ReleaseBody;
use crate::releases::changed;
use crate::releases::save::{Saved, update};

/// Changes a release
///
/// Members left out stay as they are. Of a release that is out, the version and the channels stay.
#[utoipa::path(
    patch,
    path = "/api/admin/rilasci/{id}",
    operation_id = "modifica_rilascio",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the release."),
        ("If-Match" = String, Header, description = "The `ETag` the change was made from"),
    ),
    request_body = ReleaseBody,
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
    if_match: IfMatch,
    Json(body): Json<ReleaseBody>,
) -> Result<Response, Problem> {
    let draft = matching(&cx, &id, Some(if_match)).await?;
    match update(&cx, &draft, &body).await? {
        Saved::Written(id) => {
            changed::show(&cx).await;
            answer(&cx, &id).await
        }
        Saved::Refused(errors) => Err(Problem::validation(errors)),
        Saved::Stale => Err(failed()),
    }
}
