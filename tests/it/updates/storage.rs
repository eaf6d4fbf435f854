//! Files over HTTP: sent in parts that break off, also with the server; downloaded in parts; kept once;
//! in a bucket.

use std::io::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cockpit_tests::jws::sha256;
use cockpit_tests::{Client, Cockpit, Place, Setup, eventually};
use hyper_util::rt::TokioIo;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::json;

/// Bytes of the file.
const SIZE: usize = 3_000_000;
const NAME: &str = "Acme-9.0.0-setup.exe";

/// An answer with its bytes.
struct Got {
    status: u16,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

async fn get(client: &Client, method: Method, path: &str, headers: &[(&str, &str)]) -> Got {
    let request = headers
        .iter()
        .fold(client.request(method, path), |request, (name, value)| request.header(*name, *value));
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Got { status, headers, bytes: answer.bytes().await.expect("its body").to_vec() }
}

fn content() -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(9);
    std::iter::repeat_with(|| random.u8(..)).take(SIZE).collect()
}

/// A draft of the demo's product, which anybody may have from now on.
async fn draft(vendor: &Client, product: &str) -> String {
    let path = format!("/api/admin/aggiornamenti/{product}");
    let body = json!({ "accesso": "pubblico" });
    vendor.send(vendor.request(Method::PUT, &path).json(&body)).await.assert(200);
    let body = json!({ "prodotto": product, "versione": "9.0.0", "canali": ["stable"] });
    let made = vendor.post("/api/admin/rilasci", &body).await.expect(201).json();
    made["id"].as_str().expect("an id").to_owned()
}

/// How far an upload is.
async fn offset(vendor: &Client, upload: &str) -> usize {
    let told = get(vendor, Method::HEAD, upload, &[("tus-resumable", "1.0.0")]).await;
    assert_eq!(told.status, 200);
    assert_eq!(told.header("upload-length"), SIZE.to_string());
    told.header("upload-offset").parse().expect("a number")
}

async fn part(vendor: &Client, upload: &str, at: usize, bytes: &[u8]) -> u16 {
    let request = vendor
        .request(Method::PATCH, upload)
        .header("tus-resumable", "1.0.0")
        .header("upload-offset", at)
        .header("content-type", "application/offset+octet-stream");
    vendor.send(request.body(bytes.to_vec())).await.status
}

/// Begins a part, sends half of it and says no more; the connection lasts as long as what is answered.
fn broken_off(url: &str, token: &str, upload: &str, at: usize, bytes: &[u8]) -> TcpStream {
    let host = url.strip_prefix("http://").expect("an address");
    let mut connection = TcpStream::connect(host).expect("a connection");
    let head = format!(
        "PATCH {upload} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
         tus-resumable: 1.0.0\r\nupload-offset: {at}\r\n\
         content-type: application/offset+octet-stream\r\ncontent-length: {}\r\n\r\n",
        bytes.len()
    );
    connection.write_all(head.as_bytes()).expect("it is taken");
    connection.write_all(&bytes[..bytes.len() / 2]).expect("it is taken");
    connection
}

/// Sends the file in parts, of which some break off, through a kill of the server; then it is published.
async fn sent(cockpit: Cockpit) -> Cockpit {
    let told = cockpit.told().clone();
    let vendor = cockpit.software();
    let release = draft(&vendor, &told.updates.product).await;
    let content = content();
    let named =
        format!("filename {},rilascio {}", STANDARD.encode(NAME), STANDARD.encode(&release));
    let begin = vendor
        .request(Method::POST, "/api/admin/caricamenti")
        .header("tus-resumable", "1.0.0")
        .header("upload-length", SIZE)
        .header("upload-metadata", named);
    let begun = vendor.send(begin).await.expect(201);
    let upload = begun.header("location").to_owned();
    let upload = upload.strip_prefix(&cockpit.url).unwrap_or(&upload).to_owned();

    assert_eq!(part(&vendor, &upload, 0, &content[..1_000_000]).await, 204);
    assert_eq!(part(&vendor, &upload, 999_999, &content[..10]).await, 409, "not where it ends");
    drop(broken_off(&cockpit.url, &told.token, &upload, 1_000_000, &content[1_000_000..2_000_000]));
    eventually("the part that came is kept, or nothing of it", || async {
        (1_000_000..=1_500_000).contains(&offset(&vendor, &upload).await)
    })
    .await;
    let at = offset(&vendor, &upload).await;
    let connection = broken_off(&cockpit.url, &told.token, &upload, at, &content[at..]);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let place = cockpit.kill();
    drop(connection);

    let cockpit = Cockpit::serve(place).await;
    let vendor = Client::with_token(&cockpit.url, &told.token);
    let at = offset(&vendor, &upload).await;
    assert!((1_000_000..SIZE).contains(&at), "{at}");
    let files = vendor.get(&format!("/api/admin/rilasci/{release}/file")).await.expect(200).json();
    assert_eq!(files, json!([]), "half a file is none");
    assert_eq!(part(&vendor, &upload, at, &content[at..]).await, 204);
    let files = vendor.get(&format!("/api/admin/rilasci/{release}/file")).await.expect(200).json();
    assert_eq!((&files[0]["nome"], &files[0]["dimensione"]), (&json!(NAME), &json!(SIZE)));
    assert_eq!(files[0]["sha256"], sha256(&content).as_str());
    // The same content under another name takes no room.
    let again = format!("/api/admin/rilasci/{release}/file/Acme-9.0.0-x64.msi");
    vendor.send(vendor.request(Method::PUT, &again).body(content)).await.assert(200);
    let publish = format!("/api/admin/rilasci/{release}/pubblica");
    vendor.post(&publish, &json!({ "conferma_avvisi": true })).await.assert(200);
    cockpit
}

