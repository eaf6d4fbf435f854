//! `POST /api/admin/richieste/{id}/approva`, `/rifiuta` and `/annulla`.

use plugin_api::{Cx, Json, Path, Problem};

use super::body::{Richiesta, Risposta};
use crate::api::problems::AdminProblems;
use crate::issue::NotIssued;
use crate::requests;

/// Approve a request
///
/// Issues its licence on the caller's own rights, in the same transaction.
#[utoipa::path(
    post,
    path = "/api/admin/richieste/{id}/approva",
    operation_id = "approva_richiesta",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Its id.")),
    request_body = Risposta,
    responses(
        (status = 200, description = "The request with the id of its licence.", body = Richiesta),
        (status = 409, description = "`richiesta_decisa`: somebody decided already.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn approva(
    cx: Cx,
    Path(id): Path<String>,
    Json(answer): Json<Risposta>,
) -> Result<Json<Richiesta>, Problem> {
    let request = requests::found(&cx, &id).await?;
    match requests::approve(&cx, &request, &answer.motivo).await? {
        Ok(decided) => Ok(Json(decided.into())),
        Err(rejection) => Err(NotIssued::Rejected(rejection).problem(&cx)),
    }
}

/// Refuse a request
#[utoipa::path(
    post,
    path = "/api/admin/richieste/{id}/rifiuta",
    operation_id = "rifiuta_richiesta",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Its id.")),
    request_body = Risposta,
    responses(
        (status = 200, description = "The request, refused.", body = Richiesta),
        (status = 409, description = "`richiesta_decisa`: somebody decided already.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn rifiuta(
    cx: Cx,
    Path(id): Path<String>,
    Json(answer): Json<Risposta>,
) -> Result<Json<Richiesta>, Problem> {
    let request = requests::found(&cx, &id).await?;
    Ok(Json(requests::refuse(&cx, &request, &answer.motivo).await?.into()))
}

/// Withdraw one's own request
#[utoipa::path(
    post,
    path = "/api/admin/richieste/{id}/annulla",
    operation_id = "annulla_richiesta",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The request, withdrawn.", body = Richiesta),
        (status = 404, description = "The caller asked for no such thing.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`richiesta_decisa`: somebody decided already.",
            body = plugin_api::problem::ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn annulla(cx: Cx, Path(id): Path<String>) -> Result<Json<Richiesta>, Problem> {
    let request = requests::found(&cx, &id).await?;
    Ok(Json(requests::withdraw(&cx, &request).await?.into()))
}
