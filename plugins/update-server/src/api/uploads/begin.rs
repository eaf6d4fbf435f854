//! `POST /api/admin/caricamenti`: a file is announced.

use axum::http::header::LOCATION;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use plugin_api::{Cx, Fault, Problem};

use super::metadata::Said;
use super::{LENGTH, PATH, Tus, told};
use crate::api::problems::{AdminProblems, PartProblems};
use crate::releases::files::attach::acceptable;
use crate::releases::save;

const METADATA: HeaderName = HeaderName::from_static("upload-metadata");

/// Announces a file
///
/// tus 1.0.0: the answer says where its parts are sent to.
#[utoipa::path(
    post,
    path = "/api/admin/caricamenti",
    operation_id = "inizia_caricamento",
    tag = "aggiornamenti",
    params(
        ("Tus-Resumable" = String, Header, description = "`1.0.0`."),
        ("Upload-Length" = u64, Header, description = "Length of the file in bytes."),
        ("Upload-Metadata" = String, Header, description = "`filename` and `rilascio` (`pacchetto` for a bundle), with \
            `piattaforma`, `architettura`, `formato` if the name does not say; each with a space and \
            base64 behind it, commas between them."),
    ),
    responses(
        (status = 201, description = "Its parts may come.",
            headers(("Location" = String, description = "Where they are sent to"))),
        AdminProblems,
        PartProblems,
    )
)]
pub(crate) async fn handle(cx: Cx, tus: Tus) -> Result<Response, Problem> {
    let length = tus.number(&LENGTH)?;
    let unreadable = || Problem::malformed("tus_intestazione").argument("name", &METADATA);
    let said = Said::read(tus.text(&METADATA)).ok_or_else(unreadable)?;
    if !said.is_bundle() {
        let release = save::found(&cx, &said.release_id).await?.release;
        acceptable(&release, &said.name)?;
        said.place.of(&said.name)?;
    }
    let note = serde_json::to_string(&said).map_err(Fault::from)?;
    let kind = "application/octet-stream";
    let begun = cx.begin_upload_noting(&said.name, kind, length, &note).await?;
    let place = cx.url(&format!("{PATH}/{}", begun.upload_id));
    Ok((StatusCode::CREATED, told(0), [(LOCATION, place)]).into_response())
}