/// Files below `folder` of the length of ours.
fn copies(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let count = |path: std::path::PathBuf| {
        if path.is_dir() {
            return copies(&path);
        }
        usize::from(path.metadata().is_ok_and(|about| about.len() == SIZE as u64))
    };
    paths.map(count).sum()
}

/// Parts, conditions, and what is packed.
async fn downloads(client: &Client, base: &str) {
    let (content, path) = (content(), format!("{base}/files/9.0.0/{NAME}"));
    let whole = get(client, Method::GET, &path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(
        (whole.status, whole.header("content-encoding")),
        (200, ""),
        "files stay as they are"
    );
    assert!(whole.bytes == content, "byte for byte");
    let etag = whole.header("etag").to_owned();
    assert_eq!(etag, format!("\"{}\"", sha256(&content)));
    let head = get(client, Method::HEAD, &path, &[]).await;
    assert_eq!((head.status, head.header("content-length"), head.bytes.len()), (200, "3000000", 0));
    assert_eq!(head.header("accept-ranges"), "bytes");
    let known = get(client, Method::GET, &path, &[("if-none-match", &etag)]).await;
    assert_eq!((known.status, known.bytes.len()), (304, 0));

    for (range, start, end) in [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=2999990-", 2_999_990, SIZE),
        ("bytes=-5", SIZE - 5, SIZE),
        ("bytes=2999990-9999999", 2_999_990, SIZE),
    ] {
        let part = get(client, Method::GET, &path, &[("range", range)]).await;
        assert_eq!((part.status, &*part.bytes), (206, &content[start..end]), "{range}");
        let told = format!("bytes {start}-{}/{SIZE}", end - 1);
        assert_eq!(part.header("content-range"), told, "{range}");
    }
    let beyond = get(client, Method::GET, &path, &[("range", "bytes=3000000-")]).await;
    assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */3000000"));
    for (tag, status) in [(etag.as_str(), 206), ("\"other\"", 200)] {
        let headers = [("range", "bytes=10-19"), ("if-range", tag)];
        assert_eq!(get(client, Method::GET, &path, &headers).await.status, status, "{tag}");
    }
    let several = get(client, Method::GET, &path, &[("range", "bytes=0-9,20-29,-10")]).await;
    assert_eq!(several.status, 206);
    let boundary = several.header("content-type").strip_prefix("multipart/byteranges; boundary=");
    let boundary = boundary.expect("several parts").trim_matches('"').to_owned();
    assert_eq!(several.header("content-length"), several.bytes.len().to_string());
    let mut expected = Vec::new();
    for (start, end) in [(0, 10), (20, 30), (SIZE - 10, SIZE)] {
        expected.push(content[start..end].to_vec());
    }
    assert_eq!(parts(&several.bytes, &boundary), expected);

    // What clients ask again and again is packed for who takes that.
    for path in ["metadata/1.root.json", "metadata/timestamp.json", "electron/stable/latest.yml"] {
        let path = format!("{base}/{path}");
        let plain = get(client, Method::GET, &path, &[]).await;
        assert_eq!((plain.status, plain.header("content-encoding")), (200, ""), "{path}");
        let packed = get(client, Method::GET, &path, &[("accept-encoding", "br, gzip")]).await;
        let is_packed = packed.header("content-encoding") == "gzip";
        assert_eq!(is_packed, plain.bytes.len() >= 1024, "{path}: {}", plain.bytes.len());
        assert!(packed.bytes.len() <= plain.bytes.len());
        let tag = plain.header("etag");
        if !tag.is_empty() {
            let again = get(client, Method::GET, &path, &[("if-none-match", tag)]).await;
            assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
        }
    }
}

/// The bodies in `multipart/byteranges`.
fn parts(body: &[u8], boundary: &str) -> Vec<Vec<u8>> {
    let find = |within: &[u8], what: &[u8]| within.windows(what.len()).position(|it| it == what);
    let (mark, mut rest, mut found) = (format!("--{boundary}"), body, Vec::new());
    while let Some(at) = find(rest, mark.as_bytes()) {
        rest = &rest[at + mark.len()..];
        let Some(begin) = find(rest, b"\r\n\r\n") else { break };
        let end = find(rest, mark.as_bytes()).expect("an end");
        found.push(rest[begin + 4..end - 2].to_vec());
    }
    found
}

/// Everything on the disk.
pub(super) async fn on_the_disk(setup: Setup) {
    let cockpit = Cockpit::demo(setup).await;
    let base = format!("/u/~{}", cockpit.told().updates.product);
    let cockpit = sent(cockpit).await;
    assert_eq!(copies(&cockpit.place.data().join("blobs")), 1, "the same content is kept once");
    downloads(&cockpit.anonymous(), &base).await;
}

/// A storage with one bucket below `folder`; answers where it is reached.
async fn storage(folder: &Path) -> String {
    std::fs::create_dir_all(folder.join("files")).expect("a bucket");
    let files = s3s_fs::FileSystem::new(folder).expect("a storage");
    let mut service = s3s::service::S3ServiceBuilder::new(files);
    service.set_auth(s3s::auth::SimpleAuth::from_single("id", "secret"));
    let service = service.build();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service.clone());
            tokio::spawn(connection);
        }
    });
    format!("http://{address}")
}

