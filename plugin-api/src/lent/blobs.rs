//! Files kept by the host.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
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
}

impl Cx {
    /// Keeps `body` as a file; its length and hash are found while it is written.
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

    /// Forgets a file.
    pub async fn delete_blob(&self, id: &str) -> Result<(), Fault> {
        self.ask("blob.delete", &id).await
    }

    /// A response whose body the host sends itself, ranges included.
    pub fn send_blob(&self, id: &str) -> Response {
        let mut response = Body::empty().into_response();
        if let Ok(id) = HeaderValue::from_str(id) {
            response.headers_mut().insert(crate::page::BLOB, id);
        }
        response
    }
}
