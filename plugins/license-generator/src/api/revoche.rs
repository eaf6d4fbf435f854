//! `GET /api/licenze/revoche`: what verifiers without a network must not trust any more, signed.

use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use plugin_api::contracts::keys;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Problem};
use serde_json::{Map, Value, json};

use crate::store;

/// Header `typ` of revocation lists; a computer key can never be mistaken for one.
pub const LIST_TYPE: &str = "revoche+jwt";

/// The signed list of computer keys that do not count any more: ids of licences (`sub` of a computer
/// key), of activations (`jti`), and names of signing keys (`kid`).
///
/// Only what could still be trusted is on it, so it stays short. A verifier keeps the list with the
/// highest `numero` it has seen and asks for another when `exp` has passed.
#[utoipa::path(
    get,
    path = "/api/licenze/revoche",
    operation_id = "revoche",
    tag = "licenze",
    responses((status = 200, description = "A compact JWS of the type `revoche+jwt` with the claims \
        `numero`, `licenze`, `attivazioni` and `chiavi`.", body = String,
        content_type = "text/plain"))
)]
pub async fn handle(cx: Cx) -> Result<Response, Problem> {
    let token = cx.sign(LIST_TYPE, list(&cx).await?).await?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("public, max-age=300"));
    Ok((headers, token).into_response())
}

/// The claims of the list at this moment; the host adds `iss` and `iat`.
pub(crate) async fn list(cx: &Cx) -> Result<Map<String, Value>, Fault> {
    let (db, now) = (cx.db(), cx.now());
    let days: i64 = cx.setting("revocation-days").await?;
    let claims = json!({
        "numero": now,
        "exp": now.saturating_add(days.clamp(1, 365) * DAY) / 1000,
        "licenze": store::revocations::licences(&db, now).await?,
        "attivazioni": store::revocations::activations(&db, now).await?,
        "chiavi": cx.service(&keys::WITHDRAWN, &()).await?,
    });
    Ok(claims.as_object().cloned().unwrap_or_default())
}
