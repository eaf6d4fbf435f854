//! `PATCH /api/admin/prodotti/{id}`: a program of the administration changes a product.

use axum::response::Response;
use plugin_api::etag::{IfMatch, failed};
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Json, Path, Problem};

use super::super::problems::AdminProblems;
use super::{ProductDetail, answer, found};
use crate::catalogue::{Saved, save};
use crate::domain::catalogue::ProductBody;

/// Changes a product
///
/// Members left out stay as they are; a list replaces the one there is. Versions, modules and bundles
/// that licences have cannot be taken out, only retired.
#[utoipa::path(
    patch,
    path = "/api/admin/prodotti/{id}",
    operation_id = "modifica_prodotto",
    tag = "amministrazione",
    params(
        ("id" = String, Path, description = "Id or code of the product."),
        ("If-Match" = String, Header, description = "The `ETag` the change was made from"),
    ),
    request_body = ProductBody,
    responses(
        (status = 200, description = "The product as it is now.", body = ProductDetail,
            headers(("ETag" = String, description = "Its new version"))),
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 428, description = "`precondition_required`: `If-Match` is missing",
            body = ProblemBody, content_type = "application/problem+json"),
        AdminProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<ProductBody>,
) -> Result<Response, Problem> {
    let before = found(&cx, &id).await?;
    if_match.check(before.product.version)?;
    match save(&cx, Some(&before), &body).await? {
        Saved::Written(_) => Ok(answer(&found(&cx, &before.product.product_id).await?)),
        Saved::Refused(errors) => Err(Problem::validation(errors)),
        Saved::Stale => Err(failed()),
    }
}
