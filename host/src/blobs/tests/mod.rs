//! Files from body to response, on both databases.

mod carrying;
mod keeping;
mod responding;
mod uploading;

use std::path::Path;

use axum::body::{Body, to_bytes};
use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use plugin_api::lent::BlobInfo;
use tempfile::TempDir;

use super::*;
use crate::config::Config;
use crate::work::testing::{Scratch, each, user};

/// What is kept most of the time.
const DIGITS: &str = "0123456789";
/// SHA-256 of it.
const HASH: &str = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";

fn blobs(folder: &TempDir) -> Blobs {
    Blobs::of(&Config::in_directory(folder.path())).expect("no bucket")
}

async fn kept(blobs: &Blobs, scratch: &Scratch, name: &str, kind: &str) -> BlobInfo {
    let body = Body::from(DIGITS);
    let by = user("alice");
    keep::keep(blobs, &scratch.cx, ("p", &by), (name, kind), body, 10).await.expect("kept")
}

async fn read(blobs: &Blobs, db: &Db, id: &str) -> Result<String, Fault> {
    let stored = store::find(db, Some("p"), id).await?.ok_or_else(|| missing(id))?;
    let pieces = Source::of(blobs, &stored).await?.read(0, stored.info.size).await?;
    let bytes = to_bytes(Body::from_stream(pieces), 1 << 30).await.map_err(Fault::internal)?;
    String::from_utf8(bytes.to_vec()).map_err(Fault::internal)
}

fn files(folder: &TempDir) -> usize {
    fn count(path: &Path) -> usize {
        let entries = std::fs::read_dir(path).into_iter().flatten();
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&folder.path().join("blobs"))
}

async fn rows(db: &Db, table: &str) -> i64 {
    db.scalar(Statement::new(format!("select count(*) from {table}"))).await.expect("a count")
}
