//! Files from body to response.

use axum::body::{Body, to_bytes};
use futures_util::stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_RANGE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderName, StatusCode};
use plugin_api::FaultKind;
use tempfile::TempDir;

use super::*;
use crate::work::testing::{Scratch, each, user};

/// SHA-256 of `0123456789`.
const HASH: &str = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";

fn blobs(folder: &TempDir) -> Blobs {
    Blobs { largest: 10, ..Blobs::new(folder.path()) }
}

async fn kept(blobs: &Blobs, scratch: &Scratch, name: &str, kind: &str) -> BlobInfo {
    let body = Body::from("0123456789");
    keep(blobs, &scratch.cx, "p", &user("alice"), (name, kind), body).await.unwrap()
}

fn files(folder: &TempDir) -> usize {
    fn count(path: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(folder.path())
}

#[tokio::test]
async fn a_file_is_kept_found_by_its_plugin_and_removed() {
    for scratch in each().await {
        let folder = TempDir::new().unwrap();
        let (blobs, db) = (blobs(&folder), scratch.cx.db());
        let info = kept(&blobs, &scratch, "a\r\nb.txt", "text/plain").await;
        assert_eq!((info.size, info.sha256.as_str(), info.name.as_str()), (10, HASH, "ab.txt"));
        let id = info.blob_id.as_str();
        assert_eq!(store::find(&db, Some("p"), id).await.unwrap(), Some(info.clone()));
        assert_eq!(store::find(&db, None, id).await.unwrap(), Some(info.clone()));
        assert_eq!(store::find(&db, Some("q"), id).await.unwrap(), None);
        let body = file::read(&blobs.path(id).unwrap(), 0, 10).await.unwrap();
        assert_eq!(to_bytes(body, 100).await.unwrap(), "0123456789");
        let foreign = remove(&blobs, &scratch.cx, "q", id).await.unwrap_err();
        assert_eq!(foreign.kind, FaultKind::NotFound);
        assert_eq!(files(&folder), 1);
        remove(&blobs, &scratch.cx, "p", id).await.unwrap();
        assert_eq!((files(&folder), store::find(&db, None, id).await.unwrap()), (0, None));
    }
}

#[tokio::test]
async fn what_is_too_large_or_breaks_off_leaves_nothing() {
    let scratch = each().await.remove(0);
    let folder = TempDir::new().unwrap();
    let blobs = blobs(&folder);
    let broken = stream::iter([Ok("half"), Err(std::io::Error::other("gone"))]);
    let cases = [
        (Body::from("01234567890"), FaultKind::TooLarge),
        (Body::from_stream(broken), FaultKind::Invalid),
    ];
    for (body, kind) in cases {
        let refused = keep(&blobs, &scratch.cx, "p", &user("alice"), ("n", ""), body).await;
        assert_eq!(refused.unwrap_err().kind, kind);
    }
    assert_eq!(files(&folder), 0);
    let rows = plugin_api::db::Statement::new("select count(*) from host_blob");
    assert_eq!(scratch.cx.db().scalar(rows).await.unwrap(), 0);
}

#[tokio::test]
async fn what_a_crash_left_behind_is_swept_after_a_day() {
    for scratch in each().await {
        let folder = TempDir::new().unwrap();
        let (blobs, db) = (blobs(&folder), scratch.cx.db());
        let whole = kept(&blobs, &scratch, "n", "").await;
        let half = "0199d7c0-0000-7000-8000-00000000abcd";
        let new = NewBlob {
            blob_id: half,
            plugin: "p",
            name: "n",
            content_type: "",
            organisation_id: "",
            created_by: "",
        };
        db.execute(store::begin(new, 1)).await.unwrap();
        let path = blobs.path(half).unwrap();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path.with_extension("part"), "half").unwrap();
        assert_eq!(sweep(&blobs, &db, DAY).await.unwrap(), 0, "it may still be written");
        assert_eq!(sweep(&blobs, &db, DAY + 2).await.unwrap(), 1);
        assert_eq!((files(&folder), sweep(&blobs, &db, i64::MAX).await.unwrap()), (1, 0));
        assert!(store::find(&db, None, &whole.blob_id).await.unwrap().is_some());
    }
}

#[test]
fn no_id_leads_out_of_the_folder() {
    let blobs = Blobs::new("/data/blobs");
    let id = "0199d7c0-0000-7000-8000-00000000abcd";
    assert_eq!(blobs.path(id).unwrap().to_str(), Some(&*format!("/data/blobs/ab/cd/{id}")));
    let dots = "../".repeat(12);
    for id in
        ["", "x", dots.as_str(), "0199d7c0-0000-7000-8000-00000000abcD", "é".repeat(18).as_str()]
    {
        assert_eq!(blobs.path(id).unwrap_err().kind, FaultKind::NotFound, "{id}");
    }
}

#[tokio::test]
async fn a_response_carries_the_part_that_was_asked_for() {
    let scratch = each().await.remove(0);
    let folder = TempDir::new().unwrap();
    let blobs = blobs(&folder);
    let info = kept(&blobs, &scratch, "è \"1\".html", "text/html").await;
    let etag = format!("\"{HASH}\"");
    let ask = async |headers: &[(HeaderName, &str)]| {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap()));
        let response = respond::send(&blobs, &info, &headers.collect::<HeaderMap>()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 100).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    };
    let (status, headers, body) = ask(&[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "0123456789"));
    assert_eq!(headers[ETAG], etag);
    let saved = "attachment; filename*=UTF-8''%C3%A8%20%221%22%2Ehtml";
    assert_eq!(headers[CONTENT_DISPOSITION], saved);

    let (status, headers, body) = ask(&[(RANGE, "bytes=2-4"), (IF_RANGE, &etag)]).await;
    assert_eq!((status, body.as_str()), (StatusCode::PARTIAL_CONTENT, "234"));
    assert_eq!(headers[CONTENT_RANGE], "bytes 2-4/10");

    let (status, _, body) = ask(&[(RANGE, "bytes=2-4"), (IF_RANGE, "\"old\"")]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "0123456789"));

    let (status, headers, body) = ask(&[(RANGE, "bytes=10-")]).await;
    assert_eq!((status, body.as_str()), (StatusCode::RANGE_NOT_SATISFIABLE, ""));
    assert_eq!(headers[CONTENT_RANGE], "bytes */10");

    for known in [etag.as_str(), "*", &format!("\"x\", W/{etag}")] {
        let (status, _, body) = ask(&[(IF_NONE_MATCH, known), (RANGE, "bytes=0-1")]).await;
        assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
    }
}
