//! Files in memory, and the answers that send them.

use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard, PoisonError};

use axum::body::Body;
use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use http_body_util::BodyExt as _;
use plugin_api::Fault;
use plugin_api::lent::answer::{Answer as Answered, answer, read};
use plugin_api::lent::{BlobInfo, Part, Scan};
use plugin_api::page::{BLOB, PARTS};

use crate::call::missing;
use crate::lent::Lent;
use crate::world::World;
use crate::{Answer, keys};

/// What looks for viruses.
pub(crate) type Scanner = Arc<dyn Fn(&[u8]) -> Scan + Send + Sync>;

/// Files with their content, by plugin and id.
pub(crate) type Kept = BTreeMap<(String, String), (BlobInfo, Bytes)>;

/// Answers a call about files.
pub(crate) async fn call(lent: &Lent, name: &str, payload: &[u8], body: Body) -> Answered {
    let key = |id: String| (lent.plugin.to_string(), id);
    match name {
        "blob.put" => {
            let (name, content_type): (String, String) = read(payload)?;
            let bytes = body.collect().await.map_err(Fault::invalid)?.to_bytes();
            answer(&keep(lent, lent.world.fresh_id(), name, content_type, bytes))
        }
        "blob.get" => {
            let id: String = read(payload)?;
            let kept = kept(&lent.world);
            let found = kept.get(&key(id.clone())).ok_or_else(|| missing("blob", &id))?;
            Ok((serde_json::to_vec(&found.0)?, Body::from(found.1.clone())))
        }
        "blob.range" => {
            let (id, start, length): (String, usize, usize) = read(payload)?;
            let content = kept(&lent.world).get(&key(id.clone())).map(|(_, bytes)| bytes.clone());
            let content = content.ok_or_else(|| missing("blob", &id))?;
            let start = start.min(content.len());
            let end = start.saturating_add(length).min(content.len());
            Ok((b"null".to_vec(), Body::from(content.slice(start..end))))
        }
        "blob.delete" => {
            kept(&lent.world).remove(&key(read(payload)?));
            answer(&())
        }
        "blob.scanner" => answer(&scanner(&lent.world).is_some()),
        "blob.scan" => {
            let id: String = read(payload)?;
            let content = kept(&lent.world).get(&key(id.clone())).map(|(_, bytes)| bytes.clone());
            let content = content.ok_or_else(|| missing("blob", &id))?;
            answer(&scanner(&lent.world).map_or(Scan::NotConfigured, |scan| scan(&content)))
        }
        other => Err(missing("call", other)),
    }
}

fn scanner(world: &World) -> Option<Scanner> {
    world.scanner.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Keeps a file under `blob_id`.
pub(crate) fn keep(
    lent: &Lent,
    blob_id: String,
    name: String,
    content_type: String,
    bytes: Bytes,
) -> BlobInfo {
    let (size, sha256) = (bytes.len() as u64, keys::sha256(&bytes));
    let stored_at = lent.world.clock.now();
    let info = BlobInfo { blob_id, name, content_type, size, sha256, stored_at };
    kept(&lent.world)
        .insert((lent.plugin.to_string(), info.blob_id.clone()), (info.clone(), bytes));
    info
}

/// Puts the whole file into an answer that asks for one; conditions and ranges are the host's.
pub(crate) fn send(world: &World, plugin: &str, answer: &mut Answer) {
    if answer.headers.remove(PARTS).is_some() {
        answer.bytes = joined(world, plugin, &answer.bytes);
        return;
    }
    let Some(id) = answer.header(BLOB.as_str()).map(str::to_owned) else { return };
    let kept = kept(world);
    let blob = kept.get(&(plugin.to_owned(), id));
    let (info, bytes) = blob.expect("the answer names a blob that exists");
    answer.bytes = bytes.clone();
    if let Ok(content_type) = HeaderValue::from_str(&info.content_type) {
        answer.headers.entry(CONTENT_TYPE).or_insert(content_type);
    }
}

/// The parts that a plugin listed, one after the other.
fn joined(world: &World, plugin: &str, listed: &[u8]) -> Bytes {
    let parts: Vec<Part> = serde_json::from_slice(listed).expect("a list of parts");
    let kept = kept(world);
    let bytes = |part: Part| match part {
        Part::Bytes(bytes) => Bytes::from(bytes),
        Part::Blob(id) => {
            let blob = kept.get(&(plugin.to_owned(), id));
            blob.expect("the answer names a blob that exists").1.clone()
        }
    };
    parts.into_iter().flat_map(bytes).collect()
}

fn kept(world: &World) -> MutexGuard<'_, Kept> {
    world.blobs.lock().unwrap_or_else(PoisonError::into_inner)
}
