//! `POST /api/admin/licenze/{id}/trasferisci`: a licence goes to another customer.

use axum::response::Response;
use plugin_api::{Cx, FieldProblem, Idempotency, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::detail::{LicenceDetail, answer};
use super::{Done, accepted};
use crate::api::problems::ChangeProblems;
use crate::change::transfer::{Devices, in_transaction};

/// Whom a licence goes to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "cliente": "0199d7c0-0000-7000-8000-000000000002", "dispositivi": "mantieni"
}))]
pub struct TransferRequest {
    /// Id of the customer who gets it.
    cliente: String,
    /// What becomes of its devices: `mantieni` or `libera`; they keep their seats if left out.
    #[serde(default)]
    dispositivi: Option<String>,
}

/// Gives a licence to another customer.
///
/// Key, devices and history go with it; what is still to be paid stays with who it was sold to.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/trasferisci",
    operation_id = "trasferisci_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    request_body = TransferRequest,
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail),
        ChangeProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
    Json(body): Json<TransferRequest>,
) -> Result<Response, Problem> {
    let devices = Devices::from_wire(body.dispositivi.as_deref().unwrap_or_default());
    let devices = devices.ok_or_else(|| {
        Problem::validation(vec![FieldProblem::new("/dispositivi", "field-option")])
    })?;
    let (id, body) = (id.as_str(), &body);
    cx.once(&idempotency, &(id, "trasferisci", body), |tx| async move {
        let outcome = in_transaction(&tx, id, &body.cliente, devices).await?;
        accepted(&tx, outcome)?;
        Ok(Done::about(id))
    })
    .await?;
    answer(&cx, id).await
}
