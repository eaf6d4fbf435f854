//! `POST /api/admin/politiche`: a new policy.

use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse as _, Response};
use plugin_api::etag::etag;
use plugin_api::{Cx, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Politica, found, merged, problem};
use crate::api::problems::AdminProblems;
use crate::domain::policy_draft::PolicyDraft;
use crate::policies::{of_settings, save};

/// What is kept to answer a repetition.
#[derive(Debug, Serialize, Deserialize)]
struct Made {
    id: String,
    run_id: Option<String>,
}

/// Keeps a new policy. What is left out is as the settings have it.
#[utoipa::path(
    post,
    path = "/api/admin/politiche",
    operation_id = "crea_politica",
    tag = "politiche",
    params(Idempotency),
    request_body = PolicyDraft,
    responses(
        (status = 201, description = "The policy.", body = Politica,
            headers(("ETag" = String, description = "Its version"))),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<Map<String, Value>>,
) -> Result<Response, Problem> {
    let body = &body;
    let (status, made): (StatusCode, Made) = cx
        .once(&idempotency, body, |tx| async move {
            let settings = PolicyDraft::from(&of_settings(&tx).await?);
            let draft = merged(settings, body.clone())?;
            let saved = save::save(&tx, None, &draft).await.map_err(problem)?;
            Ok((StatusCode::CREATED, Made { id: saved.policy_id, run_id: saved.run_id }))
        })
        .await?;
    let stored = found(&cx, &made.id).await?;
    let politica = Politica { applicazione: made.run_id, ..Politica::from(&stored) };
    Ok((status, [(ETAG, etag(stored.version))], Json(politica)).into_response())
}
