//! Files kept for plugins, below the data directory or in a bucket: written aside, flushed to disk, then
//! put in place. The same content is kept once.

mod bucket;
mod busy;
pub(crate) mod carry;
mod condition;
mod file;
mod keep;
mod multipart;
mod parts;
mod range;
mod respond;
mod scan;
mod source;
#[cfg(test)]
mod tests;
mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use plugin_api::db::{Batch, Db};
use plugin_api::lent::{BlobInfo, NewUpload, Scan, UploadInfo};
use plugin_api::time::DAY;
use plugin_api::{Caller, Fault, FaultKind};

use crate::config::Config;
use crate::state::State;
use crate::store::blobs as store;
use crate::store::contents::{self, Place};
use crate::work::Wake;
use bucket::Bucket;
use busy::Busy;
use source::Source;
use upload::Uploads;

pub use parts::respond_parts;
pub use respond::respond;
pub use scan::Scanner;

/// Largest file of a plugin whose routes take none, bytes.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Longest name or content type, characters.
const TEXT: usize = 255;

/// Where files are kept.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
    bucket: Option<Bucket>,
    redirect: bool,
    busy: Busy,
    /// Tells that files came.
    bell: Wake,
}

impl Blobs {
    /// Files as the settings say; folders are made when the first one is written.
    pub fn of(config: &Config) -> Result<Self, Fault> {
        Ok(Self {
            folder: config.file("blobs"),
            bucket: Bucket::of(&config.blobs)?,
            redirect: config.blobs.redirect,
            busy: Busy::default(),
            bell: Wake::default(),
        })
    }

    /// `aa/bb/<id>`; the end of an id is random where its beginning is a clock.
    fn path(&self, id: &str) -> Result<PathBuf, Fault> {
        let is_id = |id: &str| uuid::Uuid::try_parse(id).is_ok_and(|read| read.to_string() == id);
        let end = id.get(32..36).filter(|_| is_id(id)).and_then(|end| end.split_at_checked(2));
        let (aa, bb) = end.ok_or_else(|| missing(id))?;
        Ok(self.folder.join(aa).join(bb).join(id))
    }
}

/// How long a file of `plugin` may be, bytes.
fn largest(state: &State, plugin: &str) -> u64 {
    let module = state.registry.module(plugin);
    let takes_files = module.is_some_and(|m| m.manifest.routes.iter().any(|r| r.takes_files));
    if takes_files { state.config.blobs.largest } else { LARGEST.min(state.config.blobs.largest) }
}

/// Keeps `body` as a file of `plugin`; a `TooLarge` fault when it is too long.
pub async fn put(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    name: &str,
    content_type: &str,
    body: Body,
) -> Result<BlobInfo, Fault> {
    let (blobs, cx) = (&state.work.blobs, state.system("blobs"));
    let largest = largest(state, plugin);
    keep::keep(blobs, &cx, (plugin, caller), (name, content_type), body, largest).await
}

/// A file of `plugin` with its content.
pub async fn get(state: &Arc<State>, plugin: &str, id: &str) -> Result<(BlobInfo, Body), Fault> {
    let (blobs, db) = (&state.work.blobs, state.system("blobs").db());
    let stored = store::find(&db, Some(plugin), id).await?.ok_or_else(|| missing(id))?;
    let body = Source::of(blobs, &stored).await?.read(0, stored.info.size).await?;
    Ok((stored.info, Body::from_stream(body)))
}

/// `length` bytes of a file of `plugin` from `start` on, as far as it goes.
pub async fn range(
    state: &Arc<State>,
    plugin: &str,
    (id, start, length): (&str, u64, u64),
) -> Result<Body, Fault> {
    let (blobs, db) = (&state.work.blobs, state.system("blobs").db());
    let stored = store::find(&db, Some(plugin), id).await?.ok_or_else(|| missing(id))?;
    let length = length.min(stored.info.size.saturating_sub(start));
    Ok(Body::from_stream(Source::of(blobs, &stored).await?.read(start, length).await?))
}

