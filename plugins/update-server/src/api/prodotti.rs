//! `/api/admin/aggiornamenti/{prodotto}`: what the update server knows of a product, and its channels.

use axum::response::Response;
use plugin_api::etag::{IfMatch, failed};
use plugin_api::{Cx, Json, Path, Problem, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problems::{AdminProblems, VersionProblems};
use crate::products::channels::write;
use crate::products::page::found;
use crate::products::save::{ProductBody, Saved, create, update, wire};
use crate::store::channels;
use crate::store::products;

/// A channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelDetail {
    /// What clients ask for.
    #[schema(example = "stable")]
    canale: String,
    /// For people.
    descrizione: String,
}

/// A product as the update server knows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductDetail {
    /// Its code in the catalogue of licences.
    #[schema(example = "STUDIO-PRO")]
    codice: String,
    /// `pubblico`, `con_licenza` or `chiuso`.
    #[schema(example = "con_licenza")]
    accesso: &'static str,
    /// Public key of minisign, base64; empty for none.
    chiave_minisign: String,
    /// `SUPublicEDKey` of Sparkle; empty for none.
    chiave_sparkle: String,
    /// A rollout stops when more than this share fails, percent.
    stop_percentuale: i64,
    /// It takes this many outcomes before a rollout stops by itself.
    stop_minimo: i64,
    /// Its channels.
    canali: Vec<ChannelDetail>,
}

async fn answer(cx: &Cx, code: &str) -> Result<Response, Problem> {
    let product = found(cx, code).await?;
    let all = channels::of_product(&cx.db(), cx.scope(), code).await?;
    let channel = |one: channels::Channel| ChannelDetail {
        canale: one.channel,
        descrizione: one.description,
    };
    let detail = ProductDetail {
        codice: product.product_code,
        accesso: wire(product.access),
        chiave_minisign: product.minisign_key,
        chiave_sparkle: product.sparkle_key,
        stop_percentuale: product.stop_percent,
        stop_minimo: product.stop_minimum,
        canali: all.into_iter().map(channel).collect(),
    };
    Ok(etag::answer(detail, product.version))
}

/// Reads what the update server knows of a product.
#[utoipa::path(
    get,
    path = "/api/admin/aggiornamenti/{prodotto}",
    operation_id = "leggi_prodotto_aggiornamenti",
    tag = "aggiornamenti",
    params(("prodotto" = String, Path, description = "Code of the product.")),
    responses((status = 200, description = "The product.", body = ProductDetail,
        headers(("ETag" = String, description = "Its version"))), AdminProblems)
)]
pub async fn get(cx: Cx, Path(code): Path<String>) -> Result<Response, Problem> {
    answer(&cx, &code).await
}

/// Sets a product up, or changes it
///
/// A product that is set up for the first time gets the channel `stable`. Members left out stay as
/// they are.
#[utoipa::path(
    put,
    path = "/api/admin/aggiornamenti/{prodotto}",
    operation_id = "imposta_prodotto_aggiornamenti",
    tag = "aggiornamenti",
    params(
        ("prodotto" = String, Path, description = "Code of the product."),
        ("If-Match" = Option<String>, Header, description = "The `ETag` it was seen with"),
    ),
    request_body = ProductBody,
    responses((status = 200, description = "The product as it is now.", body = ProductDetail,
        headers(("ETag" = String, description = "Its new version"))), AdminProblems,
        VersionProblems)
)]
pub async fn put(
    cx: Cx,
    Path(code): Path<String>,
    if_match: Option<IfMatch>,
    Json(body): Json<ProductBody>,
) -> Result<Response, Problem> {
    let before = products::get(&cx.db(), cx.scope(), &code).await?;
    if let Some((if_match, before)) = if_match.zip(before.as_ref()) {
        if_match.check(before.version)?;
    }
    let saved = match &before {
        Some(before) => update(&cx, before, &body).await?,
        None => create(&cx, &code, &body).await?,
    };
    match saved {
        Saved::Written => answer(&cx, &code).await,
        Saved::Refused(errors) => Err(Problem::validation(errors)),
        Saved::Stale => Err(failed()),
    }
}

/// What a channel is for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChannelBody {
    /// For people.
    descrizione: String,
}

/// Adds a channel to a product, or describes it anew.
#[utoipa::path(
    put,
    path = "/api/admin/aggiornamenti/{prodotto}/canali/{canale}",
    operation_id = "imposta_canale",
    tag = "aggiornamenti",
    params(
        ("prodotto" = String, Path, description = "Code of the product."),
        ("canale" = String, Path,
            description = "1 to 32 lower-case letters, digits, `.`, `_`, `-`."),
    ),
    request_body = ChannelBody,
    responses((status = 200, description = "The product as it is now.", body = ProductDetail),
        AdminProblems)
)]
pub async fn channel(
    cx: Cx,
    Path((code, name)): Path<(String, String)>,
    Json(body): Json<ChannelBody>,
) -> Result<Response, Problem> {
    write(&cx, &code, &name, &body.descrizione).await?;
    answer(&cx, &code).await
}
