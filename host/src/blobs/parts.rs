//! Sends an answer made of parts: a plugin's own bytes, and files, one after the other.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, TRANSFER_ENCODING, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Method};
use http_body_util::{BodyExt as _, Limited};
use percent_encoding::percent_decode;
use plugin_api::lent::Part;
use plugin_api::page::BLOB_NAME;
use plugin_api::{Fault, Problem};

use super::respond::disposition;
use super::source::Source;
use super::{Blobs, missing};
use crate::state::State;
use crate::store::blobs::{self as store, Stored};

/// Most bytes a list of parts may have: 32 MiB in base64, and what is around them.
const LONGEST: usize = 48 * 1024 * 1024;

/// A part that was found.
enum Found {
    Bytes(Bytes),
    File(Arc<Stored>),
}

/// The answer that `plugin` listed the parts of. A problem travels in the extensions, as usual.
pub async fn respond_parts(
    state: &Arc<State>,
    plugin: &str,
    method: &Method,
    response: Response,
) -> Response {
    let sent = send(state, plugin, method, response).await;
    sent.unwrap_or_else(|fault| Problem::from(fault).into_response())
}

async fn send(
    state: &Arc<State>,
    plugin: &str,
    method: &Method,
    response: Response,
) -> Result<Response, Fault> {
    let (mut head, body) = response.into_parts();
    let listed = Limited::new(body, LONGEST).collect().await.map_err(Fault::internal)?.to_bytes();
    let parts = found(state, plugin, serde_json::from_slice(&listed)?).await?;
    let length: u64 = parts
        .iter()
        .map(|part| match part {
            Found::Bytes(bytes) => bytes.len() as u64,
            Found::File(stored) => stored.info.size,
        })
        .sum();
    let headers = &mut head.headers;
    headers.remove(TRANSFER_ENCODING);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("none"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(name) = headers.remove(BLOB_NAME) {
        let name = percent_decode(name.as_bytes()).decode_utf8_lossy().into_owned();
        if let Ok(value) = HeaderValue::from_str(&disposition(&name, "application/octet-stream")) {
            headers.insert(CONTENT_DISPOSITION, value);
        }
    }
    let body = match *method {
        Method::HEAD => Body::empty(),
        _ => Body::from_stream(joined(state.work.blobs.clone(), parts)),
    };
    Ok(Response::from_parts(head, body))
}

/// Looks every file up before the first byte is sent: what is missing is a problem, no broken download.
async fn found(state: &Arc<State>, plugin: &str, parts: Vec<Part>) -> Result<Vec<Found>, Fault> {
    let db = state.system("blobs").db();
    let mut known: HashMap<String, Arc<Stored>> = HashMap::new();
    let mut found = Vec::with_capacity(parts.len());
    for part in parts {
        found.push(match part {
            Part::Bytes(bytes) => Found::Bytes(bytes.into()),
            Part::Blob(id) => {
                if !known.contains_key(&id) {
                    let stored = store::find(&db, Some(plugin), &id).await?;
                    known.insert(id.clone(), Arc::new(stored.ok_or_else(|| missing(&id))?));
                }
                Found::File(known.get(&id).cloned().ok_or_else(|| missing(&id))?)
            }
        });
    }
    Ok(found)
}

/// Every file is opened when its turn comes, so that neither memory nor descriptors grow.
fn joined(blobs: Blobs, parts: Vec<Found>) -> BoxStream<'static, io::Result<Bytes>> {
    let pieces = stream::iter(parts).then(move |part| {
        let blobs = blobs.clone();
        async move {
            match part {
                Found::Bytes(bytes) => Ok(stream::iter([Ok(bytes)]).boxed()),
                Found::File(stored) => opened(&blobs, &stored).await.map_err(io::Error::other),
            }
        }
    });
    pieces.try_flatten().boxed()
}

async fn opened(
    blobs: &Blobs,
    stored: &Stored,
) -> Result<BoxStream<'static, io::Result<Bytes>>, Fault> {
    Source::of(blobs, stored).await?.read(0, stored.info.size).await
}
