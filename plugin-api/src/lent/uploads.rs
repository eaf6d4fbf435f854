//! Files that come in parts: what arrived stays, also when the connection or the host goes away.

use axum::body::Body;
use serde::{Deserialize, Serialize};

use super::BlobInfo;
use crate::{Cx, Fault};

/// An upload that is under way. It belongs to the plugin and to whoever began it, and is forgotten seven
/// days after its last part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadInfo {
    /// Its id; the file will have the same.
    pub upload_id: String,
    /// The name a browser will save the file under.
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// How long the file will be, bytes.
    pub length: u64,
    /// How much of it is there, bytes.
    pub offset: u64,
    /// What the plugin wanted to remember with it.
    pub note: String,
    /// When it is forgotten unless more of it comes, unix milliseconds.
    pub expires_at: i64,
}

impl UploadInfo {
    /// Whether all of it is there.
    pub fn is_complete(&self) -> bool {
        self.offset == self.length
    }
}

/// What [`Cx::begin_upload_noting`] hands to the host.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewUpload {
    /// The name of the file.
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// Length in bytes.
    pub length: u64,
    /// What the plugin wants to remember with it.
    #[serde(default)]
    pub note: String,
}

impl Cx {
    /// Begins a file of `length` bytes that comes in parts. `TooLarge` over what the host keeps, see
    /// [`put_blob`](Self::put_blob).
    pub async fn begin_upload(
        &self,
        name: &str,
        content_type: &str,
        length: u64,
    ) -> Result<UploadInfo, Fault> {
        self.begin_upload_noting(name, content_type, length, "").await
    }

    /// The same with a text of at most 4,000 characters that is remembered with it, such as what the
    /// file is for.
    pub async fn begin_upload_noting(
        &self,
        name: &str,
        content_type: &str,
        length: u64,
        note: &str,
    ) -> Result<UploadInfo, Fault> {
        let new = NewUpload {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            length,
            note: note.to_owned(),
        };
        self.ask("upload.begin", &new).await
    }

    /// Adds the next part, which begins at `offset`; answers how much is there now. A body that breaks
    /// off is no fault: what arrived of it stays.
    ///
    /// A `Conflict` fault whose `subject` is the present offset when that is another one; `TooLarge`
    /// when the part goes beyond the length; `NotFound` for no upload of this plugin and caller. Who
    /// still sends an earlier part is cut off.
    pub async fn append_upload(
        &self,
        id: &str,
        offset: u64,
        body: Body,
    ) -> Result<UploadInfo, Fault> {
        let payload = serde_json::to_vec(&(id, offset))?;
        let (answer, _) = self.host().call(self.tx_id(), "upload.append", payload, body).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    /// How far an upload of this plugin and caller has come; `NotFound` for none. Who still sends a part
    /// of it is cut off, so that the answer stays true.
    pub async fn upload(&self, id: &str) -> Result<UploadInfo, Fault> {
        self.ask("upload.get", &id).await
    }

    /// Makes a file of an upload whose last part has come; its id stays. A `Conflict` fault whose
    /// `subject` is the present offset when something is missing.
    pub async fn finish_upload(&self, id: &str) -> Result<BlobInfo, Fault> {
        self.ask("upload.finish", &id).await
    }

    /// Forgets an upload and what came of it.
    pub async fn abort_upload(&self, id: &str) -> Result<(), Fault> {
        self.ask("upload.abort", &id).await
    }
}
