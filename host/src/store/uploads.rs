//! Files that come in parts: `host_upload`.
//!
//! Unscoped: an upload belongs to a plugin and to whoever began it, which every statement asks for.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use plugin_api::lent::BlobInfo;
use serde::Deserialize;

/// Whose an upload is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) plugin: &'a str,
    pub(crate) created_by: &'a str,
}

/// An upload that is under way.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Upload {
    #[serde(rename = "upload_id")]
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) length: u64,
    pub(crate) received: u64,
    pub(crate) hashed: String,
    pub(crate) note: String,
    pub(crate) changed_at: i64,
    pub(crate) organisation_id: String,
}

pub(crate) fn begin(owner: Owner<'_>, upload: &Upload) -> Statement {
    Statement::new(
        "insert into host_upload (upload_id, plugin, name, content_type, length, received, hashed, \
         note, changed_at, organisation_id, created_by) values (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)",
    )
    .bind(upload.id.as_str())
    .bind(owner.plugin)
    .bind(upload.name.as_str())
    .bind(upload.content_type.as_str())
    .bind(i64::try_from(upload.length).unwrap_or(i64::MAX))
    .bind(upload.hashed.as_str())
    .bind(upload.note.as_str())
    .bind(upload.changed_at)
    .bind(upload.organisation_id.as_str())
    .bind(owner.created_by)
}

pub(crate) async fn find(db: &Db, owner: Owner<'_>, id: &str) -> Result<Option<Upload>, Fault> {
    let select = Statement::new(
        "select upload_id, name, content_type, length, received, hashed, note, changed_at, \
         organisation_id from host_upload where upload_id = ? and plugin = ? and created_by = ?",
    );
    db.first(select.bind(id).bind(owner.plugin).bind(owner.created_by)).await
}

/// So much of it is on disk: changes one row, or none when it is gone.
pub(crate) fn received(upload: &Upload) -> Statement {
    Statement::new(
        "update host_upload set received = ?, hashed = ?, changed_at = ? where upload_id = ?",
    )
    .bind(i64::try_from(upload.received).unwrap_or(i64::MAX))
    .bind(upload.hashed.as_str())
    .bind(upload.changed_at)
    .bind(upload.id.as_str())
}

/// It is a file now, with this content: the statements, which change one row each.
pub(crate) fn finish(
    owner: Owner<'_>,
    upload: &Upload,
    info: &BlobInfo,
    content_id: &str,
) -> [Statement; 2] {
    let kept = Statement::new(
        "insert into host_blob (blob_id, plugin, name, content_type, size, sha256, state, \
         changed_at, organisation_id, created_by, content_id) \
         values (?, ?, ?, ?, ?, ?, 'stored', ?, ?, ?, ?)",
    )
    .bind(info.blob_id.as_str())
    .bind(owner.plugin)
    .bind(info.name.as_str())
    .bind(info.content_type.as_str())
    .bind(i64::try_from(info.size).unwrap_or(i64::MAX))
    .bind(info.sha256.as_str())
    .bind(info.stored_at)
    .bind(upload.organisation_id.as_str())
    .bind(owner.created_by)
    .bind(content_id);
    [forget(&upload.id).expect_rows(1), kept]
}

/// The upload is gone.
pub(crate) fn forget(id: &str) -> Statement {
    Statement::new("delete from host_upload where upload_id = ?").bind(id)
}

/// Ids of uploads of which nothing came since before `before`.
pub(crate) async fn left_over(db: &Db, before: i64) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        upload_id: String,
    }
    let select = "select upload_id from host_upload where changed_at < ? limit 1000";
    let rows: Vec<Row> = db.all(Statement::new(select).bind(before)).await?;
    Ok(rows.into_iter().map(|row| row.upload_id).collect())
}
