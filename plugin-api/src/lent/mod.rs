//! Everything lent besides the database, each in one small file: the typed side of
//! [`Host::call`](crate::host::Host::call).
//!
//! A call is a name and a JSON payload of the type given here, so both grow compatibly.

pub mod answer;
mod behind;
mod blobs;
mod events;
mod jobs;
mod keys;
mod live;
mod log;
mod once;
mod parts;
mod services;
mod settings;
pub mod tabs;
mod timer;
mod uploads;
mod views;

pub use blobs::{BlobCache, BlobId, BlobInfo, Scan, Sending};
pub use events::Event;
pub use jobs::{JobState, JobStatus, Progress};
pub use keys::{MacRequest, SealRequest, SignRequest, Signed, VerifyRequest};
pub use live::Publish;
pub use log::{LogRecord, PLUGIN_LOG};
pub use once::{Idempotency, OnceRequest, OnceState, StoredAnswer};
pub use parts::Part;
pub use services::ServiceCall;
pub use settings::SetSetting;
pub use uploads::{NewUpload, UploadInfo};
pub use views::{SavedView, ViewsOf};

use axum::body::Body;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Cx, Fault};

impl Cx {
    /// Asks the host for something by name.
    async fn ask<A: DeserializeOwned>(
        &self,
        name: &str,
        payload: &impl Serialize,
    ) -> Result<A, Fault> {
        let payload = serde_json::to_vec(payload)?;
        let (answer, _) = self.host().call(self.tx_id(), name, payload, Body::empty()).await?;
        Ok(serde_json::from_slice(&answer)?)
    }
}

/// Bytes as base64 in JSON payloads.
pub(crate) mod base64_bytes {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
