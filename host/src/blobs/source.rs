//! Where the bytes of a file come from.

use std::io;
use std::sync::Arc;

use axum::body::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use plugin_api::{Fault, FaultKind};

use super::bucket::Bucket;
use super::{Blobs, file};
use crate::store::blobs::Stored;
use crate::store::contents::Place;

/// The bytes of a file, wherever they lie.
#[derive(Clone)]
pub(super) enum Source {
    Disk(Arc<std::fs::File>),
    Bucket(Bucket, String),
}

impl Source {
    /// The bytes of this file; what moves to the bucket meanwhile is found there.
    pub(super) async fn of(blobs: &Blobs, stored: &Stored) -> Result<Self, Fault> {
        let id = &stored.content_id;
        if stored.place != Place::Bucket
            && let Some(file) = file::open(&blobs.path(id)?).await?
        {
            return Ok(Self::Disk(file));
        }
        let bucket = blobs.bucket.clone().ok_or_else(unreachable)?;
        Ok(Self::Bucket(bucket, id.clone()))
    }

    /// `length` bytes from `start` on.
    pub(super) async fn read(
        &self,
        start: u64,
        length: u64,
    ) -> Result<BoxStream<'static, io::Result<Bytes>>, Fault> {
        match self {
            _ if length == 0 => Ok(stream::empty().boxed()),
            Self::Disk(file) => Ok(file::read(file, start, length)),
            Self::Bucket(bucket, id) => bucket.read(id, start, length).await,
        }
    }
}

/// Neither on disk nor anywhere we know of.
pub(super) fn unreachable() -> Fault {
    let told = "the file is not on disk, and blobs.bucket names no bucket it could be in";
    Fault::new(FaultKind::Unavailable, told)
}
