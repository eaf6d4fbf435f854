//! `/api/admin/aggiornamenti/{prodotto}/canali/{canale}/elenchi/{tipo}`: feeds the vendor signed
//! himself.

use axum::body::Bytes;
use axum::http::StatusCode;
use plugin_api::{Cx, Path, Problem};

use super::problems::AdminProblems;
use crate::products::feeds::{forget, take};
use crate::products::page::found;

/// Hands out a feed of one's own
///
/// The body is the feed. It is handed out byte for byte in place of the made one. The signature of an
/// appcast must be of the product's key, and what a feed offers must be out, with the files as the feed
/// says; else it is refused (`elenco_non_conforme`, with `avvisi`).
#[utoipa::path(
    put,
    path = "/api/admin/aggiornamenti/{prodotto}/canali/{canale}/elenchi/{tipo}",
    operation_id = "imposta_elenco",
    tag = "aggiornamenti",
    params(
        ("prodotto" = String, Path, description = "Code of the product."),
        ("canale" = String, Path, description = "The channel."),
        ("tipo" = String, Path, description = "`appcast` (Sparkle) or `electron` (`latest.yml`)."),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204, description = "It is handed out."), AdminProblems)
)]
pub async fn put(
    cx: Cx,
    Path((code, channel, kind)): Path<(String, String, String)>,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let product = found(&cx, &code).await?;
    take(&cx, &product, (&channel, &kind), body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hands out the made feed again.
#[utoipa::path(
    delete,
    path = "/api/admin/aggiornamenti/{prodotto}/canali/{canale}/elenchi/{tipo}",
    operation_id = "togli_elenco",
    tag = "aggiornamenti",
    params(
        ("prodotto" = String, Path, description = "Code of the product."),
        ("canale" = String, Path, description = "The channel."),
        ("tipo" = String, Path, description = "`appcast` or `electron`."),
    ),
    responses((status = 204, description = "It is gone."), AdminProblems)
)]
pub async fn delete(
    cx: Cx,
    Path((code, channel, kind)): Path<(String, String, String)>,
) -> Result<StatusCode, Problem> {
    found(&cx, &code).await?;
    forget(&cx, &code, (&channel, &kind)).await?;
    Ok(StatusCode::NO_CONTENT)
}
