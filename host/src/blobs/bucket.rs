//! A bucket of an S3-compatible storage that files are moved to.

use std::fmt;
use std::io;
use std::path::Path as FilePath;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::signer::{SignedUrlOptions, Signer as _};
use object_store::{
    ClientOptions, Error, GetOptions, GetRange, ObjectStore as _, ObjectStoreExt as _, RetryConfig,
    WriteMultipart,
};
use plugin_api::{Fault, FaultKind};

use super::file;
use crate::config::{self, Secret};

/// Parts that are under way at a time.
const UNDER_WAY: usize = 4;
/// The smallest part, bytes; the storage takes 10,000 of them.
const PART: u64 = 8 * 1024 * 1024;
/// How long an address works that leads to the bucket.
const VALID: Duration = Duration::from_mins(5);

/// The bucket; clones are the same one.
#[derive(Clone)]
pub(super) struct Bucket(Arc<AmazonS3>);

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not more: the store knows the secret.
        f.write_str("Bucket")
    }
}

impl Bucket {
    /// The bucket of the settings, if they name one; nothing is asked of it yet.
    pub(super) fn of(config: &config::Blobs) -> Result<Option<Self>, Fault> {
        let Some(bucket) = &config.bucket else { return Ok(None) };
        // A file takes as long as its reader; what hangs ends by the time between two pieces.
        let is_plain = config.endpoint.as_ref().is_some_and(|url| url.starts_with("http://"));
        let options = ClientOptions::new()
            .with_allow_http(is_plain)
            .with_timeout_disabled()
            .with_connect_timeout(Duration::from_secs(10))
            .with_read_timeout(Duration::from_secs(30));
        let mut builder = match (&config.key_id, &config.secret) {
            (Some(key_id), Some(secret)) => AmazonS3Builder::new()
                .with_access_key_id(key_id)
                .with_secret_access_key(Secret::expose(secret)),
            _ => AmazonS3Builder::from_env(),
        };
        if let Some(endpoint) = &config.endpoint {
            builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
        }
        // Not every storage removes many at once.
        let builder = builder.with_disable_bulk_delete(true).with_retry(RetryConfig {
            max_retries: 4,
            retry_timeout: Duration::from_secs(30),
            ..RetryConfig::default()
        });
        let builder = builder.with_bucket_name(bucket).with_region(&config.region);
        let store = builder.with_client_options(options).build().map_err(failed)?;
        Ok(Some(Self(Arc::new(store))))
    }

    /// Takes a copy of a file of `size` bytes, in parts when it is large.
    pub(super) async fn take(&self, id: &str, path: &FilePath, size: u64) -> Result<(), Fault> {
        let missing = || Fault::internal("the file is gone from the disk");
        let file = file::open(path).await?.ok_or_else(missing)?;
        let mut pieces = file::read(&file, 0, size);
        let part = PART.max(size.div_ceil(9_000));
        if size <= part {
            let mut payload = Vec::new();
            while let Some(piece) = pieces.try_next().await.map_err(Fault::internal)? {
                payload.push(piece);
            }
            let payload = payload.into_iter().collect::<object_store::PutPayload>();
            return self.0.put(&place(id), payload).await.map(drop).map_err(failed);
        }
        let upload = self.0.put_multipart(&place(id)).await.map_err(failed)?;
        let part = usize::try_from(part).map_err(Fault::internal)?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, part);
        loop {
            let piece = match pieces.try_next().await {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => {
                    let _ = upload.abort().await;
                    return Err(Fault::internal(error));
                }
            };
            if let Err(error) = upload.wait_for_capacity(UNDER_WAY).await {
                let _ = upload.abort().await;
                return Err(failed(error));
            }
            upload.put(piece);
        }
        upload.finish().await.map(drop).map_err(failed)
    }

    /// `length` bytes from `start` on, at least one.
    pub(super) async fn read(
        &self,
        id: &str,
        start: u64,
        length: u64,
    ) -> Result<BoxStream<'static, io::Result<Bytes>>, Fault> {
        let range = Some(GetRange::Bounded(start..start + length));
        let options = GetOptions { range, ..GetOptions::default() };
        let found = self.0.get_opts(&place(id), options).await.map_err(failed)?;
        Ok(found.into_stream().map_err(io::Error::other).boxed())
    }

    /// Removes what was taken, if it is there.
    pub(super) async fn remove(&self, id: &str) -> Result<(), Fault> {
        match self.0.delete(&place(id)).await {
            Err(Error::NotFound { .. }) => Ok(()),
            removed => removed.map_err(failed),
        }
    }

    /// An address that leads to the content for five minutes, and is answered with these headers.
    pub(super) async fn address(
        &self,
        id: &str,
        content_type: &str,
        disposition: &str,
    ) -> Result<String, Fault> {
        let options = SignedUrlOptions::new().with_query([
            ("response-content-type", content_type),
            ("response-content-disposition", disposition),
        ]);
        let signed = self.0.signed_url_opts(http::Method::GET, &place(id), VALID, &options).await;
        signed.map(String::from).map_err(failed)
    }
}

/// Spread by the end of an id, which is random where its beginning is a clock.
fn place(id: &str) -> Path {
    let aa = id.get(id.len().saturating_sub(2)..).unwrap_or_default();
    Path::from_iter(["blobs", aa, id])
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn failed(error: Error) -> Fault {
    Fault::new(FaultKind::Unavailable, format!("the storage of files failed: {error}"))
}
