//! The travel of one request: number it, see who asks, find who answers, dress the answer.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::{IntoResponse as _, Response};
use futures_util::future::BoxFuture;
use http::Request;
use plugin_api::{Caller, Problem};
use tower::{Layer as _, ServiceExt as _, service_fn};
use tower_http::csrf::CsrfLayer;
use tracing::Instrument as _;

use super::{finish, headers, request};
use crate::people;
use crate::state::State;

/// The whole product as a router, for our own server and for a cockpit that mounts us.
pub fn router(state: Arc<State>) -> Router {
    let csrf = csrf(&state);
    let answer = service_fn(move |request: Request<Body>| {
        let (state, csrf) = (Arc::clone(&state), csrf.clone());
        async move { Ok::<_, Infallible>(answer(state, csrf, request).await) }
    });
    Router::new().fallback_service(answer)
}

/// Refuses what another site makes a browser send. Who cannot carry our cookie's authority needs no
/// guard: software that calls the public endpoints from a web page anywhere.
fn csrf(state: &State) -> CsrfLayer {
    let csrf = CsrfLayer::new().with_insecure_bypass(|_, uri| uri.path().starts_with(PUBLIC_API));
    let Some(origin) = &state.config.http.public_url else { return csrf };
    // A proxy may change `Host`; the configured origin is trusted besides.
    csrf.clone().add_trusted_origin(origin.trim_end_matches('/')).unwrap_or_else(|error| {
        tracing::warn!(%error, "http.public_url is no origin.");
        csrf
    })
}

/// The endpoints whose credential is in the body.
const PUBLIC_API: &str = "/api/licenze/";

async fn answer(state: Arc<State>, csrf: CsrfLayer, mut request: Request<Body>) -> Response {
    let request_id = crate::lend::fresh_id();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = request::address(&state.config, request.headers(), peer);
    let span = tracing::info_span!(
        "request",
        request.id = request_id,
        method = %request.method(),
        path = request.uri().path(),
    );
    async move {
        let started = std::time::Instant::now();
        let asked = finish::Asked::of(&state, &request);
        request::strip_base_path(&state.config.http.base_path, &mut request);
        let body = std::mem::take(request.body_mut());
        *request.body_mut() = request::limited(body, state.config.http.body_limit_bytes);
        let (parts, body) = request.into_parts();
        let identified = people::identify(&state, &parts).await;
        let request = Request::from_parts(parts, body);
        let (caller, refused) = match identified {
            Ok(caller) => (caller, None),
            Err(problem) => (Caller::default(), Some(problem)),
        };
        let base_path = state.config.http.base_path.clone();
        let caller = Arc::new(Caller { request_id, base_path, address, ..caller });
        let response = match refused {
            Some(problem) => problem.into_response(),
            None => guarded(&state, &csrf, &caller, request).await,
        };
        let mut response = finish::finish(&state, &caller, &asked, response).await;
        headers::add(&state.config, &caller, &asked, &mut response);
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status = response.status().as_u16(), duration_ms, "Answered.");
        response
    }
    .instrument(span)
    .await
}

/// The guard against other sites stands inside, so that its refusal is dressed like any other.
async fn guarded(
    state: &Arc<State>,
    csrf: &CsrfLayer,
    caller: &Arc<Caller>,
    request: Request<Body>,
) -> Response {
    let dispatch = service_fn(|request| -> BoxFuture<'_, Result<Response, Infallible>> {
        Box::pin(async { Ok(dispatch(state, caller, request).await) })
    });
    csrf.layer(dispatch).oneshot(request).await.unwrap_or_else(|never| match never {})
}

/// The gate: only enabled plugins have paths.
async fn dispatch(state: &Arc<State>, caller: &Arc<Caller>, request: Request<Body>) -> Response {
    let routing = state.registry.routing();
    let Some(module) = routing.find(request.uri().path()) else {
        return Problem::not_found().into_response();
    };
    let handled = state.registry.handle(state, module, caller, request).await;
    handled.unwrap_or_else(axum::response::IntoResponse::into_response)
}