/// What the scanner says of a file of `plugin`.
pub async fn scan(state: &Arc<State>, plugin: &str, id: &str) -> Result<Scan, Fault> {
    let (blobs, db) = (&state.work.blobs, state.system("blobs").db());
    let stored = store::find(&db, Some(plugin), id).await?.ok_or_else(|| missing(id))?;
    let content = Source::of(blobs, &stored).await?.read(0, stored.info.size).await?;
    Ok(state.work.scanner.scan(content).await)
}

/// Forgets a file of `plugin`.
pub async fn delete(state: &Arc<State>, plugin: &str, id: &str) -> Result<(), Fault> {
    let cx = state.system("blobs");
    remove(&state.work.blobs, &cx.db(), plugin, id, cx.now()).await
}

/// Begins a file of `plugin` that comes in parts.
pub async fn begin(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    new: NewUpload,
) -> Result<UploadInfo, Fault> {
    on(state, plugin, caller, async |uploads| uploads.begin(new).await).await
}

/// Adds the next part of an upload.
pub async fn append(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    (id, offset): (&str, u64),
    body: Body,
) -> Result<UploadInfo, Fault> {
    on(state, plugin, caller, async |uploads| uploads.append(id, offset, body).await).await
}

/// How far an upload has come.
pub async fn upload(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    id: &str,
) -> Result<UploadInfo, Fault> {
    on(state, plugin, caller, async |uploads| uploads.get(id).await).await
}

/// Makes a file of an upload that is complete.
pub async fn finish(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    id: &str,
) -> Result<BlobInfo, Fault> {
    on(state, plugin, caller, async |uploads| uploads.finish(id).await).await
}

/// Forgets an upload.
pub async fn abort(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    id: &str,
) -> Result<(), Fault> {
    on(state, plugin, caller, async |uploads| uploads.abort(id).await).await
}

async fn on<T>(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    work: impl AsyncFnOnce(&Uploads<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let (blobs, cx, largest) = (&state.work.blobs, state.system("blobs"), largest(state, plugin));
    work(&Uploads { blobs, cx: &cx, plugin, caller, largest }).await
}

/// Removes what was never finished or could not be removed; answers how many.
pub(crate) async fn sweep(blobs: &Blobs, db: &Db, now: i64) -> Result<usize, Fault> {
    let written = store::left_over(db, now - DAY).await?;
    for id in &written {
        keep::abandon(blobs, db, id).await?;
    }
    let unused = contents::left_over(db, now - DAY).await?;
    for content in &unused {
        discard(blobs, db, &content.id, true).await?;
    }
    Ok(written.len() + unused.len() + upload::sweep(blobs, db, now).await?)
}

async fn remove(blobs: &Blobs, db: &Db, plugin: &str, id: &str, now: i64) -> Result<(), Fault> {
    let stored = store::find(db, Some(plugin), id).await?.ok_or_else(|| missing(id))?;
    let gone = Batch::new().and(store::delete(plugin, id));
    let gone = contents::leave(&stored.content_id, now).into_iter().fold(gone, Batch::and);
    match db.batch(gone).await {
        Err(fault) if fault.is_mismatch("blob") => Err(missing(id)),
        Err(fault) => Err(fault),
        Ok(_) => discard(blobs, db, &stored.content_id, false).await,
    }
}

/// Removes a content that nobody has, wherever it lies, then its row: what fails in between is swept
/// later. What is on its way to the bucket is left to whoever carries it, unless `carried`.
async fn discard(blobs: &Blobs, db: &Db, id: &str, carried: bool) -> Result<(), Fault> {
    let Some(content) = contents::unused(db, id).await? else { return Ok(()) };
    if content.place == Place::Carrying && !carried {
        return Ok(());
    }
    file::remove(&blobs.path(id)?).await?;
    if content.place != Place::Disk {
        let bucket = blobs.bucket.as_ref().ok_or_else(source::unreachable)?;
        bucket.remove(id).await?;
    }
    db.execute(contents::forget(id)).await.map(drop)
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(TEXT).collect()
}

fn missing(id: &str) -> Fault {
    Fault::new(FaultKind::NotFound, "there is no such file").about(id)
}

fn too_large(largest: u64) -> Fault {
    Fault::new(FaultKind::TooLarge, format!("a file has at most {largest} bytes"))
}
