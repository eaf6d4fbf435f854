//! `POST /api/admin/transazioni/{id}/salda`: a postponed entry was paid.

use plugin_api::problem::ProblemBody;
use plugin_api::time::{date, parse_date};
use plugin_api::{Cx, Json, Path, Problem};

use super::super::problems::Invalid;
use super::body::{Metodo, Saldo, Transazione};
use super::refused;
use crate::domain::Refusal;
use crate::store;
use crate::transactions::{Done, settle};

/// Settle a postponed transaction
///
/// The same day and way again changes nothing and answers the entry.
#[utoipa::path(
    post,
    path = "/api/admin/transazioni/{id}/salda",
    tag = "transazioni",
    params(("id" = String, Path, description = "Its id")),
    request_body = Saldo,
    responses(
        (status = 200, description = "The entry as it is now", body = Transazione),
        (status = 409, description = "`transaction_changed`: it was settled otherwise, corrected, \
            or is not postponed",
            body = ProblemBody, content_type = "application/problem+json"),
        Invalid,
    )
)]
pub(super) async fn settle_transaction(
    cx: Cx,
    Path(id): Path<String>,
    Json(body): Json<Saldo>,
) -> Result<Json<Transazione>, Problem> {
    let found = store::transactions::find(&cx.db(), cx.scope(), &id).await?;
    let entry = found.ok_or_else(Problem::not_found)?;
    let day = body.data.unwrap_or_else(|| date(cx.now()));
    let Some(at) = parse_date(&day) else {
        return Err(refused(vec![Refusal { field: "date", key: "field-date" }]));
    };
    let method = body.metodo.map_or("", Metodo::text);
    let done = settle(&cx, &entry, at, method).await?;
    let now = store::transactions::find(&cx.db(), cx.scope(), &id).await?;
    let now = now.ok_or_else(Problem::not_found)?;
    let is_same = now.settled_at == Some(at) && now.settled_method == method;
    if done == Done::TooLate && !(is_same && now.is_settled()) {
        return Err(Problem::conflict("transaction_changed"));
    }
    Ok(Json(Transazione::from(&now)))
}
