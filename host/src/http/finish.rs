//! Dresses an answer: fragments get their frame, bare refusals their document, blobs their bytes.

use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use plugin_api::page::{BLOB, NOTICE, PARTS, TITLE};
use plugin_api::routes::{tell, wants_page};
use plugin_api::{Caller, Fault, Problem};

use super::request::Mount;
use crate::people::second_factor::{OWED, PAGE};
use crate::plugins::AnsweredBy;
use crate::state::State;
use crate::{blobs, frame, people};

/// What the client asked for, kept until the answer is dressed.
pub(super) struct Asked {
    pub(super) path: String,
    path_and_query: String,
    mount: Mount,
    page: bool,
    partial: bool,
    get: bool,
    method: Method,
    headers: HeaderMap,
    notice: Option<String>,
}

const NOTICE_COOKIE: &str = "cockpit-notice";

impl Asked {
    /// Reads it off a request whose address has been taken by [`Mount::take`].
    pub(super) fn of(mount: &Mount, request: &Request<Body>) -> Self {
        let uri = request.uri();
        let method = request.method().clone();
        let get = method == Method::GET;
        let page = wants_page(request);
        Self {
            path: uri.path().to_owned(),
            path_and_query: uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            mount: mount.clone(),
            page,
            partial: request.headers().contains_key("x-partial"),
            get,
            notice: people::cookie(request.headers(), NOTICE_COOKIE)
                .map(|said| decoded(said.as_bytes())),
            // Only frames and files look at them again.
            headers: if get || page || method == Method::HEAD {
                request.headers().clone()
            } else {
                HeaderMap::new()
            },
            method,
        }
    }
}

/// Finishes `response` for what was asked.
pub(super) async fn finish(
    state: &Arc<State>,
    caller: &Arc<Caller>,
    asked: &Asked,
    mut response: Response,
) -> Response {
    let cx = || state.cx_on(Arc::clone(caller), 0);
    if let Some(id) = response.headers_mut().remove(BLOB) {
        let id = id.to_str().unwrap_or_default().to_owned();
        let by = response.extensions().get::<AnsweredBy>().cloned();
        let plugin = by.as_ref().map_or("", |by| &by.0);
        let asked = (&asked.method, &asked.headers);
        response = blobs::respond(state, plugin, &id, asked, response).await;
    }
    if response.headers_mut().remove(PARTS).is_some() {
        let by = response.extensions().get::<AnsweredBy>().cloned();
        let plugin = by.as_ref().map_or("", |by| &by.0);
        response = blobs::respond_parts(state, plugin, &asked.method, response).await;
    }
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        if problem.codice() == OWED && asked.page && asked.get && !asked.partial {
            return see_other(&format!("{}{PAGE}", caller.base_path));
        }
        response = tell(&cx(), &problem, asked.page);
    } else if is_bare_refusal(&response) {
        response = tell(&cx(), &bare_problem(response.status()), asked.page);
    }
    if response.status() == StatusCode::UNAUTHORIZED && asked.page && asked.get && !asked.partial {
        return to_login(caller, asked);
    }
    if let Some(notice) = response.headers_mut().remove(NOTICE) {
        keep_notice(caller, &mut response, &notice);
    }
    let Some(title) = response.headers_mut().remove(TITLE) else { return response };
    if asked.partial {
        return response;
    }
    match framed(state, caller, asked, &title, response).await {
        Ok(framed) => framed,
        Err(fault) => tell(&cx(), &fault.into(), false),
    }
}

async fn framed(
    state: &Arc<State>,
    caller: &Arc<Caller>,
    asked: &Asked,
    title: &HeaderValue,
    response: Response,
) -> Result<Response, Fault> {
    let (mut parts, body) = response.into_parts();
    let fragment = body.collect().await.map_err(Fault::internal)?.to_bytes();
    let fragment = std::str::from_utf8(&fragment).map_err(Fault::internal)?;
    let cx = state.cx_on(Arc::clone(caller), 0);
    let asked_for = frame::FrameRequest {
        path: &asked.path,
        path_and_query: &asked.path_and_query,
        frameless: asked.mount.frameless,
        headers: &asked.headers,
        notice: asked.notice.as_deref(),
    };
    let html = frame::frame(state, &cx, &asked_for, &decoded(title.as_bytes()), fragment).await?;
    parts.headers.remove(CONTENT_LENGTH);
    let mut response = Response::from_parts(parts, Body::from(html));
    if asked.notice.is_some() {
        set_cookie(caller, &mut response, "", 0);
    }
    Ok(response)
}

/// A refusal of axum itself (405, 413 …): no document, no page.
fn is_bare_refusal(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error())
        // That of a file says how long it is.
        && status != StatusCode::RANGE_NOT_SATISFIABLE
        && !response.headers().contains_key(TITLE)
        && response.headers().get(CONTENT_TYPE).is_none_or(|content_type| {
            !content_type.as_bytes().starts_with(b"application/")
                && !content_type.as_bytes().starts_with(b"text/html")
        })
}

fn bare_problem(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(status, "method_not_allowed"),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, "too_large"),
        StatusCode::FORBIDDEN => Problem::forbidden(),
        status if status.is_client_error() => {
            Problem::new(status, "malformed_body").argument("told", "")
        }
        status => Problem::new(status, "internal"),
    }
}

fn to_login(caller: &Caller, asked: &Asked) -> Response {
    let next = utf8_percent_encode(&asked.path_and_query, NON_ALPHANUMERIC);
    see_other(&format!("{}/login?next={next}", caller.base_path))
}

fn see_other(location: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn keep_notice(caller: &Caller, response: &mut Response, notice: &HeaderValue) {
    let sentence = decoded(notice.as_bytes());
    set_cookie(caller, response, &utf8_percent_encode(&sentence, NON_ALPHANUMERIC).to_string(), 60);
}

fn set_cookie(caller: &Caller, response: &mut Response, value: &str, seconds: u32) {
    let path = if caller.base_path.is_empty() { "/" } else { &caller.base_path };
    let cookie =
        format!("{NOTICE_COOKIE}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn decoded(bytes: &[u8]) -> String {
    percent_decode(bytes).decode_utf8_lossy().into_owned()
}
