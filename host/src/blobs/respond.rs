//! Sends a file, or the part of it that was asked for.

use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use plugin_api::lent::BlobInfo;
use plugin_api::{Fault, Problem};

use super::range::{Part, part};
use super::{Blobs, file, missing};
use crate::state::State;
use crate::store;

/// What a browser may show by itself; everything else is saved, so that a file somebody uploaded
/// never runs as a page of ours.
const SHOWN: [&str; 6] =
    ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"];

/// The response to a request with these headers for the file `id` of `plugin`, which asked for it to
/// be sent. A problem travels in the extensions, as usual.
pub async fn respond(state: &Arc<State>, plugin: &str, id: &str, asked: &HeaderMap) -> Response {
    let db = state.system("blobs").db();
    let found = match store::blobs::find(&db, Some(plugin), id).await {
        Ok(Some(info)) => send(&state.work.blobs, &info, asked).await,
        Ok(None) => Err(missing(id)),
        Err(fault) => Err(fault),
    };
    found.unwrap_or_else(|fault| Problem::from(fault).into_response())
}

pub(super) async fn send(
    blobs: &Blobs,
    info: &BlobInfo,
    asked: &HeaderMap,
) -> Result<Response, Fault> {
    let etag = format!("\"{}\"", info.sha256);
    let mut response = if unchanged(asked, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        match wanted(asked, &etag, info.size) {
            Part::Unsatisfiable => {
                let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
                put(&mut response, CONTENT_RANGE, &format!("bytes */{}", info.size));
                response
            }
            Part::Whole => body(blobs, info, StatusCode::OK, 0, info.size).await?,
            Part::Range { start, end } => {
                let length = end - start + 1;
                let mut response =
                    body(blobs, info, StatusCode::PARTIAL_CONTENT, start, length).await?;
                let range = format!("bytes {start}-{end}/{}", info.size);
                put(&mut response, CONTENT_RANGE, &range);
                response
            }
        }
    };
    put(&mut response, ETAG, &etag);
    put(&mut response, ACCEPT_RANGES, "bytes");
    // Who may have it is decided at every request.
    put(&mut response, CACHE_CONTROL, "private, no-cache");
    Ok(response)
}

async fn body(
    blobs: &Blobs,
    info: &BlobInfo,
    status: StatusCode,
    start: u64,
    length: u64,
) -> Result<Response, Fault> {
    let content: Body = file::read(&blobs.path(&info.blob_id)?, start, length).await?;
    let mut response = (status, content).into_response();
    put(&mut response, CONTENT_LENGTH, &length.to_string());
    let kind = if info.content_type.is_empty() {
        "application/octet-stream"
    } else {
        info.content_type.as_str()
    };
    put(&mut response, CONTENT_TYPE, kind);
    put(&mut response, CONTENT_DISPOSITION, &disposition(info));
    put(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    Ok(response)
}

/// RFC 6266 with the name as RFC 8187 writes it.
fn disposition(info: &BlobInfo) -> String {
    let essence = info.content_type.split(';').next().unwrap_or_default().trim();
    let how = if SHOWN.contains(&essence) { "inline" } else { "attachment" };
    format!("{how}; filename*=UTF-8''{}", utf8_percent_encode(&info.name, NON_ALPHANUMERIC))
}

fn unchanged(asked: &HeaderMap, etag: &str) -> bool {
    let Some(known) = asked.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok()) else {
        return false;
    };
    known.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

fn wanted(asked: &HeaderMap, etag: &str, size: u64) -> Part {
    // A date in If-Range names no version we know, so it asks for the whole file.
    if asked.get(IF_RANGE).is_some_and(|version| version.as_bytes() != etag.as_bytes()) {
        return Part::Whole;
    }
    let range = asked.get(RANGE).and_then(|range| range.to_str().ok());
    range.map_or(Part::Whole, |range| part(range, size))
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
