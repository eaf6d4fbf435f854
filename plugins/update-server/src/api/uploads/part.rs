//! `/api/admin/caricamenti/{id}`: how far a file is, its next part, giving it up.

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use plugin_api::lent::UploadInfo;
use plugin_api::{Cx, Fault, FaultKind, Path, Problem};

use super::metadata::Said;
use super::{LENGTH, OFFSET, Tus, told};
use crate::api::problems::{AdminProblems, PartProblems};
use crate::bundle::intake::receive;
use crate::releases::files::attach::attach;
use crate::releases::{changed, save};

/// What parts are sent as.
const PART: &str = "application/offset+octet-stream";

/// Asks how far a file is.
#[utoipa::path(
    head,
    path = "/api/admin/caricamenti/{id}",
    operation_id = "leggi_caricamento",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the upload."),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`."),
    ),
    responses(
        (status = 200, description = "How far it is.", headers(
            ("Upload-Offset" = u64, description = "How much of it is there, bytes"),
            ("Upload-Length" = u64, description = "How long it will be, bytes"))),
        AdminProblems,
        PartProblems,
    )
)]
pub(crate) async fn head(cx: Cx, _tus: Tus, Path(id): Path<String>) -> Result<Response, Problem> {
    let upload = cx.upload(&id).await?;
    Ok((told(upload.offset), [(LENGTH, HeaderValue::from(upload.length))]).into_response())
}

/// Sends the next part of a file
///
/// With the last one the file is part of its release.
#[utoipa::path(
    patch,
    path = "/api/admin/caricamenti/{id}",
    operation_id = "continua_caricamento",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the upload."),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`."),
        ("Upload-Offset" = u64, Header, description = "Where the part begins, bytes."),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, description = "The part is kept.",
            headers(("Upload-Offset" = u64, description = "How much is there now, bytes"))),
        AdminProblems,
        PartProblems,
    )
)]
pub(crate) async fn patch(
    cx: Cx,
    tus: Tus,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    if tus.text(&CONTENT_TYPE) != PART {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Problem::new(status, "unsupported_media_type").argument("expected", PART));
    }
    let offset = tus.number(&OFFSET)?;
    let upload = cx.append_upload(&id, offset, request.into_body()).await.map_err(elsewhere)?;
    if upload.is_complete() {
        complete(&cx, &upload).await?;
    }
    Ok((StatusCode::NO_CONTENT, told(upload.offset)).into_response())
}

/// The file becomes part of its release.
async fn complete(cx: &Cx, upload: &UploadInfo) -> Result<(), Problem> {
    let said: Said = serde_json::from_str(&upload.note).map_err(Fault::from)?;
    if said.is_bundle() {
        let blob = cx.finish_upload(&upload.upload_id).await.map_err(elsewhere)?;
        return receive::received(cx, &blob, &said.name).await.map(drop);
    }
    let release = save::found(cx, &said.release_id).await?.release;
    let blob = cx.finish_upload(&upload.upload_id).await.map_err(elsewhere)?;
    attach(cx, &release, &blob, &said.name, &said.place).await?;
    changed::show(cx).await;
    Ok(())
}

/// The part begins where the file does not end.
fn elsewhere(fault: Fault) -> Problem {
    if fault.kind != FaultKind::Conflict {
        return fault.into();
    }
    Problem::conflict("tus_posizione").argument("offset", &fault.subject)
}

/// Gives a file up.
#[utoipa::path(
    delete,
    path = "/api/admin/caricamenti/{id}",
    operation_id = "annulla_caricamento",
    tag = "aggiornamenti",
    params(
        ("id" = String, Path, description = "Id of the upload."),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`."),
    ),
    responses(
        (status = 204, description = "What came of it is forgotten."),
        AdminProblems,
        PartProblems,
    )
)]
pub(crate) async fn delete(cx: Cx, _tus: Tus, Path(id): Path<String>) -> Result<Response, Problem> {
    cx.abort_upload(&id).await?;
    Ok((StatusCode::NO_CONTENT, told(0)).into_response())
}
