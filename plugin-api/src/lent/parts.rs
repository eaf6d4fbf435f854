//! Answers made of parts: bytes of the plugin's own and files of the host, one after the other.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};

use super::{BlobId, Sending, base64_bytes};
use crate::{Cx, Fault};

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Bytes.
    Bytes(#[serde(with = "base64_bytes")] Vec<u8>),
    /// A file of this plugin.
    Blob(BlobId),
}

impl Cx {
    /// A response that the host puts together while it sends it, its length known beforehand: files are
    /// read one after the other and never held. Bytes are for heads and small documents, 32 MiB
    /// altogether. It has no ranges.
    pub fn send_parts(&self, parts: &[Part], sending: &Sending<'_>) -> Result<Response, Fault> {
        let mut response = Body::from(serde_json::to_vec(parts)?).into_response();
        let headers = response.headers_mut();
        headers.insert(crate::page::PARTS, HeaderValue::from_static("1"));
        let kind = HeaderValue::from_static("application/octet-stream");
        headers.insert(CONTENT_TYPE, kind);
        sending.put_into(headers);
        Ok(response)
    }
}
