//! `POST /api/licenze/rinnova`: renews a licence by its activation key.

use axum::http::StatusCode;
use plugin_api::{Cx, Fault, Idempotency, Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::admin::{Periodo, RenewBody, RenewRequest};
use super::bodies::LicenceBody;
use super::key_hash;
use super::problems::ChangeProblems;
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::refusal::Refusal;
use crate::issue::NotIssued;
use crate::renewals::{RENEW, in_transaction};
use crate::store;

/// Which licence is renewed, and how.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "chiave_licenza": "7D91A-F8FC9-16609-0A1B2-C3D4E", "periodo": "P1Y",
    "modalita": "posticipato", "riferimento": "ordine-2026-0117"
}))]
pub struct RenewByKeyRequest {
    /// The activation key.
    pub chiave_licenza: String,
    /// For how long.
    pub periodo: Periodo,
    /// `pagamento` or `posticipato`.
    pub modalita: String,
    /// Names the payment or the order: the same one renews the licence once. At most 100 characters.
    #[serde(default)]
    pub riferimento: Option<String>,
}

/// The licence as it is now, and what was booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct RenewByKeyAnswer {
    /// The licence.
    licenza: LicenceBody,
    /// What was done; its `transazione` is null when it cost nothing.
    transazione: RenewBody,
}

/// Renews a licence by its activation key.
///
/// With the token of somebody who may renew, in whose branch the licence lies. It costs its usual
/// price. A payment reference without a token is not accepted yet.
#[utoipa::path(
    post,
    path = "/api/licenze/rinnova",
    operation_id = "rinnova_licenza",
    tag = "licenze",
    params(Idempotency),
    request_body = RenewByKeyRequest,
    responses(
        (status = 200, description = "The licence, and what was done.", body = RenewByKeyAnswer),
        ChangeProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    idempotency: Idempotency,
    Json(request): Json<RenewByKeyRequest>,
) -> Result<Json<RenewByKeyAnswer>, Problem> {
    if !cx.caller().is_signed_in() {
        return Err(match &request.riferimento {
            None => Problem::unauthorized(),
            Some(_) => Problem::new(StatusCode::FORBIDDEN, "riferimento_non_verificabile"),
        });
    }
    if !cx.may(RENEW) {
        return Err(Problem::forbidden());
    }
    let asked = RenewRequest {
        periodo: Some(request.periodo.clone()),
        modalita: Some(request.modalita.clone()),
        riferimento: request.riferimento.clone(),
        ..RenewRequest::default()
    };
    let key = ActivationKey::parse(&request.chiave_licenza).ok_or(Refusal::InvalidKey)?;
    let licence_id = found(&cx, key).await?.ok_or(Refusal::UnknownKey)?.licence_id;
    let (id, asked) = (licence_id.as_str(), &asked);
    let (_, transazione) = cx
        .once(&idempotency, &(id, "rinnova", asked), |tx| async move {
            let renewal = in_transaction(&tx, id, &asked.read(12)?).await?;
            let renewal = renewal.map_err(|refused| NotIssued::Rejected(refused).problem(&tx))?;
            Ok((StatusCode::OK, RenewBody::from(renewal)))
        })
        .await?;
    let licence = store::licences::get(&cx.db(), cx.scope(), id).await?;
    let licence = licence.ok_or(Refusal::UnknownKey)?;
    Ok(Json(RenewByKeyAnswer { licenza: LicenceBody::at(cx.now(), &licence), transazione }))
}

/// The licence of a key, if it lies in the caller's branch.
async fn found(cx: &Cx, key: ActivationKey) -> Result<Option<Licence>, Fault> {
    let hash = key_hash(cx, key).await?;
    store::licences::by_hash(&cx.db(), cx.scope(), &hash).await
}
