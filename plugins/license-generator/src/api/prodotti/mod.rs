//! `/api/admin/prodotti`: the catalogue for programs of the administration.

pub mod create;
pub mod get;
pub mod list;
pub mod update;

use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use plugin_api::etag::etag;
use plugin_api::{Cx, Json, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::catalogue::{Offer, ProductBody};
use crate::store::catalogue::offers;
use crate::store::products;

/// A product with everything that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductDetail {
    /// Its id.
    id: String,
    /// What it is and offers.
    #[serde(flatten)]
    prodotto: ProductBody,
}

/// The product with this id or code.
async fn found(cx: &Cx, id_or_code: &str) -> Result<Offer, Problem> {
    let db = cx.db();
    let product = match products::get(&db, id_or_code).await? {
        Some(product) => Some(product),
        None => products::by_code(&db, id_or_code).await?,
    };
    let product = product.ok_or_else(Problem::not_found)?;
    Ok(offers::of(&db, product).await?)
}

/// A product as an answer, with its `ETag`.
fn answer(offer: &Offer) -> Response {
    let body =
        ProductDetail { id: offer.product.product_id.clone(), prodotto: ProductBody::from(offer) };
    ([(ETAG, etag(offer.product.version))], Json(body)).into_response()
}
