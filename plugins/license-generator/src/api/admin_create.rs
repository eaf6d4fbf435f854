//! `POST /api/admin/licenze`: a program of the administration issues a licence.

use axum::http::StatusCode;
use plugin_api::{Cx, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};

use super::admin_get::{LicenceDetail, detail};
use super::problems::AdminProblems;
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
    params(("Idempotency-Key" = Option<String>, Header,
        description = "The same key within 24 hours issues one licence.")),
    request_body = Draft,
    responses(
        (status = 201, description = "The licence with its activation key.", body = LicenceDetail),
        (status = 409, description = "The same Idempotency-Key is being answered.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Json<LicenceDetail>), Problem> {
    let draft = &draft;
    let (status, made) = cx
        .once(&idempotency, draft, |tx| async move {
            let issued =
                issue::issue(&tx, draft, Origin::Api).await.map_err(|why| why.problem(&tx))?;
            Ok((StatusCode::CREATED, Made { id: issued.licence_id }))
        })
        .await?;
    Ok((status, Json(detail(&cx, &made.id).await?)))
}
