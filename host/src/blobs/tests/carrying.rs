//! Files in a bucket, against a server of that protocol.

use http::header::{LOCATION, RANGE};
use http::{HeaderMap, Method, StatusCode};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use tokio::net::TcpListener;

use super::*;
use crate::config::Secret;

/// Long enough for several parts, bytes.
const LONG: usize = 20 * 1024 * 1024 + 1;

/// A storage with one bucket, below `folder`; answers where it is reached.
async fn storage(folder: &TempDir) -> String {
    std::fs::create_dir_all(folder.path().join("s3/files")).expect("a bucket");
    let files = s3s_fs::FileSystem::new(folder.path().join("s3")).expect("a storage");
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single("id", "secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (stream, service) = (TokioIo::new(stream), service.clone());
            tokio::spawn(http1::Builder::new().serve_connection(stream, service));
        }
    });
    format!("http://{address}")
}

fn in_bucket(folder: &TempDir, endpoint: &str, redirect: bool) -> Blobs {
    opened(folder, endpoint, "secret", redirect)
}

fn opened(folder: &TempDir, endpoint: &str, secret: &str, redirect: bool) -> Blobs {
    let mut config = Config::in_directory(folder.path());
    config.blobs.bucket = Some("files".to_owned());
    config.blobs.endpoint = Some(endpoint.to_owned());
    config.blobs.key_id = Some("id".to_owned());
    config.blobs.secret = Some(Secret::from(secret.to_owned()));
    config.blobs.redirect = redirect;
    Blobs::of(&config).expect("a bucket")
}

fn long() -> Vec<u8> {
    (0..LONG).map(|place| u8::try_from(place % 251).expect("a byte")).collect()
}

fn objects(folder: &TempDir) -> usize {
    let found = std::fs::read_dir(folder.path().join("s3/files/blobs")).into_iter().flatten();
    let folders = found.map(|entry| entry.expect("a folder").path());
    folders.map(|folder| std::fs::read_dir(folder).into_iter().flatten().count()).sum()
}

async fn answer(blobs: &Blobs, db: &Db, id: &str, range: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let stored = store::find(db, None, id).await.expect("an answer").expect("a file");
    let mut asked = HeaderMap::new();
    if !range.is_empty() {
        asked.insert(RANGE, range.parse().expect("a range"));
    }
    let sent =
        super::super::respond::send(blobs, &stored, (&Method::GET, &asked), HeaderMap::new());
    let (parts, body) = sent.await.expect("a response").into_parts();
    let body = to_bytes(body, LONG + 1_000).await.expect("its body");
    (parts.status, parts.headers, body.to_vec())
}

