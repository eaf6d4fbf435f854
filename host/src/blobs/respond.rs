//! Sends a file, or the parts of it that were asked for (RFC 9110 §14).

use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, LAST_MODIFIED, LOCATION, RANGE, TRANSFER_ENCODING, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use plugin_api::page::BLOB_NAME;
use plugin_api::{Fault, Problem};

use super::condition::Validators;
use super::multipart::Multipart;
use super::range::{Wanted, wanted};
use super::source::Source;
use super::{Blobs, missing};
use crate::lend::fresh_id;
use crate::state::State;
use crate::store::blobs::{self as store, Stored};
use crate::store::contents::Place;

/// What a browser may show by itself; everything else is saved, so that a file somebody uploaded
/// never runs as a page of ours.
const SHOWN: [&str; 6] =
    ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"];
/// What is shorter is sent by ourselves, bytes: a second request would cost more.
const WORTH_A_WAY: u64 = 64 * 1024;

/// The response to a request of this method and headers for the file `id` of `plugin`, which asked for it
/// to be sent with the headers of `response`. A problem travels in the extensions, as usual.
pub async fn respond(
    state: &Arc<State>,
    plugin: &str,
    id: &str,
    asked: (&Method, &HeaderMap),
    response: Response,
) -> Response {
    let db = state.system("blobs").db();
    let said = response.into_parts().0.headers;
    let found = match store::find(&db, Some(plugin), id).await {
        Ok(Some(stored)) => send(&state.work.blobs, &stored, asked, said).await,
        Ok(None) => Err(missing(id)),
        Err(fault) => Err(fault),
    };
    found.unwrap_or_else(|fault| Problem::from(fault).into_response())
}

pub(super) async fn send(
    blobs: &Blobs,
    stored: &Stored,
    (method, asked): (&Method, &HeaderMap),
    mut said: HeaderMap,
) -> Result<Response, Fault> {
    let size = stored.info.size;
    let kind = Kind::of(stored, &mut said);
    let validators = Validators::new(&stored.info.sha256, stored.info.stored_at);
    let range = asked.get(RANGE).and_then(|range| range.to_str().ok());
    let wanted = match range {
        // Other methods have no parts (§14.2).
        Some(range) if *method == Method::GET && validators.allow_parts(asked) => {
            wanted(range, size)
        }
        _ => Wanted::Whole,
    };
    let is_several = matches!(&wanted, Wanted::Parts(parts) if parts.len() > 1);
    let mut response = if validators.are_known(asked) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if wanted == Wanted::Unsatisfiable {
        let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
        put(&mut response, CONTENT_RANGE, &format!("bytes */{size}"));
        response
    } else if *method == Method::HEAD {
        kind.whole(size, Body::empty())
    } else if blobs.redirect && size >= WORTH_A_WAY && !is_several && in_bucket(stored) {
        // Buckets have no several parts at once.
        let mut response = elsewhere(blobs, stored, &kind).await?;
        said.remove(CACHE_CONTROL);
        response.headers_mut().extend(said);
        return Ok(response);
    } else {
        kind.content(wanted, size, Source::of(blobs, stored).await?).await?
    };
    put(&mut response, ETAG, &validators.etag);
    put(&mut response, LAST_MODIFIED, &validators.modified);
    put(&mut response, ACCEPT_RANGES, "bytes");
    // Unless the plugin says otherwise, who may have it is decided at every request.
    put(&mut response, CACHE_CONTROL, "private, no-cache");
    response.headers_mut().extend(said);
    Ok(response)
}

fn in_bucket(stored: &Stored) -> bool {
    matches!(stored.place, Place::Both | Place::Bucket)
}

/// The way to the bucket, which nobody may keep: it works for a few minutes.
async fn elsewhere(blobs: &Blobs, stored: &Stored, kind: &Kind) -> Result<Response, Fault> {
    let bucket = blobs.bucket.as_ref().ok_or_else(super::source::unreachable)?;
    let address = bucket.address(&stored.content_id, &kind.content_type, &kind.disposition).await?;
    let mut response = StatusCode::FOUND.into_response();
    put(&mut response, LOCATION, &address);
    put(&mut response, CACHE_CONTROL, "no-store");
    Ok(response)
}

/// What a browser is told of the content.
struct Kind {
    content_type: String,
    disposition: String,
}

impl Kind {
    /// As the plugin says, else as the file was kept.
    fn of(stored: &Stored, said: &mut HeaderMap) -> Self {
        let mut taken = |name: HeaderName| {
            said.remove(name).and_then(|value| value.to_str().map(str::to_owned).ok())
        };
        // Those of the empty body it came with.
        taken(CONTENT_LENGTH);
        taken(TRANSFER_ENCODING);
        let own = &stored.info;
        let content_type = taken(CONTENT_TYPE).unwrap_or_else(|| own.content_type.clone());
        let name = taken(BLOB_NAME)
            .map(|name| percent_decode(name.as_bytes()).decode_utf8_lossy().into_owned());
        let name = name.as_ref().unwrap_or(&own.name);
        let disposition =
            taken(CONTENT_DISPOSITION).unwrap_or_else(|| disposition(name, &content_type));
        let content_type = if content_type.is_empty() {
            "application/octet-stream".to_owned()
        } else {
            content_type
        };
        Self { content_type, disposition }
    }

    async fn content(&self, wanted: Wanted, size: u64, source: Source) -> Result<Response, Fault> {
        let parts = match wanted {
            Wanted::Parts(parts) => parts,
            Wanted::Whole | Wanted::Unsatisfiable => {
                return Ok(self.whole(size, Body::from_stream(source.read(0, size).await?)));
            }
        };
        let mut response = if let [part] = *parts {
            let body = source.read(part.start, part.length()).await?;
            let mut response = self.whole(part.length(), Body::from_stream(body));
            let range = format!("bytes {}-{}/{size}", part.start, part.end);
            put(&mut response, CONTENT_RANGE, &range);
            response
        } else {
            let parts = Multipart::new(&fresh_id(), parts, &self.content_type, size);
            let (length, content_type) = (parts.length(), parts.content_type());
            let mut response = self.whole(length, parts.body(source));
            put(&mut response, CONTENT_TYPE, &content_type);
            response
        };
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        Ok(response)
    }

    fn whole(&self, length: u64, body: Body) -> Response {
        let mut response = body.into_response();
        put(&mut response, CONTENT_LENGTH, &length.to_string());
        put(&mut response, CONTENT_TYPE, &self.content_type);
        put(&mut response, CONTENT_DISPOSITION, &self.disposition);
        put(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
        response
    }
}

/// RFC 6266 with the name as RFC 8187 writes it.
pub(super) fn disposition(name: &str, content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let how = if SHOWN.contains(&essence) { "inline" } else { "attachment" };
    format!("{how}; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
