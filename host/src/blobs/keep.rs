//! From a body to a file: written aside, then either a content of its own or one more file with a content
//! that is there already.

use axum::body::Body;
use futures_util::StreamExt as _;
use plugin_api::db::{Batch, Db};
use plugin_api::lent::BlobInfo;
use plugin_api::{Caller, Cx, Fault, FaultKind};
use sha2::Digest as _;

use super::file::{self, Sink};
use super::{Blobs, discard, plain, too_large};
use crate::jobs::person;
use crate::store::blobs::{self as store, NewBlob};
use crate::store::contents;

/// How often somebody may be faster with the same content.
const TRIES: usize = 10;

/// Keeps `body` as a file of `plugin`, of at most `largest` bytes.
pub(super) async fn keep(
    blobs: &Blobs,
    cx: &Cx,
    (plugin, caller): (&str, &Caller),
    (name, content_type): (&str, &str),
    body: Body,
    largest: u64,
) -> Result<BlobInfo, Fault> {
    let db = cx.db();
    let mut info = BlobInfo {
        blob_id: cx.fresh_id(),
        name: plain(name),
        content_type: plain(content_type),
        size: 0,
        sha256: String::new(),
        stored_at: cx.now(),
    };
    let new = NewBlob {
        blob_id: &info.blob_id,
        plugin,
        name: &info.name,
        content_type: &info.content_type,
        organisation_id: &caller.organisation_id,
        created_by: person(caller),
    };
    db.execute(store::begin(new, info.stored_at)).await?;
    match write(blobs, &info.blob_id, body, largest).await {
        Ok((size, sha256)) => (info.size, info.sha256) = (size, sha256),
        Err(fault) => {
            abandon(blobs, &db, &info.blob_id).await?;
            return Err(fault);
        }
    }
    info.stored_at = cx.now();
    let rows = |content_id: &str| Batch::new().and(store::written(&info, content_id));
    settle(blobs, &db, &info, rows).await?;
    Ok(info)
}

/// Removes what was never finished: the file first, then its row.
pub(super) async fn abandon(blobs: &Blobs, db: &Db, id: &str) -> Result<(), Fault> {
    file::remove(&blobs.path(id)?).await?;
    db.execute(store::forget(id)).await.map(drop)
}

async fn write(blobs: &Blobs, id: &str, body: Body, largest: u64) -> Result<(u64, String), Fault> {
    let mut sink = Sink::create(&blobs.path(id)?).await?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece =
            piece.map_err(|error| Fault::invalid(format!("the body broke off: {error}")))?;
        if sink.size + piece.len() as u64 > largest {
            return Err(too_large(largest));
        }
        sink.take(&piece).await?;
    }
    sink.sync().await?;
    Ok((sink.size, plugin_api::hex(&sink.hash.finalize())))
}

/// Finds the content of what was written aside for `info`, or makes it one; `rows` says of a content that
/// the file has it, and goes with it in one transaction.
///
/// A fault leaves everything as it is: whether the transaction happened may be unknown, and what nobody
/// has is swept later.
pub(super) async fn settle(
    blobs: &Blobs,
    db: &Db,
    info: &BlobInfo,
    rows: impl Fn(&str) -> Batch,
) -> Result<(), Fault> {
    let BlobInfo { blob_id: id, sha256, size, stored_at: now, .. } = info;
    for _ in 0..TRIES {
        if let Some(same) = contents::same(db, sha256).await? {
            let spare = contents::spare(id, *size, *now);
            match db.batch(rows(&same).and(contents::take(&same)).and(spare)).await {
                Ok(_) => return discard(blobs, db, id, true).await,
                // It went away just now.
                Err(fault) if fault.is_mismatch("content") => continue,
                Err(fault) => return Err(fault),
            }
        }
        file::place(&blobs.path(id)?).await?;
        match db.batch(rows(id).and(contents::add(id, sha256, *size, *now))).await {
            Ok(_) => {
                blobs.bell.wake();
                return Ok(());
            }
            // Somebody was faster with the same content.
            Err(fault) if fault.kind == FaultKind::Unique => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(Fault::new(FaultKind::Retry, "the same content comes and goes all the time"))
}