/// Everything in a bucket: files move there, and who downloads is sent there for a few minutes.
pub(super) async fn in_a_bucket() {
    let place = Place::prepared(Setup::PLAIN).await;
    let bucket = place.file("bucket");
    let endpoint = storage(&bucket).await;
    let place = place
        .with("COCKPIT_BLOBS__BUCKET", "files")
        .with("COCKPIT_BLOBS__ENDPOINT", &endpoint)
        .with("COCKPIT_BLOBS__KEY_ID", "id")
        .with("COCKPIT_BLOBS__SECRET", "secret");
    let cockpit = Cockpit::demo_in(place).await;
    let base = format!("/u/~{}", cockpit.told().updates.product);
    let cockpit = sent(cockpit).await;
    let blobs = cockpit.place.data().join("blobs");
    eventually("the file moves to the bucket", || async { copies(&blobs) == 0 }).await;
    assert_eq!(copies(&bucket), 1, "the same content is kept once");
    downloads(&cockpit.anonymous(), &base).await;

    let place = cockpit.stop().await.with("COCKPIT_BLOBS__REDIRECT", "true");
    let cockpit = Cockpit::serve(place).await;
    let client = cockpit.anonymous();
    let path = format!("{base}/files/9.0.0/{NAME}");
    let sent = get(&client, Method::GET, &path, &[]).await;
    assert_eq!(sent.status, 302);
    let address = sent.header("location").to_owned();
    assert!(address.starts_with(&endpoint) && address.contains("X-Amz-Expires=300"), "{address}");
    assert!(!address.contains(&base), "nobody's secret goes there");
    let elsewhere = Client::anonymous(&endpoint);
    let whole = get(&elsewhere, Method::GET, &address, &[]).await;
    assert!(whole.status == 200 && whole.bytes == content(), "byte for byte");
    let part = get(&elsewhere, Method::GET, &address, &[("range", "bytes=100-199")]).await;
    assert_eq!((part.status, &*part.bytes), (206, &content()[100..200]));
    let forged = address.replacen("X-Amz-Expires=300", "X-Amz-Expires=30000", 1);
    assert_eq!(get(&elsewhere, Method::GET, &forged, &[]).await.status, 403, "it is signed");
}
