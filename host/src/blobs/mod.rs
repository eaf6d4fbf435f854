//! Files kept for plugins, below the data directory: written aside, flushed to disk, then renamed.

mod file;
mod range;
mod respond;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use plugin_api::db::Db;
use plugin_api::lent::BlobInfo;
use plugin_api::time::DAY;
use plugin_api::{Caller, Cx, Fault, FaultKind};

use crate::jobs::person;
use crate::state::State;
use crate::store::blobs::{self as store, NewBlob};

pub use respond::respond;

/// Largest file, bytes.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Longest name or content type, characters.
const TEXT: usize = 255;

/// Where files are kept, and how large they may be.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
    largest: u64,
}

impl Blobs {
    /// Files below `folder`, which is made when the first one is written.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), largest: LARGEST }
    }

    /// `aa/bb/<id>`; the end of an id is random where its beginning is a clock.
    fn path(&self, id: &str) -> Result<PathBuf, Fault> {
        let is_id = |id: &str| uuid::Uuid::try_parse(id).is_ok_and(|read| read.to_string() == id);
        let end = id.get(32..36).filter(|_| is_id(id)).and_then(|end| end.split_at_checked(2));
        let (aa, bb) = end.ok_or_else(|| missing(id))?;
        Ok(self.folder.join(aa).join(bb).join(id))
    }
}

/// Keeps `body` as a file of `plugin`. A body over the limit is an `Invalid` fault about `size`.
pub async fn put(
    state: &Arc<State>,
    plugin: &str,
    caller: &Caller,
    name: &str,
    content_type: &str,
    body: Body,
) -> Result<BlobInfo, Fault> {
    let cx = state.system("blobs");
    keep(&state.work.blobs, &cx, plugin, caller, (name, content_type), body).await
}

/// A file of `plugin` with its content.
pub async fn get(state: &Arc<State>, plugin: &str, id: &str) -> Result<(BlobInfo, Body), Fault> {
    let (blobs, db) = (&state.work.blobs, state.system("blobs").db());
    let info = store::find(&db, Some(plugin), id).await?.ok_or_else(|| missing(id))?;
    let body = file::read(&blobs.path(id)?, 0, info.size).await?;
    Ok((info, body))
}

/// Forgets a file of `plugin`.
pub async fn delete(state: &Arc<State>, plugin: &str, id: &str) -> Result<(), Fault> {
    let cx = state.system("blobs");
    remove(&state.work.blobs, &cx, plugin, id).await
}

/// Removes what was never finished or could not be removed; answers how many.
pub(crate) async fn sweep(blobs: &Blobs, db: &Db, now: i64) -> Result<usize, Fault> {
    let left_over = store::left_over(db, now - DAY).await?;
    for id in &left_over {
        discard(blobs, db, id).await?;
    }
    Ok(left_over.len())
}

async fn keep(
    blobs: &Blobs,
    cx: &Cx,
    plugin: &str,
    caller: &Caller,
    (name, content_type): (&str, &str),
    body: Body,
) -> Result<BlobInfo, Fault> {
    let db = cx.db();
    let mut info = BlobInfo {
        blob_id: cx.fresh_id(),
        name: plain(name),
        content_type: plain(content_type),
        size: 0,
        sha256: String::new(),
    };
    let new = NewBlob {
        blob_id: &info.blob_id,
        plugin,
        name: &info.name,
        content_type: &info.content_type,
        organisation_id: &caller.organisation_id,
        created_by: person(caller),
    };
    db.execute(store::begin(new, cx.now())).await?;
    let path = blobs.path(&info.blob_id)?;
    let written = async {
        (info.size, info.sha256) = file::write(&path, body, blobs.largest).await?;
        let stored = db.execute(store::written(&info, cx.now())).await?;
        if stored == 1 { Ok(()) } else { Err(Fault::internal("the row of a file is gone")) }
    };
    if let Err(fault) = written.await {
        discard(blobs, &db, &info.blob_id).await?;
        return Err(fault);
    }
    Ok(info)
}

async fn remove(blobs: &Blobs, cx: &Cx, plugin: &str, id: &str) -> Result<(), Fault> {
    let db = cx.db();
    if db.execute(store::delete(plugin, id, cx.now())).await? == 0 {
        return Err(missing(id));
    }
    discard(blobs, &db, id).await
}

/// Removes the file first, then its row: what fails in between is swept later.
async fn discard(blobs: &Blobs, db: &Db, id: &str) -> Result<(), Fault> {
    file::remove(&blobs.path(id)?).await?;
    db.execute(store::forget(id)).await.map(drop)
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(TEXT).collect()
}

fn missing(id: &str) -> Fault {
    Fault::new(FaultKind::NotFound, "there is no such file").about(id)
}
