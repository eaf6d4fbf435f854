//! `POST /api/admin/licenze/{id}/rinnova`: a licence lasts longer.

use axum::http::StatusCode;
use plugin_api::{Cx, Idempotency, Json, Path, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::detail::{LicenceDetail, detail};
use super::{RenewBody, RenewRequest, found};
use crate::api::problems::ChangeProblems;
use crate::issue::NotIssued;
use crate::renewals::in_transaction;

/// A licence that was renewed, and how.
#[derive(Serialize, ToSchema)]
pub struct RenewAnswer {
    /// The licence as it is now.
    licenza: LicenceDetail,
    /// What was done.
    rinnovo: RenewBody,
}

/// Renews a licence.
///
/// One transaction is booked in the customer's ledger, unless it costs nothing. A permanent licence
/// has its maintenance renewed.
#[utoipa::path(
    post,
    path = "/api/admin/licenze/{id}/rinnova",
    operation_id = "rinnova_licenza_amministrazione",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id of the licence."),
        Idempotency,
    ),
    request_body = RenewRequest,
    responses(
        (status = 200, description = "The licence, and what was done.", body = RenewAnswer),
        ChangeProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Path(id): Path<String>,
    Json(body): Json<RenewRequest>,
) -> Result<Json<RenewAnswer>, Problem> {
    let (id, body) = (id.as_str(), &body);
    let (_, rinnovo) = cx
        .once(&idempotency, &(id, "rinnova", body), |tx| async move {
            let licence = found(&tx, id).await?;
            let order = body.read(licence.renewal_months)?;
            let renewal = in_transaction(&tx, id, &order).await?;
            let renewal = renewal.map_err(|refused| NotIssued::Rejected(refused).problem(&tx))?;
            Ok((StatusCode::OK, RenewBody::from(renewal)))
        })
        .await?;
    let (licenza, _) = detail(&cx, id).await?;
    Ok(Json(RenewAnswer { licenza, rinnovo }))
}
