//! What is known of the files the host keeps: `host_blob`.
//!
//! A row exists before its content is written, so that what a crash leaves behind is found by asking the
//! database; where the content lies is said by [`contents`](super::contents).
//!
//! Unscoped: files belong to plugins, which answer for who may see them.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use plugin_api::lent::BlobInfo;
use serde::Deserialize;

use super::contents::Place;

/// A file about to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewBlob<'a> {
    pub(crate) blob_id: &'a str,
    pub(crate) plugin: &'a str,
    pub(crate) name: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) organisation_id: &'a str,
    pub(crate) created_by: &'a str,
}

/// A file and where its content lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) info: BlobInfo,
    pub(crate) content_id: String,
    pub(crate) place: Place,
}

pub(crate) fn begin(blob: NewBlob<'_>, now: i64) -> Statement {
    Statement::new(
        "insert into host_blob (blob_id, plugin, name, content_type, size, sha256, state, \
         changed_at, organisation_id, created_by, content_id) \
         values (?, ?, ?, ?, 0, '', 'writing', ?, ?, ?, ?)",
    )
    .bind(blob.blob_id)
    .bind(blob.plugin)
    .bind(blob.name)
    .bind(blob.content_type)
    .bind(now)
    .bind(blob.organisation_id)
    .bind(blob.created_by)
    .bind(blob.blob_id)
}

/// The file is there, whole, with this content: one row, or the batch fails.
pub(crate) fn written(info: &BlobInfo, content_id: &str) -> Statement {
    Statement::new(
        "update host_blob set state = 'stored', size = ?, sha256 = ?, changed_at = ?, \
         content_id = ? where blob_id = ? and state = 'writing'",
    )
    .bind(i64::try_from(info.size).unwrap_or(i64::MAX))
    .bind(info.sha256.as_str())
    .bind(info.stored_at)
    .bind(content_id)
    .bind(info.blob_id.as_str())
    .expect_rows(1)
}

/// A stored file; of `plugin` alone when it is given.
pub(crate) async fn find(
    db: &Db,
    plugin: Option<&str>,
    blob_id: &str,
) -> Result<Option<Stored>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        blob_id: String,
        name: String,
        content_type: String,
        size: u64,
        sha256: String,
        stored_at: i64,
        content_id: String,
        place: Place,
    }
    let select = Statement::new(
        "select b.blob_id, b.name, b.content_type, b.size, b.sha256, b.changed_at as stored_at, \
         b.content_id, c.place from host_blob b \
         join host_content c on c.content_id = b.content_id \
         where b.blob_id = ? and b.state = 'stored' and (? is null or b.plugin = ?)",
    );
    let row: Option<Row> = db.first(select.bind(blob_id).bind(plugin).bind(plugin)).await?;
    Ok(row.map(|row| {
        let Row { blob_id, name, content_type, size, sha256, stored_at, content_id, place } = row;
        let info = BlobInfo { blob_id, name, content_type, size, sha256, stored_at };
        Stored { info, content_id, place }
    }))
}

/// Nobody gets the file any more: one row, or the batch fails with the label `blob`.
pub(crate) fn delete(plugin: &str, blob_id: &str) -> Statement {
    Statement::new("delete from host_blob where blob_id = ? and plugin = ? and state = 'stored'")
        .bind(blob_id)
        .bind(plugin)
        .label("blob")
        .expect_rows(1)
}

/// What was never finished is gone.
pub(crate) fn forget(blob_id: &str) -> Statement {
    Statement::new("delete from host_blob where blob_id = ? and state <> 'stored'").bind(blob_id)
}

/// Ids of files that were not finished, or not removed, before `before`.
pub(crate) async fn left_over(db: &Db, before: i64) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        blob_id: String,
    }
    let select = "select blob_id from host_blob \
                  where state in ('writing', 'deleted') and changed_at < ? limit 1000";
    let rows: Vec<Row> = db.all(Statement::new(select).bind(before)).await?;
    Ok(rows.into_iter().map(|row| row.blob_id).collect())
}
