//! Files kept by the host.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::{Cx, Fault};

/// Names a blob.
pub type BlobId = String;

/// What is known of a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobInfo {
    /// Its id.
    pub blob_id: BlobId,
    /// The name a browser saves it under.
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// Length in bytes.
    pub size: u64,
    /// SHA-256, hex.
    pub sha256: String,
    /// When it was kept, unix milliseconds.
    #[serde(default)]
    pub stored_at: i64,
}

/// What the scanner said of a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", content = "told", rename_all = "snake_case")]
pub enum Scan {
    /// The host has no scanner.
    NotConfigured,
    /// It found nothing.
    Clean,
    /// It found something: its own words.
    Infected(String),
    /// It did not answer, or not in time: why. Worth another attempt.
    Failed(String),
}

/// How a blob is sent, where that differs from how it is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sending<'a> {
    /// The name a browser saves it under; none for its own.
    pub name: Option<&'a str>,
    /// MIME type; none for its own.
    pub content_type: Option<&'a str>,
    /// Who may keep it for how long.
    pub cache: BlobCache,
}

/// Who may keep a blob that was sent, and for how long (RFC 9111 §5.2.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BlobCache {
    /// The client alone, who asks every time whether it is still his: `private, no-cache`.
    #[default]
    Private,
    /// The client alone, for so many seconds: `private, max-age=…`.
    PrivateFor(u32),
    /// Everybody, for ever: `public, max-age=31536000, immutable` (RFC 8246). For what is the same for
    /// everybody at an address that never gets another content.
    PublicImmutable,
}

impl BlobCache {
    fn value(self) -> HeaderValue {
        match self {
            Self::Private => HeaderValue::from_static("private, no-cache"),
            Self::PrivateFor(seconds) => {
                HeaderValue::try_from(format!("private, max-age={seconds}"))
                    .unwrap_or(HeaderValue::from_static("private, no-cache"))
            }
            Self::PublicImmutable => {
                HeaderValue::from_static("public, max-age=31536000, immutable")
            }
        }
    }
}

impl Cx {
    /// Keeps `body` as a file; its length and hash are found while it is written. The same content is
    /// kept once, however many files have it. `TooLarge` over 256 MiB, or over the setting
    /// `blobs.largest` for a plugin one of whose routes [takes files](crate::Routes::taking_files).
    pub async fn put_blob(
        &self,
        name: &str,
        content_type: &str,
        body: Body,
    ) -> Result<BlobInfo, Fault> {
        let payload = serde_json::to_vec(&(name, content_type))?;
        let (answer, _) = self.host().call(self.tx_id(), "blob.put", payload, body).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    /// A file of this plugin with its content.
    pub async fn blob(&self, id: &str) -> Result<(BlobInfo, Body), Fault> {
        let payload = serde_json::to_vec(&id)?;
        let (answer, body) =
            self.host().call(self.tx_id(), "blob.get", payload, Body::empty()).await?;
        Ok((serde_json::from_slice(&answer)?, body))
    }

    /// `length` bytes of a file of this plugin from `start` on; fewer where it ends before.
    pub async fn blob_range(&self, id: &str, start: u64, length: u64) -> Result<Body, Fault> {
        let payload = serde_json::to_vec(&(id, start, length))?;
        let answer = self.host().call(self.tx_id(), "blob.range", payload, Body::empty()).await?;
        Ok(answer.1)
    }

    /// Forgets a file; its content goes with the last file that has it.
    pub async fn delete_blob(&self, id: &str) -> Result<(), Fault> {
        self.ask("blob.delete", &id).await
    }

    /// Whether the host has a scanner that looks for viruses.
    pub async fn has_scanner(&self) -> Result<bool, Fault> {
        self.ask("blob.scanner", &()).await
    }

    /// Has a file of this plugin looked at by the host's scanner. One at a time is, and it may take as
    /// long as the setting `scan.timeout_seconds` says: ask from a job.
    pub async fn scan_blob(&self, id: &str) -> Result<Scan, Fault> {
        self.ask("blob.scan", &id).await
    }

    /// A response whose body the host sends itself: ranges, conditions and `HEAD` included (RFC 9110
    /// §13 and §14). Headers that are added to it are sent along, and stand before the host's own
    /// `Cache-Control`, `Content-Type` and `Content-Disposition`.
    pub fn send_blob(&self, id: &str) -> Response {
        let mut response = Body::empty().into_response();
        if let Ok(id) = HeaderValue::from_str(id) {
            response.headers_mut().insert(crate::page::BLOB, id);
        }
        response
    }

    /// The same under another name, as another type, or with another rule for caches.
    pub fn send_blob_as(&self, id: &str, sending: &Sending<'_>) -> Response {
        let mut response = self.send_blob(id);
        sending.put_into(response.headers_mut());
        response
    }
}

impl Sending<'_> {
    /// Says it in headers.
    pub(super) fn put_into(&self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, self.cache.value());
        if let Some(Ok(content_type)) = self.content_type.map(HeaderValue::from_str) {
            headers.insert(CONTENT_TYPE, content_type);
        }
        if let Some(name) = self.name {
            let name = utf8_percent_encode(name, NON_ALPHANUMERIC).to_string();
            if let Ok(name) = HeaderValue::from_str(&name) {
                headers.insert(crate::page::BLOB_NAME, name);
            }
        }
    }
}
