//! `POST /api/admin/clienti`: enter a customer or prospect.

use axum::http::StatusCode;
use axum::response::Response;
use plugin_api::contracts::accounts::AccountState;
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Idempotency, Json, Problem};

use super::cliente::{Cliente, Stato};
use super::dati::{DatiCliente, NuovoCliente};
use super::{created, refused};
use crate::create::{enter, new_customer};
use crate::domain::{Customer, Draft, Refusal, initial_state};
use crate::found::found;
use crate::{VALIDATE, chooser};

/// Enter a customer or prospect
///
/// It gets a node of its own in the organisation tree, below `assegnato_a`. With an
/// `Idempotency-Key`, the same request sent again within 24 hours enters nothing and gets the
/// first answer.
#[utoipa::path(
    post,
    path = "/api/admin/clienti",
    tag = "clienti",
    params(Idempotency),
    request_body(
        content = NuovoCliente,
        example = json!({
            "ragione_sociale": "Rossi Meccanica S.r.l.", "partita_iva": "12345678903",
            "email": "info@rossi.example",
            "indirizzo": {"via": "Via Roma 1", "cap": "20121", "citta": "Milano",
                "provincia": "MI", "paese": "IT"}
        })
    ),
    responses(
        (status = 201, description = "Entered", body = Cliente, headers(
            ("Location" = String, description = "Its address"),
            ("ETag" = String, description = "Its version"))),
        (status = 403, description = "`forbidden`: the state asked for needs another permission",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`idempotency_in_flight`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`, `idempotency_key_reused`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_customer(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<NuovoCliente>,
) -> Result<Response, Problem> {
    let state = asked_state(&cx, &body.0)?;
    let mut draft = Draft::default();
    body.0.clone().apply(&mut draft);
    let details = draft.check().map_err(refused)?;
    let asked = body.0.assegnato_a.as_deref().unwrap_or_default();
    let node = chooser::chosen(&cx, asked).await?.map_err(|refusal| refused(vec![refusal]))?;
    let (_, cliente) = cx
        .once(&idempotency, &body, |tx| {
            let assigned_to = node.organisation_id.clone();
            let customer = Customer { assigned_to, ..new_customer(&cx, details.clone(), state) };
            async move {
                enter(&tx, &customer).await?;
                let entered = found(&tx, &customer.customer_id).await?;
                Ok((StatusCode::CREATED, Cliente::from(&entered)))
            }
        })
        .await?;
    Ok(created(cliente))
}

/// The state a new customer gets, if the caller may ask for it.
pub(super) fn asked_state(cx: &Cx, body: &DatiCliente) -> Result<AccountState, Problem> {
    let validator = cx.may(VALIDATE);
    match body.stato {
        None => Ok(initial_state(validator)),
        Some(Stato::InAttesa) => Ok(AccountState::Awaiting),
        Some(Stato::Convalidato) if validator => Ok(AccountState::Validated),
        Some(Stato::Convalidato) => Err(Problem::forbidden()),
        Some(Stato::Sospeso) => {
            Err(refused(vec![Refusal { field: "state", key: "field-state-new" }]))
        }
    }
}
