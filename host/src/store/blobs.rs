//! What is known of the files the host keeps: `host_blob`.
//!
//! A row exists before its file and is removed after it, so that what a crash leaves behind is found
//! by asking the database.
//!
//! Unscoped: files belong to plugins, which answer for who may see them.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use plugin_api::lent::BlobInfo;
use serde::Deserialize;

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

pub(crate) fn begin(blob: NewBlob<'_>, now: i64) -> Statement {
    Statement::new(
        "insert into host_blob (blob_id, plugin, name, content_type, size, sha256, state, \
         changed_at, organisation_id, created_by) values (?, ?, ?, ?, 0, '', 'writing', ?, ?, ?)",
    )
    .bind(blob.blob_id)
    .bind(blob.plugin)
    .bind(blob.name)
    .bind(blob.content_type)
    .bind(now)
    .bind(blob.organisation_id)
    .bind(blob.created_by)
}

/// The file is there, whole.
pub(crate) fn written(info: &BlobInfo, now: i64) -> Statement {
    Statement::new(
        "update host_blob set state = 'stored', size = ?, sha256 = ?, changed_at = ? \
         where blob_id = ? and state = 'writing'",
    )
    .bind(i64::try_from(info.size).unwrap_or(i64::MAX))
    .bind(info.sha256.as_str())
    .bind(now)
    .bind(info.blob_id.as_str())
}

/// A stored file; of `plugin` alone when it is given.
pub(crate) async fn find(
    db: &Db,
    plugin: Option<&str>,
    blob_id: &str,
) -> Result<Option<BlobInfo>, Fault> {
    let select = Statement::new(
        "select blob_id, name, content_type, size, sha256 from host_blob \
         where blob_id = ? and state = 'stored' and (? is null or plugin = ?)",
    );
    db.first(select.bind(blob_id).bind(plugin).bind(plugin)).await
}

/// Nobody gets the file any more: changes one row or none.
pub(crate) fn delete(plugin: &str, blob_id: &str, now: i64) -> Statement {
    Statement::new(
        "update host_blob set state = 'deleted', changed_at = ? \
         where blob_id = ? and plugin = ? and state = 'stored'",
    )
    .bind(now)
    .bind(blob_id)
    .bind(plugin)
}

/// The file is gone.
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
