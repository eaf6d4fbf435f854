//! `POST /api/admin/richieste`: asks others to issue a licence.

use axum::http::StatusCode;
use plugin_api::{Cx, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};

use super::body::{NuovaRichiesta, Richiesta};
use crate::api::problems::AdminProblems;
use crate::requests::{self, Asked};

#[derive(Debug, Serialize, Deserialize)]
struct Made {
    id: String,
}

/// Ask others to issue a licence
///
/// For who lacks `license-generator:issue`, or whom a rule keeps from issuing this one. Whoever may
/// approve sees it, and issues it on his own rights.
#[utoipa::path(
    post,
    path = "/api/admin/richieste",
    operation_id = "crea_richiesta",
    tag = "amministrazione",
    params(Idempotency),
    request_body = NuovaRichiesta,
    responses(
        (status = 201, description = "The request, which waits.", body = Richiesta),
        (status = 409, description = "The same Idempotency-Key is being answered.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<NuovaRichiesta>,
) -> Result<(StatusCode, Json<Richiesta>), Problem> {
    let body = &body;
    let (status, made) = cx
        .once(&idempotency, body, |tx| async move {
            let asked = Asked { draft: body.licenza.clone(), reason: body.motivo.clone() };
            let made = requests::submit(&tx, asked).await;
            let made = made.map_err(|why| why.problem(&tx).pointing(pointer))?;
            Ok((StatusCode::CREATED, Made { id: made.request_id }))
        })
        .await?;
    Ok((status, Json(requests::found(&cx, &made.id).await?.into())))
}

/// The fields of the licence lie one step deeper here.
fn pointer(of_draft: &str) -> String {
    if of_draft == "/motivo" { of_draft.to_owned() } else { format!("/licenza{of_draft}") }
}
