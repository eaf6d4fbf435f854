//! Documents about the product itself: health, keys, the `OpenAPI` document and its viewer.

use std::sync::{Arc, LazyLock};

use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, StatusCode};
use plugin_api::{Access, Json, Path, Problem, Routes};
use serde_json::{Map, Value, json};
use utoipa_swagger_ui::Config as SwaggerConfig;

use crate::state::App;

/// The routes of this file.
pub fn routes() -> Routes {
    Routes::new()
        .get("/healthz", alive, Access::Public)
        .get("/readyz", ready, Access::Public)
        .get("/.well-known/jwks.json", jwks, Access::Public)
        .get("/.well-known/cockpit-root.json", root, Access::Public)
        .get("/api/openapi.json", openapi, Access::Public)
        .get("/api/docs", docs_home, Access::Public)
        .get("/api/docs/", docs_index, Access::Public)
        .get("/api/docs/{*file}", docs, Access::Public)
}

/// The process runs; touches nothing.
async fn alive() -> &'static str {
    "ok\n"
}

/// Whether requests can be served, check by check.
async fn ready(App(state): App) -> Response {
    let database = state.database.ping().await;
    let ok = database.is_ok();
    // Anybody may ask, and a driver's words tell of the inside: they go to the log.
    let told = match database {
        Ok(()) => "ok",
        Err(fault) => {
            tracing::warn!(error = %fault, "The database cannot be reached.");
            "unreachable"
        }
    };
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ok, "checks": { "database": told } }))).into_response()
}

/// All public keys (RFC 7517): of tokens that are out as well as of those to come.
async fn jwks(App(state): App) -> Response {
    let headers = [(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"))];
    let any_origin = HeaderName::from_static("access-control-allow-origin");
    let open = [(any_origin, HeaderValue::from_static("*"))];
    (headers, open, Json(state.keys.jwks())).into_response()
}

/// The public half of the root that certifies all other keys, as a JSON web key (RFC 7517).
async fn root(App(state): App) -> Result<Response, Problem> {
    let jwk = state.keys.root_jwk().ok_or_else(Problem::not_found)?;
    let any_origin = HeaderName::from_static("access-control-allow-origin");
    let headers = [(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"))];
    Ok((headers, [(any_origin, HeaderValue::from_static("*"))], Json(jwk)).into_response())
}

/// The operations of exactly the enabled plugins, and the host's own.
async fn openapi(App(state): App) -> Json<Value> {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let mut manifests = state.registry.enabled();
    manifests.push(state.registry.host_manifest());
    for manifest in &manifests {
        let part = |pointer| manifest.openapi.pointer(pointer).and_then(Value::as_object).cloned();
        paths.extend(part("/paths").unwrap_or_default());
        schemas.extend(part("/components/schemas").unwrap_or_default());
    }
    Json(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Cockpit",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Errors are application/problem+json (RFC 9457) with a stable `codice`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "cockpit" },
            },
        },
    }))
}

static SWAGGER: LazyLock<Arc<SwaggerConfig<'static>>> = LazyLock::new(|| {
    // Relative, so that it works below any base path; validator badges would call out.
    Arc::new(SwaggerConfig::from("../openapi.json").validator_url("none"))
});

async fn docs_home() -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, HeaderValue::from_static("docs/"));
    response
}

async fn docs_index() -> Result<Response, Problem> {
    docs_file("index.html")
}

async fn docs(Path(file): Path<String>) -> Result<Response, Problem> {
    docs_file(&file)
}

fn docs_file(file: &str) -> Result<Response, Problem> {
    match utoipa_swagger_ui::serve(file, Arc::clone(&SWAGGER)) {
        Ok(Some(found)) => {
            let content_type = HeaderValue::from_str(&found.content_type)
                .unwrap_or(HeaderValue::from_static("application/octet-stream"));
            Ok(([(CONTENT_TYPE, content_type)], found.bytes.into_owned()).into_response())
        }
        _ => Err(Problem::not_found()),
    }
}
