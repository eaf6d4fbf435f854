//! What is kept, once, and what goes.

use futures_util::future::join_all;
use futures_util::stream;

use super::*;
use crate::store::blobs::NewBlob;

#[tokio::test]
async fn a_file_is_kept_found_by_its_plugin_and_removed() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let (blobs, db) = (blobs(&folder), scratch.cx.db());
        let info = kept(&blobs, &scratch, "a\r\nb.txt", "text/plain").await;
        assert_eq!((info.size, info.sha256.as_str(), info.name.as_str()), (10, HASH, "ab.txt"));
        let id = info.blob_id.as_str();
        let found = async |plugin| {
            let stored = store::find(&db, plugin, id).await.expect("an answer");
            stored.map(|stored| stored.info)
        };
        assert_eq!(found(Some("p")).await, Some(info.clone()));
        assert_eq!(found(None).await, Some(info.clone()));
        assert_eq!(found(Some("q")).await, None);
        assert_eq!(read(&blobs, &db, id).await.expect("its content"), DIGITS);
        let foreign = remove(&blobs, &db, "q", id, 1).await.expect_err("another plugin's");
        assert_eq!(foreign.kind, FaultKind::NotFound);
        assert_eq!(files(&folder), 1);
        remove(&blobs, &db, "p", id, 1).await.expect("removed");
        assert_eq!((files(&folder), found(None).await), (0, None));
        assert_eq!((rows(&db, "host_blob").await, rows(&db, "host_content").await), (0, 0));
    }
}

#[tokio::test]
async fn the_same_content_is_kept_once_until_the_last_file_with_it_goes() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let (blobs, db) = (blobs(&folder), scratch.cx.db());
        let first = kept(&blobs, &scratch, "first", "").await.blob_id;
        let second = kept(&blobs, &scratch, "second", "").await.blob_id;
        assert_ne!(first, second);
        assert_eq!((files(&folder), rows(&db, "host_content").await), (1, 1));
        remove(&blobs, &db, "p", &first, 1).await.expect("removed");
        assert_eq!(read(&blobs, &db, &second).await.expect("still there"), DIGITS);
        remove(&blobs, &db, "p", &second, 1).await.expect("removed");
        assert_eq!((files(&folder), rows(&db, "host_content").await), (0, 0));
        let third = kept(&blobs, &scratch, "third", "").await.blob_id;
        assert_eq!(read(&blobs, &db, &third).await.expect("written anew"), DIGITS);
    }
}

#[tokio::test]
async fn who_keeps_and_removes_the_same_content_at_once_never_loses_it() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let (blobs, db) = (blobs(&folder), scratch.cx.db());
        let (blobs, db) = (&blobs, &db);
        let lives = (0..8).map(|life| {
            let cx = scratch.cx.clone();
            async move {
                let by = user("alice");
                let mut left: Option<String> = None;
                for _ in 0..4 {
                    let body = Body::from(DIGITS);
                    let kept = keep::keep(blobs, &cx, ("p", &by), ("n", ""), body, 10);
                    // Deadlocks of the database are its users' to try again.
                    let Ok(info) = kept.await else { continue };
                    assert_eq!(read(blobs, db, &info.blob_id).await.expect("there"), DIGITS);
                    if life % 2 == 0 {
                        let _ = remove(blobs, db, "p", &info.blob_id, 1).await;
                    } else {
                        left = Some(info.blob_id);
                    }
                }
                left
            }
        });
        for id in join_all(lives).await.into_iter().flatten() {
            assert_eq!(read(blobs, db, &id).await.expect("still there"), DIGITS);
        }
        sweep(blobs, db, i64::MAX).await.expect("swept");
        assert_eq!((files(&folder), rows(db, "host_content").await), (1, 1));
    }
}

#[tokio::test]
async fn what_is_too_large_or_breaks_off_leaves_nothing() {
    let scratch = each().await.remove(0);
    let folder = TempDir::new().expect("a folder");
    let (blobs, by) = (blobs(&folder), user("alice"));
    let broken = stream::iter([Ok("half"), Err(std::io::Error::other("gone"))]);
    let cases = [
        (Body::from("01234567890"), FaultKind::TooLarge),
        (Body::from_stream(broken), FaultKind::Invalid),
    ];
    for (body, kind) in cases {
        let kept = keep::keep(&blobs, &scratch.cx, ("p", &by), ("n", ""), body, 10).await;
        assert_eq!(kept.expect_err("refused").kind, kind);
    }
    assert_eq!((files(&folder), rows(&scratch.cx.db(), "host_blob").await), (0, 0));
}

#[tokio::test]
async fn what_a_crash_left_behind_is_swept_after_a_day() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let (blobs, db) = (blobs(&folder), scratch.cx.db());
        let whole = kept(&blobs, &scratch, "n", "").await;
        let lie = |id: &str, text: &str| {
            let path = blobs.path(id).expect("a path").with_extension(text);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, "half").expect("written");
        };
        let half = "0199d7c0-0000-7000-8000-00000000abcd";
        let new = NewBlob {
            blob_id: half,
            plugin: "p",
            name: "n",
            content_type: "",
            organisation_id: "",
            created_by: "",
        };
        db.execute(store::begin(new, 1)).await.expect("begun");
        lie(half, "part");
        // Its last file went, and the process with it.
        let unused = "0199d7c0-0000-7000-8000-00000000abce";
        db.execute(contents::spare(unused, 4, 1)).await.expect("unused");
        lie(unused, "");
        let swept = async |now| sweep(&blobs, &db, now).await.expect("swept");
        assert_eq!((files(&folder), swept(DAY).await), (3, 0), "they may still be written");
        assert_eq!(swept(DAY + 2).await, 2);
        assert_eq!((files(&folder), swept(i64::MAX).await), (1, 0));
        assert_eq!(read(&blobs, &db, &whole.blob_id).await.expect("untouched"), DIGITS);
    }
}

#[test]
fn no_id_leads_out_of_the_folder() {
    let blobs = Blobs::of(&Config::in_directory("/data")).expect("no bucket");
    let id = "0199d7c0-0000-7000-8000-00000000abcd";
    let path = blobs.path(id).expect("a path");
    assert_eq!(path.to_str(), Some(&*format!("/data/blobs/ab/cd/{id}")));
    let dots = "../".repeat(12);
    for id in
        ["", "x", dots.as_str(), "0199d7c0-0000-7000-8000-00000000abcD", "é".repeat(18).as_str()]
    {
        assert_eq!(blobs.path(id).expect_err("no id").kind, FaultKind::NotFound, "{id}");
    }
}
