//! Contents of files, each kept once however many files have it: `host_content`.
//!
//! A content is called like the first file that had it. It may be taken by another file as long as one
//! has it; once the last one is gone, nobody finds it by its hash any more, and it is removed.
//!
//! Unscoped: contents belong to files of plugins, which answer for who may see them.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

/// Where a content lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Place {
    /// In the data directory.
    Disk,
    /// In the data directory, and on its way to the bucket.
    Carrying,
    /// In the bucket, and still in the data directory.
    Both,
    /// In the bucket.
    Bucket,
}

/// A content that nobody has, or that is not in the bucket yet.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Content {
    #[serde(rename = "content_id")]
    pub(crate) id: String,
    pub(crate) size: u64,
    pub(crate) place: Place,
}

/// The content of this hash, if there is one.
pub(crate) async fn same(db: &Db, sha256: &str) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        content_id: String,
    }
    let select = Statement::new("select content_id from host_content where sha256 = ?");
    let row: Option<Row> = db.first(select.bind(sha256)).await?;
    Ok(row.map(|row| row.content_id))
}

/// A content on disk that one file has. A `Unique` fault when another one has the hash.
pub(crate) fn add(content_id: &str, sha256: &str, size: u64, now: i64) -> Statement {
    new(content_id, Some(sha256), size, 1, now)
}

/// What was written besides a content that was there already, until it is removed.
pub(crate) fn spare(content_id: &str, size: u64, now: i64) -> Statement {
    new(content_id, None, size, 0, now)
}

fn new(content_id: &str, sha256: Option<&str>, size: u64, uses: i64, now: i64) -> Statement {
    Statement::new(
        "insert into host_content (content_id, sha256, size, uses, place, changed_at) \
         values (?, ?, ?, ?, 'disk', ?)",
    )
    .bind(content_id)
    .bind(sha256)
    .bind(i64::try_from(size).unwrap_or(i64::MAX))
    .bind(uses)
    .bind(now)
}

/// One more file has it: one row, or the batch fails with the label `content`, as it is being removed.
pub(crate) fn take(content_id: &str) -> Statement {
    Statement::new("update host_content set uses = uses + 1 where content_id = ? and uses > 0")
        .bind(content_id)
        .label("content")
        .expect_rows(1)
}

/// One file less has it.
pub(crate) fn leave(content_id: &str, now: i64) -> [Statement; 2] {
    [
        Statement::new(
            "update host_content set uses = uses - 1, changed_at = ? \
             where content_id = ? and uses > 0",
        )
        .bind(now)
        .bind(content_id)
        .expect_rows(1),
        Statement::new("update host_content set sha256 = null where content_id = ? and uses = 0")
            .bind(content_id),
    ]
}

/// The content, if nobody has it.
pub(crate) async fn unused(db: &Db, content_id: &str) -> Result<Option<Content>, Fault> {
    let select = Statement::new(
        "select content_id, size, place from host_content where content_id = ? and uses = 0",
    );
    db.first(select.bind(content_id)).await
}

/// Contents that nobody has since before `before`.
pub(crate) async fn left_over(db: &Db, before: i64) -> Result<Vec<Content>, Fault> {
    let select = Statement::new(
        "select content_id, size, place from host_content \
         where uses = 0 and changed_at < ? limit 1000",
    );
    db.all(select.bind(before)).await
}

/// The content is gone.
pub(crate) fn forget(content_id: &str) -> Statement {
    Statement::new("delete from host_content where content_id = ? and uses = 0").bind(content_id)
}

/// Contents that some file has and that still lie on disk, oldest first.
pub(crate) async fn on_disk(db: &Db) -> Result<Vec<Content>, Fault> {
    db.all(Statement::new(
        "select content_id, size, place from host_content \
         where place in ('disk', 'carrying', 'both') and uses > 0 \
         order by changed_at, content_id limit 100",
    ))
    .await
}

/// It lies in `place` now, unless nobody has it any more: changes one row or none.
pub(crate) fn moved(content_id: &str, place: Place) -> Statement {
    let place = match place {
        Place::Disk => "disk",
        Place::Carrying => "carrying",
        Place::Both => "both",
        Place::Bucket => "bucket",
    };
    Statement::new("update host_content set place = ? where content_id = ? and uses > 0")
        .bind(place)
        .bind(content_id)
}
