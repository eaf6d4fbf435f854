//! The travel of one request: number it, see who asks, find who answers, dress the answer.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::{IntoResponse as _, Response};
use futures_util::future::BoxFuture;
use http::Request;
use http::request::Parts;
use plugin_api::{Caller, Problem};
use tower::{Layer as _, Service, ServiceExt as _, service_fn};
use tower_http::csrf::CsrfLayer;
use tracing::Instrument as _;

use super::patience::Patience;
use super::request::Mount;
use super::{finish, headers, request};
use crate::people;
use crate::state::State;

/// The whole product, for our own server: every path is ours.
pub fn router(state: Arc<State>) -> Router {
    Router::new().fallback_service(service(state))
}

/// The whole product, for the router of another cockpit: only the paths below `http.base_path`,
/// `/api` and `/.well-known` are ours. Without a base path every path is.
pub fn mounted(state: Arc<State>) -> Router {
    let base_path = state.config.http.base_path.clone();
    if base_path.is_empty() {
        return router(state);
    }
    let service = service(state);
    let below = |prefix: &str| format!("{prefix}/{{*rest}}");
    let paths = [base_path.clone(), format!("{base_path}/"), below(&base_path)];
    let paths = paths.into_iter().chain(["/api", "/.well-known"].map(below));
    paths.fold(Router::new(), |router, path| router.route_service(&path, service.clone()))
}

fn service(
    state: Arc<State>,
) -> impl Service<
    Request<Body>,
    Response = Response,
    Error = Infallible,
    Future = BoxFuture<'static, Result<Response, Infallible>>,
> + Clone
+ Send
+ Sync
+ 'static {
    let csrf = csrf(&state);
    service_fn(move |request: Request<Body>| {
        let (state, csrf) = (Arc::clone(&state), csrf.clone());
        let answer: BoxFuture<'static, _> =
            Box::pin(async move { Ok::<_, Infallible>(answer(state, csrf, request).await) });
        answer
    })
}

/// Refuses what another site makes a browser send.
fn csrf(state: &State) -> CsrfLayer {
    let csrf = CsrfLayer::new();
    let Some(origin) = &state.config.http.public_url else { return csrf };
    // A proxy may change `Host`; the configured origin is trusted besides.
    csrf.clone().add_trusted_origin(origin.trim_end_matches('/')).unwrap_or_else(|error| {
        tracing::warn!(%error, "http.public_url is no origin.");
        csrf
    })
}

async fn answer(state: Arc<State>, csrf: CsrfLayer, mut request: Request<Body>) -> Response {
    let request_id = crate::lend::fresh_id();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = request::address(&state.config, request.headers(), peer);
    let span = tracing::info_span!(
        "request",
        request.id = request_id,
        method = %request.method(),
        path = request::logged(&state.config.http, request.uri().path()),
    );
    async move {
        let started = std::time::Instant::now();
        let root = request::root(&state.config.http, &request);
        let mount = Mount::take(&state.config.http.base_path, &mut request);
        let asked = finish::Asked::of(&mount, &request);
        let (parts, body) = request.into_parts();
        let (caller, refused) = people::identify(&state, &parts, address).await;
        let request = received(&state, &caller, parts, body);
        let base_path = mount.base_path;
        let caller = Arc::new(Caller { request_id, base_path, root, address, ..caller });
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

/// The request with a body that is neither too long nor too slow.
fn received(state: &State, caller: &Caller, mut parts: Parts, body: Body) -> Request<Body> {
    let config = &state.config;
    let takes_files = state.registry.routing().takes_files(&parts.method, parts.uri.path());
    let limit = request::body_limit(config, &parts, caller, takes_files);
    let body = if takes_files {
        let patience = Patience::new();
        let idle = Duration::from_secs(config.http.request_deadline_seconds);
        let body = patience.attend(body, idle);
        parts.extensions.insert(patience);
        body
    } else {
        body
    };
    Request::from_parts(parts, request::limited(body, limit))
}

/// The guard against other sites stands inside, so that its refusal is dressed like any other.
///
/// What needs no session is not guarded: software calls it from a web page anywhere, and another
/// cockpit hands us a person. There a session counts for nothing, so that nobody can be made to lend
/// his.
async fn guarded(
    state: &Arc<State>,
    csrf: &CsrfLayer,
    caller: &Arc<Caller>,
    request: Request<Body>,
) -> Response {
    if state.registry.routing().is_open(request.method(), request.uri().path()) {
        let caller = Arc::new(people::without_session(caller));
        return dispatch(state, &caller, request).await;
    }
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
