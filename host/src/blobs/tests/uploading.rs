//! Files that come in parts.

use futures_util::stream;

use super::upload::Uploads;
use super::*;

fn uploads<'a>(blobs: &'a Blobs, scratch: &'a Scratch, by: &'a Caller) -> Uploads<'a> {
    Uploads { blobs, cx: &scratch.cx, plugin: "p", caller: by, largest: 10 }
}

fn new(length: u64) -> NewUpload {
    let text = |text: &str| text.to_owned();
    NewUpload { name: text("a"), content_type: text("x/y"), length, note: text("for what") }
}

fn conflict<T: std::fmt::Debug>(answer: Result<T, Fault>) -> String {
    let fault = answer.expect_err("elsewhere");
    assert_eq!(fault.kind, FaultKind::Conflict);
    fault.subject
}

#[tokio::test]
async fn an_upload_goes_on_where_it_broke_off() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let by = user("alice");
        let (first, db) = (blobs(&folder), scratch.cx.db());
        let id = uploads(&first, &scratch, &by).begin(new(10)).await.expect("begun").upload_id;
        let broken = stream::iter([Ok("01"), Ok("23"), Err(std::io::Error::other("gone"))]);
        let told = uploads(&first, &scratch, &by).append(&id, 0, Body::from_stream(broken)).await;
        assert_eq!(told.expect("what arrived stays").offset, 4);
        // What was never vouched for is not believed: the process went away while it wrote.
        let path = first.path(&id).expect("a path").with_extension("part");
        std::fs::write(&path, "0123xx").expect("written");

        // Another process.
        let second = blobs(&folder);
        let uploads = uploads(&second, &scratch, &by);
        let told = uploads.get(&id).await.expect("known");
        assert_eq!((told.offset, told.length, told.note.as_str()), (4, 10, "for what"));
        assert!(told.expires_at > scratch.cx.now() + 6 * DAY);
        assert_eq!(conflict(uploads.append(&id, 6, Body::from("6789")).await), "4");
        assert_eq!(conflict(uploads.finish(&id).await), "4");
        let long = uploads.append(&id, 4, Body::from("4567890")).await;
        assert_eq!(long.expect_err("too long").kind, FaultKind::TooLarge);
        let told = uploads.append(&id, 4, Body::from("456789")).await.expect("the rest");
        assert!(told.is_complete());
        let info = uploads.finish(&id).await.expect("a file");
        assert_eq!((info.blob_id.as_str(), info.sha256.as_str(), info.size), (&*id, HASH, 10));
        assert_eq!(read(&second, &db, &id).await.expect("its content"), DIGITS);
        assert_eq!(uploads.get(&id).await.expect_err("over").kind, FaultKind::NotFound);
        assert_eq!((files(&folder), rows(&db, "host_upload").await), (1, 0));
    }
}

#[tokio::test]
async fn an_upload_of_what_is_there_already_takes_no_room() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let (blobs, by, db) = (blobs(&folder), user("alice"), scratch.cx.db());
        kept(&blobs, &scratch, "n", "").await;
        let uploads = uploads(&blobs, &scratch, &by);
        let id = uploads.begin(new(10)).await.expect("begun").upload_id;
        uploads.append(&id, 0, Body::from(DIGITS)).await.expect("all of it");
        uploads.finish(&id).await.expect("a file");
        assert_eq!(read(&blobs, &db, &id).await.expect("its content"), DIGITS);
        assert_eq!((files(&folder), rows(&db, "host_content").await), (1, 1));
        let empty = uploads.begin(new(0)).await.expect("begun").upload_id;
        assert_eq!(uploads.finish(&empty).await.expect("nothing to wait for").size, 0);
        assert_eq!(read(&blobs, &db, &empty).await.expect("its content"), "");
    }
}

#[tokio::test]
async fn an_upload_is_whose_it_is_and_goes_when_forgotten_or_after_a_week() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let (blobs, alice, bob) = (blobs(&folder), user("alice"), user("bob"));
        let hers = uploads(&blobs, &scratch, &alice);
        let too_long = hers.begin(new(11)).await.expect_err("too long");
        assert_eq!(too_long.kind, FaultKind::TooLarge);
        let id = hers.begin(new(10)).await.expect("begun").upload_id;
        let his = uploads(&blobs, &scratch, &bob);
        let other = Uploads { plugin: "q", ..uploads(&blobs, &scratch, &alice) };
        for foreign in [his, other] {
            assert_eq!(foreign.get(&id).await.expect_err("hers").kind, FaultKind::NotFound);
            assert_eq!(foreign.abort(&id).await.expect_err("hers").kind, FaultKind::NotFound);
        }
        assert_eq!(files(&folder), 1);
        hers.abort(&id).await.expect("forgotten");
        assert_eq!(files(&folder), 0);
        let id = hers.begin(new(10)).await.expect("begun").upload_id;
        hers.append(&id, 0, Body::from("01")).await.expect("a part");
        let (db, now) = (scratch.cx.db(), scratch.cx.now());
        assert_eq!(sweep(&blobs, &db, now + 6 * DAY).await.expect("swept"), 0);
        assert_eq!(sweep(&blobs, &db, now + 8 * DAY).await.expect("swept"), 1);
        assert_eq!((files(&folder), rows(&db, "host_upload").await), (0, 0));
    }
}

#[tokio::test]
async fn who_comes_back_need_not_wait_for_a_connection_that_hangs() {
    let scratch = each().await.remove(0);
    let folder = TempDir::new().expect("a folder");
    let (blobs, by) = (blobs(&folder), user("alice"));
    let uploads = uploads(&blobs, &scratch, &by);
    let id = uploads.begin(new(10)).await.expect("begun").upload_id;
    let hangs = futures_util::StreamExt::chain(
        stream::iter([Ok::<_, std::io::Error>("0123")]),
        stream::pending(),
    );
    let hanging = uploads.append(&id, 0, Body::from_stream(hangs));
    let again = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let offset = uploads.get(&id).await.expect("known").offset;
        uploads.append(&id, offset, Body::from("456789")).await
    };
    let (hanging, again) = tokio::join!(hanging, again);
    assert_eq!(hanging.expect("cut off").offset, 4);
    assert!(again.expect("the rest").is_complete());
    assert_eq!(uploads.finish(&id).await.expect("a file").sha256, HASH);
}
