//! `POST /api/admin/transazioni`: book an entry.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Idempotency, Json, Problem};

use super::body::{NuovaTransazione, Transazione};
use super::refused;
use crate::domain::Refusal;
use crate::store;
use crate::transactions::{Booking, enter, licence_named, told_of};

/// Book a transaction
///
/// With `riferimento` or an `Idempotency-Key`, the same sent again books nothing and answers the
/// entry that is there.
#[utoipa::path(
    post,
    path = "/api/admin/transazioni",
    tag = "transazioni",
    params(Idempotency),
    request_body = NuovaTransazione,
    responses(
        (status = 201, description = "Booked", body = Transazione),
        (status = 409, description = "`customer_closed`, `idempotency_in_flight`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`validation`, also for a customer or licence that is not \
            there or lies outside the caller's branch; `idempotency_key_reused`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_transaction(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<NuovaTransazione>,
) -> Result<Response, Problem> {
    let checked = body.draft(cx.now()).check().map_err(refused)?;
    let reference = body.riferimento.clone().filter(|reference| !reference.trim().is_empty());
    if reference.as_ref().is_some_and(|reference| reference.chars().count() > 120) {
        return Err(refused(vec![Refusal { field: "reference", key: "field-too-long" }]));
    }
    let found = store::find(&cx.db(), cx.scope(), &body.cliente).await?;
    let unknown = Refusal { field: "customer", key: "field-customer" };
    let customer = found.ok_or_else(|| refused(vec![unknown]))?;
    if !customer.is_open() {
        return Err(Problem::conflict("customer_closed"));
    }
    let named = licence_named(&cx, &customer.customer_id, &checked.licence_id).await?;
    let licence_name = named.map_err(|refusal| refused(vec![refusal]))?;
    let (status, booked) = cx
        .once(&idempotency, &body, |tx| {
            let booking = Booking {
                id: tx.fresh_id(),
                checked: checked.clone(),
                licence_name: licence_name.clone(),
                reference: reference.clone(),
            };
            let customer = customer.clone();
            async move {
                let entry = enter(&tx, &customer, booking).await.map_err(told_of)?;
                Ok((StatusCode::CREATED, Transazione::from(&entry)))
            }
        })
        .await?;
    Ok((status, Json(booked)).into_response())
}
