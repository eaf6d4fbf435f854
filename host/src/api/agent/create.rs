//! `POST /api/admin/agent`: make a node.

use axum::response::Response;
use http::StatusCode;
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Idempotency, Json, Problem};

use super::agente::{Agente, NuovoAgente};
use super::{created, refused, row};
use crate::people::organisations::{self, NewNode};

/// Create a node of the organisation tree
///
/// Resellers stand below the vendor or a reseller, sub-companies also below a sub-company, nothing
/// below an agent. With an `Idempotency-Key`, the same request sent again within 24 hours makes
/// nothing and gets the first answer.
#[utoipa::path(
    post,
    path = "/api/admin/agent",
    tag = "agent",
    params(("Idempotency-Key" = Option<String>, Header, description = "Names this request")),
    request_body = NuovoAgente,
    responses(
        (status = 201, description = "Made", body = Agente, headers(
            ("Location" = String, description = "Its address"),
            ("ETag" = String, description = "Its version"))),
        (status = 409, description = "`idempotency_in_flight`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`, `idempotency_key_reused`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_agent(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<NuovoAgente>,
) -> Result<Response, Problem> {
    let new = NewNode {
        name: body.nome.clone(),
        kind: body.tipo.kind().to_owned(),
        parent_id: body.sopra.clone().unwrap_or_default(),
    };
    let (_, agente) = cx
        .once(&idempotency, &body, |tx| {
            let new = new.clone();
            async move {
                let id = organisations::create(&tx, &new).await.map_err(refused)?;
                Ok((StatusCode::CREATED, Agente::from(row::one(&tx, &id).await?)))
            }
        })
        .await?;
    Ok(created(agente))
}
