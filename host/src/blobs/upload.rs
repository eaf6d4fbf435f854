//! Files that come in parts: what arrived stays, also when the connection or the host goes away.

use std::time::Duration;

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures_util::StreamExt as _;
use plugin_api::db::{Batch, Db};
use plugin_api::lent::{BlobInfo, NewUpload, UploadInfo};
use plugin_api::time::DAY;
use plugin_api::{Caller, Cx, Fault, FaultKind};
use sha2::Sha256;
use sha2::digest::Digest as _;
use sha2::digest::common::hazmat::{SerializableState as _, SerializedState};
use tokio::time::Instant;

use super::busy::Held;
use super::file::{self, Sink};
use super::{Blobs, keep, missing, plain, too_large};
use crate::jobs::person;
use crate::store::uploads::{self as store, Owner, Upload};

/// How long an upload waits for its next part.
const WAITS: i64 = 7 * DAY;
/// Longest note, characters.
const NOTE: usize = 4_000;
/// After so many bytes, or so much time, what came is vouched for.
const VOUCHED: (u64, Duration) = (64 * 1024 * 1024, Duration::from_secs(5));

/// Uploads of a plugin, for somebody.
pub(super) struct Uploads<'a> {
    pub(super) blobs: &'a Blobs,
    pub(super) cx: &'a Cx,
    pub(super) plugin: &'a str,
    pub(super) caller: &'a Caller,
    pub(super) largest: u64,
}

impl Uploads<'_> {
    fn owner(&self) -> Owner<'_> {
        Owner { plugin: self.plugin, created_by: person(self.caller) }
    }

    pub(super) async fn begin(&self, new: NewUpload) -> Result<UploadInfo, Fault> {
        if new.length > self.largest {
            return Err(too_large(self.largest));
        }
        let upload = Upload {
            id: self.cx.fresh_id(),
            name: plain(&new.name),
            content_type: plain(&new.content_type),
            length: new.length,
            received: 0,
            hashed: frozen(&Sha256::new()),
            note: new.note.chars().take(NOTE).collect(),
            changed_at: self.cx.now(),
            organisation_id: self.caller.organisation_id.clone(),
        };
        let db = self.cx.db();
        db.execute(store::begin(self.owner(), &upload)).await?;
        Sink::create(&self.blobs.path(&upload.id)?).await?.sync().await?;
        Ok(told(upload))
    }

    pub(super) async fn get(&self, id: &str) -> Result<UploadInfo, Fault> {
        self.found(id).await.map(|(upload, _)| told(upload))
    }

    pub(super) async fn append(
        &self,
        id: &str,
        offset: u64,
        body: Body,
    ) -> Result<UploadInfo, Fault> {
        let (mut upload, mut held) = self.found(id).await?;
        if upload.received != offset {
            return Err(elsewhere(&upload));
        }
        let db = self.cx.db();
        let path = self.blobs.path(id)?;
        let mut sink = Sink::resume(&path, offset, thawed(&upload.hashed)?).await?;
        let mut pieces = body.into_data_stream();
        let mut vouched = Instant::now();
        loop {
            let piece = tokio::select! {
                biased;
                () = held.cut_off() => None,
                piece = pieces.next() => piece,
            };
            // What breaks off stays as far as it came.
            let Some(Ok(piece)) = piece else { break };
            if sink.size + piece.len() as u64 > upload.length {
                self.vouch(&db, &mut upload, &mut sink).await?;
                return Err(too_large(upload.length));
            }
            sink.take(&piece).await?;
            if sink.size - upload.received >= VOUCHED.0 || vouched.elapsed() >= VOUCHED.1 {
                self.vouch(&db, &mut upload, &mut sink).await?;
                vouched = Instant::now();
            }
        }
        self.vouch(&db, &mut upload, &mut sink).await?;
        Ok(told(upload))
    }

    pub(super) async fn finish(&self, id: &str) -> Result<BlobInfo, Fault> {
        let (upload, _held) = self.found(id).await?;
        if upload.received != upload.length {
            return Err(elsewhere(&upload));
        }
        let info = BlobInfo {
            blob_id: upload.id.clone(),
            name: upload.name.clone(),
            content_type: upload.content_type.clone(),
            size: upload.length,
            sha256: plugin_api::hex(&thawed(&upload.hashed)?.finalize()),
            stored_at: self.cx.now(),
        };
        let rows = |content_id: &str| {
            let rows = store::finish(self.owner(), &upload, &info, content_id);
            rows.into_iter().fold(Batch::new(), Batch::and)
        };
        keep::settle(self.blobs, &self.cx.db(), &info, rows).await?;
        Ok(info)
    }

    pub(super) async fn abort(&self, id: &str) -> Result<(), Fault> {
        let (upload, _held) = self.found(id).await?;
        remove(self.blobs, &self.cx.db(), &upload.id).await
    }

    /// The upload, and the right to write to it.
    async fn found(&self, id: &str) -> Result<(Upload, Held), Fault> {
        let db = self.cx.db();
        // Asked before as well, so that nobody cuts off an upload of somebody else.
        store::find(&db, self.owner(), id).await?.ok_or_else(|| missing(id))?;
        let held = self.blobs.busy.turn(id).await;
        let upload = store::find(&db, self.owner(), id).await?.ok_or_else(|| missing(id))?;
        Ok((upload, held))
    }

    async fn vouch(&self, db: &Db, upload: &mut Upload, sink: &mut Sink) -> Result<(), Fault> {
        sink.sync().await?;
        upload.received = sink.size;
        upload.hashed = frozen(&sink.hash);
        upload.changed_at = self.cx.now();
        db.execute(store::received(upload)).await.map(drop)
    }
}

/// Forgets uploads of which nothing came for a week; answers how many.
pub(super) async fn sweep(blobs: &Blobs, db: &Db, now: i64) -> Result<usize, Fault> {
    let left_over = store::left_over(db, now - WAITS).await?;
    for id in &left_over {
        let _held = blobs.busy.turn(id).await;
        remove(blobs, db, id).await?;
    }
    Ok(left_over.len())
}

/// Removes the file first, then its row.
async fn remove(blobs: &Blobs, db: &Db, id: &str) -> Result<(), Fault> {
    file::remove(&blobs.path(id)?).await?;
    db.execute(store::forget(id)).await.map(drop)
}

fn told(upload: Upload) -> UploadInfo {
    UploadInfo {
        upload_id: upload.id,
        name: upload.name,
        content_type: upload.content_type,
        length: upload.length,
        offset: upload.received,
        note: upload.note,
        expires_at: upload.changed_at + WAITS,
    }
}

fn elsewhere(upload: &Upload) -> Fault {
    let told = format!("{} of {} bytes are there", upload.received, upload.length);
    Fault::new(FaultKind::Conflict, told).about(upload.received.to_string())
}

/// A hash as it stands, to go on with it later.
fn frozen(hash: &Sha256) -> String {
    STANDARD_NO_PAD.encode(hash.serialize())
}

fn thawed(text: &str) -> Result<Sha256, Fault> {
    let bytes = STANDARD_NO_PAD.decode(text).map_err(Fault::internal)?;
    let state = SerializedState::<Sha256>::try_from(bytes.as_slice()).map_err(Fault::internal)?;
    Sha256::deserialize(&state).map_err(Fault::internal)
}
