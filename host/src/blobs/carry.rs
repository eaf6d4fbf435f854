//! Moves files to the bucket, when there is one: what cannot be moved now stays on disk and is served
//! from there until it can.

use std::sync::Arc;
use std::time::Duration;

use plugin_api::Fault;
use plugin_api::db::Db;

use super::{Blobs, bucket::Bucket, discard, file};
use crate::state::State;
use crate::store::contents::{self as store, Content, Place};
use crate::work::Stop;

/// Until the next look after everything went well, or after it did not.
const PAUSES: (Duration, Duration) = (Duration::from_hours(1), Duration::from_mins(1));

/// Moves files whenever new ones came, until stopped.
pub(crate) async fn run(state: Arc<State>, mut stop: Stop) {
    let blobs = &state.work.blobs;
    let Some(bucket) = &blobs.bucket else { return };
    let db = state.system("blobs").db();
    while !stop.is_asked() {
        let carried = tokio::select! {
            // Dropped in the middle, it begins anew the next time.
            () = stop.asked() => return,
            carried = carry(blobs, bucket, &db) => carried,
        };
        let pause = match carried {
            Ok(_) => PAUSES.0,
            Err(fault) => {
                tracing::warn!(%fault, "Files could not be moved; they stay on disk until then.");
                PAUSES.1
            }
        };
        tokio::select! {
            () = stop.asked() => return,
            () = blobs.bell.rung() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Moves everything that lies on disk; answers how many there were.
pub(super) async fn carry(blobs: &Blobs, bucket: &Bucket, db: &Db) -> Result<usize, Fault> {
    let mut moved = 0;
    loop {
        let waiting = store::on_disk(db).await?;
        if waiting.is_empty() {
            return Ok(moved);
        }
        for content in waiting {
            one(blobs, bucket, db, &content).await?;
            moved += 1;
        }
    }
}

async fn one(blobs: &Blobs, bucket: &Bucket, db: &Db, content: &Content) -> Result<(), Fault> {
    let Content { id, size, place } = content;
    let path = blobs.path(id)?;
    if *place != Place::Both {
        if db.execute(store::moved(id, Place::Carrying)).await? == 0 {
            return Ok(());
        }
        bucket.take(id, &path, *size).await?;
        if db.execute(store::moved(id, Place::Both)).await? == 0 {
            // Whoever forgot it meanwhile left it to us.
            return discard(blobs, db, id, true).await;
        }
    }
    file::remove(&path).await?;
    db.execute(store::moved(id, Place::Bucket)).await.map(drop)
}
