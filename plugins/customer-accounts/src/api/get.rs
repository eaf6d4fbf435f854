//! `GET /api/admin/clienti/{id}`: one customer.

use axum::response::Response;
use plugin_api::{Cx, Path, Problem};

use super::answer;
use super::cliente::Cliente;
use super::problems::NoCustomer;
use crate::store;

/// One customer
///
/// Its `ETag` is what a change sends back as `If-Match`.
#[utoipa::path(
    get,
    path = "/api/admin/clienti/{id}",
    tag = "clienti",
    params(("id" = String, Path, description = "Its id")),
    responses(
        (status = 200, description = "The customer", body = Cliente,
            headers(("ETag" = String, description = "Its version"))),
        NoCustomer,
    )
)]
pub(super) async fn get_customer(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let customer = found.ok_or_else(Problem::not_found)?;
    Ok(answer(Cliente::from(&customer), customer.version))
}
