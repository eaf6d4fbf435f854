//! `POST /api/admin/rilasci`: a build server makes a draft.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use plugin_api::{Cx, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};

use super::{ReleaseDetail, answer};
use crate::api::problems::AdminProblems;
use crate::releases::body::ReleaseBody;
use crate::releases::changed;
use crate::releases::save::{Saved, create};

#[derive(Debug, Serialize, Deserialize)]
struct Made {
    id: String,
}

/// Makes a release
///
/// It is a draft: files are sent to it next, then it is published.
#[utoipa::path(
    post,
    path = "/api/admin/rilasci",
    operation_id = "crea_rilascio",
    tag = "aggiornamenti",
    params(Idempotency),
    request_body(content = ReleaseBody, example = json!({
        "prodotto": "STUDIO-PRO", "versione": "3.2.0", "canali": ["beta"],
        "note": {"it": "Novità", "en": "News"}, "sistema_minimo": {"macos": "13.0"}
    })),
    responses(
        (status = 201, description = "The release.", body = ReleaseDetail, headers(
            ("Location" = String, description = "Its address"),
            ("ETag" = String, description = "Its version"))),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<ReleaseBody>,
) -> Result<Response, Problem> {
    let asked = &body;
    let (status, made) = cx
        .once(&idempotency, asked, |tx| async move {
            match create(&tx, asked).await? {
                Saved::Written(id) => Ok((StatusCode::CREATED, Made { id })),
                Saved::Refused(errors) => Err(Problem::validation(errors)),
                Saved::Stale => Err(Problem::conflict("rilascio_cambiato")),
            }
        })
        .await?;
    changed::show(&cx).await;
    let place = format!("/api/admin/rilasci/{}", made.id);
    Ok((status, [(LOCATION, place)], answer(&cx, &made.id).await?).into_response())
}
