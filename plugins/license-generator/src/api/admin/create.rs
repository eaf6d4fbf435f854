//! `POST /api/admin/licenze`: a program of the administration issues a licence.

use axum::http::StatusCode;
use axum::response::Response;
use plugin_api::{Cx, Idempotency, Json, Problem, etag};
use serde::{Deserialize, Serialize};

use super::detail::{LicenceDetail, detail};
use crate::api::problems::AdminProblems;
use crate::domain::choices::Origin;
use crate::domain::draft::Draft;
use crate::issue;

/// What is kept to answer a repetition: never the key itself.
#[derive(Debug, Serialize, Deserialize)]
struct Made {
    id: String,
}

/// Issues a licence for a customer.
#[utoipa::path(
    post,
    path = "/api/admin/licenze",
    operation_id = "crea_licenza",
    tag = "amministrazione",
    params(Idempotency),
    request_body = Draft,
    responses(
        (status = 201, description = "The licence with its activation key.", body = LicenceDetail,
            headers(("ETag" = String, description = "Its version"),
                ("Location" = String, description = "Its address"))),
        (status = 409, description = "The same Idempotency-Key is being answered.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(draft): Json<Draft>,
) -> Result<Response, Problem> {
    let draft = &draft;
    let (_, made) = cx
        .once(&idempotency, draft, |tx| async move {
            let issued = Box::pin(issue::issue(&tx, draft, Origin::Api)).await;
            let issued = issued.map_err(|why| why.problem(&tx))?;
            Ok((StatusCode::CREATED, Made { id: issued.licence_id }))
        })
        .await?;
    let (detail, _) = detail(&cx, &made.id).await?;
    Ok(etag::created(detail, &format!("/api/admin/licenze/{}", made.id)))
}
