//! `POST /api/admin/licenze/{id}/assegna`: who sold a licence, and who gets the credit.

use axum::response::Response;
use plugin_api::{Cx, Idempotency, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::detail::{LicenceDetail, answer};
use super::{Done, accepted, found};
use crate::api::problems::ChangeProblems;
use crate::change::assign::{Assignment, assign};
use crate::change::transfer::{Devices, in_transaction};

/// Who is to be noted. What is left out stays; an empty text empties it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[derive(Default)]
#[schema(example = json!({"agente": "0199d7c0-0000-7000-8000-000000000003"}))]
pub struct AssignRequest {
    /// Node that sold it.
    organizzazione: Option<String>,
    /// Node of the agent who gets the credit.
    agente: Option<String>,
    /// Id of the customer it goes to, with its devices.
    cliente: Option<String>,
}

/// Assigns a licence to an organisation, an agent or a customer.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/assegna",
    operation_id = "assegna_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    request_body = AssignRequest,
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail),
        ChangeProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
    Json(body): Json<AssignRequest>,
) -> Result<Response, Problem> {
    let (id, body) = (id.as_str(), &body);
    cx.once(&idempotency, &(id, "assegna", body), |tx| async move {
        let licence = found(&tx, id).await?;
        let assignment =
            Assignment { seller: body.organizzazione.clone(), agent: body.agente.clone() };
        accepted(&tx, assign(&tx, &licence, &assignment).await?)?;
        if let Some(account_id) = &body.cliente {
            accepted(&tx, in_transaction(&tx, id, account_id, Devices::Keep).await?)?;
        }
        Ok(Done::about(id))
    })
    .await?;
    answer(&cx, id).await
}
