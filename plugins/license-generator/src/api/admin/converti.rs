//! `POST /api/admin/licenze/{id}/converti`: a trial becomes a paid licence and keeps its key.

use axum::response::Response;
use plugin_api::{Cx, Idempotency, Json, Path, Problem};

use super::detail::{LicenceDetail, answer};
use super::{Done, accepted, found};
use crate::api::problems::ChangeProblems;
use crate::change::apply::{Wanted, in_transaction};
use crate::change::patch::LicencePatch;

/// Converts a trial into a paid licence.
///
/// `tipo` says what it becomes; it needs no new key, devices learn of it at their next validation. It
/// is sold at its price, by the price list unless `prezzo` or `sconto` say otherwise; `pagamento` says
/// how.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/converti",
    operation_id = "converti_licenza",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    request_body(content = LicencePatch, example = json!({
        "tipo": "abbonamento", "durata_giorni": 365,
        "prezzo": {"importo": 12000, "valuta": "EUR"}
    })),
    responses(
        (status = 200, description = "The licence as it is now.", body = LicenceDetail),
        ChangeProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
    Json(patch): Json<LicencePatch>,
) -> Result<Response, Problem> {
    let (id, patch) = (id.as_str(), &patch);
    cx.once(&idempotency, &(id, "converti", patch), |tx| async move {
        let licence = found(&tx, id).await?;
        let changed = in_transaction(&tx, &licence, patch, Wanted::Conversion);
        let outcome = Box::pin(changed).await?;
        accepted(&tx, outcome)?;
        Ok(Done::about(id))
    })
    .await?;
    answer(&cx, id).await
}
