//! `GET /api/admin/prodotti/{id}`: everything about a product.

use axum::response::Response;
use plugin_api::{Cx, Path, Problem};

use super::super::problems::AdminProblems;
use super::{ProductDetail, answer, found};

/// Reads a product
///
/// Its versions, modules, bundles and parameters come with it.
#[utoipa::path(
    get,
    path = "/api/admin/prodotti/{id}",
    operation_id = "leggi_prodotto",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Id or code of the product.")),
    responses(
        (status = 200, description = "The product.", body = ProductDetail,
            headers(("ETag" = String, description = "Its version"))),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    Ok(answer(&found(&cx, &id).await?))
}