#[tokio::test]
async fn files_move_to_the_bucket_and_are_read_from_it_in_parts() {
    for scratch in each().await {
        let folder = TempDir::new().expect("a folder");
        let (db, by) = (scratch.cx.db(), user("alice"));
        // What was kept before there was a bucket moves as well.
        let short = kept(&blobs(&folder), &scratch, "short", "").await.blob_id;
        let blobs = in_bucket(&folder, &storage(&folder).await, false);
        let body = Body::from(long());
        let largest = u64::MAX;
        let file = keep::keep(&blobs, &scratch.cx, ("p", &by), ("n", ""), body, largest).await;
        let file = file.expect("kept").blob_id;
        assert_eq!((files(&folder), objects(&folder)), (2, 0));
        let bucket = blobs.bucket.clone().expect("a bucket");
        assert_eq!(carry::carry(&blobs, &bucket, &db).await.expect("carried"), 2);
        assert_eq!(carry::carry(&blobs, &bucket, &db).await.expect("nothing left"), 0);
        assert_eq!((files(&folder), objects(&folder)), (0, 2));

        assert_eq!(read(&blobs, &db, &short).await.expect("its content"), DIGITS);
        let (status, _, whole) = answer(&blobs, &db, &file, "").await;
        assert!(status == StatusCode::OK && whole == long(), "{status}");
        let (status, _, part) = answer(&blobs, &db, &file, "bytes=-300").await;
        assert_eq!((status, part.as_slice()), (StatusCode::PARTIAL_CONTENT, &long()[LONG - 300..]));
        let (status, headers, several) =
            answer(&blobs, &db, &file, "bytes=1-2,9000000-9000001").await;
        assert_eq!(status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(headers["content-length"], several.len().to_string());

        // The same content again is there already.
        let again = kept(&blobs, &scratch, "again", "").await.blob_id;
        assert_eq!((files(&folder), objects(&folder)), (0, 2));
        for id in [&short, &again, &file] {
            remove(&blobs, &db, "p", id, 1).await.expect("removed");
        }
        assert_eq!((objects(&folder), rows(&db, "host_content").await), (0, 0));
    }
}

#[tokio::test]
async fn whoever_downloads_is_sent_to_the_bucket() {
    let scratch = each().await.remove(0);
    let folder = TempDir::new().expect("a folder");
    let (db, by) = (scratch.cx.db(), user("alice"));
    let blobs = in_bucket(&folder, &storage(&folder).await, true);
    let kind = ("è.bin", "application/x-bin");
    let body = Body::from(long());
    let file = keep::keep(&blobs, &scratch.cx, ("p", &by), kind, body, u64::MAX).await;
    let file = file.expect("kept").blob_id;
    assert_eq!(answer(&blobs, &db, &file, "").await.0, StatusCode::OK, "it is still on disk");
    let bucket = blobs.bucket.clone().expect("a bucket");
    carry::carry(&blobs, &bucket, &db).await.expect("carried");
    for range in ["", "bytes=5-9"] {
        let (status, headers, _) = answer(&blobs, &db, &file, range).await;
        assert_eq!(
            (status, headers["cache-control"].as_bytes()),
            (StatusCode::FOUND, &b"no-store"[..])
        );
        let address = headers[LOCATION].to_str().expect("an address");
        assert!(!address.contains("secret"), "{address}");
        let mut request = reqwest::Client::new().get(address);
        if !range.is_empty() {
            request = request.header(RANGE, range);
        }
        let response = request.send().await.expect("an answer");
        assert!(response.status().is_success(), "{}", response.status());
        let bytes = response.bytes().await.expect("its body");
        let expected = if range.is_empty() { long() } else { vec![5, 6, 7, 8, 9] };
        assert!(bytes == expected);
        let altered = address.replace("X-Amz-Expires=300", "X-Amz-Expires=3000");
        assert_ne!(altered, address, "five minutes");
        let refused = reqwest::get(altered).await.expect("an answer");
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    }
    let several = answer(&blobs, &db, &file, "bytes=0-1,5-6").await;
    assert_eq!(several.0, StatusCode::PARTIAL_CONTENT, "buckets have no several parts");
}

#[tokio::test]
async fn a_bucket_that_fails_or_a_file_that_goes_meanwhile_harms_nobody() {
    let scratch = each().await.remove(0);
    let folder = TempDir::new().expect("a folder");
    let db = scratch.cx.db();
    let endpoint = storage(&folder).await;
    let blobs = opened(&folder, &endpoint, "another secret", false);
    let bucket = blobs.bucket.clone().expect("a bucket");
    let id = kept(&blobs, &scratch, "n", "").await.blob_id;
    let failed = carry::carry(&blobs, &bucket, &db).await.expect_err("refused");
    assert_eq!(failed.kind, FaultKind::Unavailable);
    assert!(!failed.message.contains("another secret"), "{failed}");
    assert_eq!(read(&blobs, &db, &id).await.expect("from the disk"), DIGITS);

    // On its way, it is left to whoever carries it; a crash leaves it to the sweep.
    remove(&blobs, &db, "p", &id, 1).await.expect("removed");
    assert_eq!((files(&folder), rows(&db, "host_content").await), (1, 1));
    let blobs = in_bucket(&folder, &endpoint, false);
    sweep(&blobs, &db, i64::MAX).await.expect("swept");
    assert_eq!((files(&folder), rows(&db, "host_content").await), (0, 0));
}
