//! What is sent of a file.

use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE,
};
use http::{HeaderMap, HeaderName, Method, StatusCode};
use plugin_api::page::BLOB_NAME;

use super::*;

type Headers<'a> = &'a [(HeaderName, &'a str)];

fn map(headers: Headers<'_>) -> HeaderMap {
    let header =
        |(name, value): &(HeaderName, &str)| (name.clone(), value.parse().expect("a value"));
    headers.iter().map(header).collect()
}

struct File {
    blobs: Blobs,
    stored: crate::store::blobs::Stored,
    _folder: TempDir,
    _scratch: Scratch,
}

impl File {
    async fn new() -> Self {
        let scratch = each().await.remove(0);
        let folder = TempDir::new().expect("a folder");
        let blobs = blobs(&folder);
        let info = kept(&blobs, &scratch, "è \"1\".html", "text/html").await;
        let stored = store::find(&scratch.cx.db(), None, &info.blob_id).await.expect("an answer");
        let stored = stored.expect("it was kept");
        Self { blobs, stored, _folder: folder, _scratch: scratch }
    }

    async fn ask(
        &self,
        method: &Method,
        headers: Headers<'_>,
        said: Headers<'_>,
    ) -> (StatusCode, HeaderMap, String) {
        let asked = map(headers);
        let asked = (method, &asked);
        let sent = super::super::respond::send(&self.blobs, &self.stored, asked, map(said));
        let (parts, body) = sent.await.expect("a response").into_parts();
        let body = to_bytes(body, 10_000).await.expect("its body");
        let body = String::from_utf8(body.to_vec()).expect("text");
        (parts.status, parts.headers, body)
    }

    async fn get(&self, headers: Headers<'_>) -> (StatusCode, HeaderMap, String) {
        self.ask(&Method::GET, headers, &[]).await
    }
}

#[tokio::test]
async fn a_response_carries_the_part_that_was_asked_for() {
    let file = File::new().await;
    let etag = format!("\"{HASH}\"");
    let (status, headers, body) = file.get(&[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, DIGITS));
    assert_eq!(headers[ETAG], etag);
    let saved = "attachment; filename*=UTF-8''%C3%A8%20%221%22%2Ehtml";
    assert_eq!(headers[CONTENT_DISPOSITION], saved);
    let modified = headers[LAST_MODIFIED].to_str().expect("a date").to_owned();

    for version in [etag.as_str(), modified.as_str()] {
        let (status, headers, body) = file.get(&[(RANGE, "bytes=2-4"), (IF_RANGE, version)]).await;
        assert_eq!((status, body.as_str()), (StatusCode::PARTIAL_CONTENT, "234"));
        assert_eq!(headers[CONTENT_RANGE], "bytes 2-4/10");
        assert_eq!(headers[CONTENT_LENGTH], "3");
    }
    for version in ["\"old\"", "Thu, 01 Jan 2026 00:00:00 GMT"] {
        let (status, _, body) = file.get(&[(RANGE, "bytes=2-4"), (IF_RANGE, version)]).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, DIGITS), "{version}");
    }

    let (status, headers, body) = file.get(&[(RANGE, "bytes=10-")]).await;
    assert_eq!((status, body.as_str()), (StatusCode::RANGE_NOT_SATISFIABLE, ""));
    assert_eq!(headers[CONTENT_RANGE], "bytes */10");

    let listed = format!("\"x\", W/{etag}");
    for known in [
        (IF_NONE_MATCH, etag.as_str()),
        (IF_NONE_MATCH, "*"),
        (IF_NONE_MATCH, listed.as_str()),
        (IF_MODIFIED_SINCE, modified.as_str()),
    ] {
        let (status, headers, body) = file.get(&[known.clone(), (RANGE, "bytes=0-1")]).await;
        assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known:?}");
        assert_eq!(headers[ETAG], etag);
    }
}

#[tokio::test]
async fn several_parts_are_one_body_of_the_length_it_says() {
    let file = File::new().await;
    let (status, headers, body) = file.get(&[(RANGE, "bytes=7-8,0-1,-1")]).await;
    assert_eq!(status, StatusCode::PARTIAL_CONTENT);
    let kind = headers[CONTENT_TYPE].to_str().expect("a type");
    let boundary = kind.strip_prefix("multipart/byteranges; boundary=").expect("parts");
    let part = |range: &str, bytes: &str| {
        format!(
            "--{boundary}\r\nContent-Type: text/html\r\n\
             Content-Range: bytes {range}/10\r\n\r\n{bytes}\r\n"
        )
    };
    let parts = [part("7-8", "78"), part("0-1", "01"), part("9-9", "9")].concat();
    assert_eq!(body, format!("{parts}--{boundary}--\r\n"));
    assert_eq!(headers[CONTENT_LENGTH], body.len().to_string());
    assert!(!headers.contains_key(CONTENT_RANGE));

    let many = format!("bytes={}", vec!["0-"; 900].join(","));
    let (status, headers, body) = file.get(&[(RANGE, &many)]).await;
    assert_eq!(
        (status, body.as_str()),
        (StatusCode::PARTIAL_CONTENT, DIGITS),
        "not more than it is"
    );
    assert_eq!(headers[CONTENT_RANGE], "bytes 0-9/10");
}

#[tokio::test]
async fn a_head_is_that_of_the_whole_file() {
    let file = File::new().await;
    let (status, headers, body) = file.ask(&Method::HEAD, &[(RANGE, "bytes=2-4")], &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert!(!headers.contains_key(CONTENT_RANGE));
    assert_eq!(headers[CONTENT_LENGTH], "10");
}

#[tokio::test]
async fn a_plugin_may_say_how_its_file_is_sent() {
    let file = File::new().await;
    let said = [
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (CONTENT_TYPE, "text/plain"),
        (CONTENT_LENGTH, "0"),
        (BLOB_NAME, "a%20%C3%A8"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let (_, headers, body) = file.ask(&Method::GET, &[], &said).await;
    assert_eq!(body, DIGITS);
    assert_eq!(headers[CONTENT_LENGTH], "10");
    assert_eq!(headers[CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(headers[CONTENT_TYPE], "text/plain");
    assert_eq!(headers[CONTENT_DISPOSITION], "inline; filename*=UTF-8''a%20%C3%A8");
    assert_eq!(headers[ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(!headers.contains_key(BLOB_NAME));
    let (status, headers, _) = file.ask(&Method::GET, &[(RANGE, "bytes=0-0,2-2")], &said).await;
    assert_eq!(status, StatusCode::PARTIAL_CONTENT);
    assert!(headers[CONTENT_TYPE].to_str().expect("a type").starts_with("multipart/byteranges"));
}
