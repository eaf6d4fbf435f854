//! Files that come in parts, in memory.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use axum::body::Body;
use http_body_util::BodyExt as _;
use plugin_api::lent::answer::{Answer, answer, read};
use plugin_api::lent::{NewUpload, UploadInfo};
use plugin_api::time::DAY;
use plugin_api::{Actor, Fault, FaultKind};

use crate::blobs::keep;
use crate::call::missing;
use crate::lent::Lent;

/// Uploads with what came of them, by plugin, who began them, and id.
pub(crate) type Uploads = BTreeMap<(String, String, String), (UploadInfo, Vec<u8>)>;

/// Answers a call about uploads.
pub(crate) async fn call(lent: &Lent, name: &str, payload: &[u8], body: Body) -> Answer {
    match name {
        "upload.begin" => answer(&begin(lent, read(payload)?)),
        "upload.append" => {
            let (id, offset): (String, u64) = read(payload)?;
            // What breaks off stays as far as it came.
            let mut part = Vec::new();
            let mut body = body;
            while let Some(Ok(frame)) = body.frame().await {
                part.extend_from_slice(&frame.into_data().unwrap_or_default());
            }
            answer(&append(lent, &id, offset, &part)?)
        }
        "upload.get" => answer(&found(lent, &read::<String>(payload)?)?.0),
        "upload.finish" => {
            let id: String = read(payload)?;
            let (info, bytes) = found(lent, &id)?;
            if !info.is_complete() {
                return Err(elsewhere(&info));
            }
            uploads(lent).remove(&key(lent, &id));
            answer(&keep(lent, info.upload_id, info.name, info.content_type, bytes.into()))
        }
        "upload.abort" => {
            let id: String = read(payload)?;
            let gone = uploads(lent).remove(&key(lent, &id));
            answer(&gone.map(drop).ok_or_else(|| missing("upload", &id))?)
        }
        other => Err(missing("call", other)),
    }
}

fn begin(lent: &Lent, new: NewUpload) -> UploadInfo {
    let NewUpload { name, content_type, length, note } = new;
    let upload_id = lent.world.fresh_id();
    let expires_at = lent.world.clock.now() + 7 * DAY;
    let info = UploadInfo { upload_id, name, content_type, length, offset: 0, note, expires_at };
    uploads(lent).insert(key(lent, &info.upload_id), (info.clone(), Vec::new()));
    info
}

fn append(lent: &Lent, id: &str, offset: u64, part: &[u8]) -> Result<UploadInfo, Fault> {
    let mut uploads = uploads(lent);
    let found = uploads.get_mut(&key(lent, id)).ok_or_else(|| missing("upload", id))?;
    let (info, bytes) = found;
    if info.offset != offset {
        return Err(elsewhere(info));
    }
    if offset + part.len() as u64 > info.length {
        return Err(Fault::new(FaultKind::TooLarge, "the part goes beyond the length"));
    }
    bytes.extend_from_slice(part);
    info.offset = bytes.len() as u64;
    info.expires_at = lent.world.clock.now() + 7 * DAY;
    Ok(info.clone())
}

fn elsewhere(info: &UploadInfo) -> Fault {
    Fault::new(FaultKind::Conflict, "the upload is elsewhere").about(info.offset.to_string())
}

fn found(lent: &Lent, id: &str) -> Result<(UploadInfo, Vec<u8>), Fault> {
    uploads(lent).get(&key(lent, id)).cloned().ok_or_else(|| missing("upload", id))
}

fn key(lent: &Lent, id: &str) -> (String, String, String) {
    let by = match &lent.caller.actor {
        Actor::User { id, .. } | Actor::Token { user_id: id, .. } => id.clone(),
        Actor::Anonymous | Actor::Job { .. } => String::new(),
    };
    (lent.plugin.to_string(), by, id.to_owned())
}

fn uploads(lent: &Lent) -> MutexGuard<'_, Uploads> {
    lent.world.uploads.lock().unwrap_or_else(PoisonError::into_inner)
}
