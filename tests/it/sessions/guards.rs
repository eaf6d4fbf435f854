//! Other sites, guessers, and clients that never finish.

use std::time::{Duration, Instant};

use cockpit_tests::{Cockpit, Place, Setup, licences};
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::cookies::served;

#[tokio::test]
async fn a_form_sent_by_another_site_is_refused() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = cockpit.superadmin().await;
    let paths = [
        "/login",
        "/logout",
        "/preferences",
        "/system/modules/unlock",
        "/system/modules/license-generator/switch",
        "/crm/customers/new",
        "/crm/licences/quick",
        "/api/admin/clienti",
    ];
    for path in paths {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
        ] {
            let mut request = browser.request(Method::POST, path).form(&[("on", "false")]);
            if name == "origin" {
                // An older browser, which tells no more than this.
                request = request.header("sec-fetch-site", "");
            }
            let answer = browser.send(request.header(name, value)).await;
            assert_eq!(answer.status, 403, "{path} with {name}: {value}: {}", answer.told());
        }
    }
    browser.get("/crm/licences").await.assert(200);
    // Links from other sites may be followed.
    let request = browser.request(Method::GET, "/crm/licences");
    browser.send(request.header("sec-fetch-site", "cross-site")).await.assert(200);
    // Software in a web page of a customer carries no session: its key is its credential.
    let client = cockpit.anonymous();
    let body = licences::device(&cockpit.told().activation_key, "in a page");
    let request = client.request(Method::POST, "/api/licenze/attiva").json(&body);
    let request = request.header("origin", "https://shop.example");
    client.send(request.header("sec-fetch-site", "cross-site")).await.assert(200);
}

#[tokio::test]
async fn who_guesses_passwords_is_slowed_down() {
    let cockpit = served(Place::new(Setup::PLAIN).await).await;
    let browser = cockpit.browser();
    let mut refused = None;
    for n in 0..30 {
        let answer = browser.sign_in("ann@vendor.example", &format!("guess {n}")).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
        assert_eq!(answer.status, 422, "{}", answer.told());
    }
    let refused = refused.expect("30 guesses are too many");
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=3600).contains(&wait), "{wait}");
    let right = browser.sign_in("ann@vendor.example", "a long enough password").await;
    assert_eq!(right.status, 429, "not even the right one, or guessing would go on");
    let other = browser.sign_in("bob@vendor.example", "x").await;
    assert_eq!(other.status, 422, "other accounts are not touched");
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_guard_it() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = cockpit.superadmin().await;
    for path in [
        "/",
        "/login",
        "/crm/customers",
        "/crm/licences",
        "/system/modules",
        "/no-such-page",
        "/api/admin/clienti",
        "/api/openapi.json",
        "/healthz",
    ] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("require-trusted-types-for 'script'"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        assert!(!answer.headers.contains_key("server"), "{path}");
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{path}");
    }
    let page = browser.get("/crm/customers").await.expect(200);
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_client_that_never_finishes_its_header_is_cut_off_while_others_are_served() {
    let place = Place::new(Setup::PLAIN).await;
    let cockpit = served(place.with("COCKPIT_HTTP__HEADER_TIMEOUT_SECONDS", "2")).await;
    let address = cockpit.url.trim_start_matches("http://").to_owned();
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.expect("it takes that");
        slow.push(stream);
    }
    let started = Instant::now();
    cockpit.anonymous().get("/healthz").await.assert(200);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    for mut stream in slow {
        // A byte now and then does not buy more time.
        let _ = stream.write_all(b"a").await;
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        let ended = tokio::time::timeout(Duration::from_secs(10), ended).await;
        assert!(ended.is_ok(), "it is still open after {:?}", started.elapsed());
    }
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    cockpit.anonymous().get("/healthz").await.assert(200);
}

#[tokio::test]
async fn what_is_no_http_is_refused_and_leaves_the_server_up() {
    let mut cockpit = served(Place::new(Setup::PLAIN).await).await;
    let address = cockpit.url.trim_start_matches("http://").to_owned();
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(200_000));
    let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-A: b\r\n".repeat(5000));
    let smuggled = "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\
        Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let lengths =
        "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab";
    for wrong in
        ["\0\0\0\0", "\x16\x03\x01\x02\x00", &long, &many, smuggled, lengths, "GET\r\n\r\n"]
    {
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        let _ = stream.write_all(wrong.as_bytes()).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        let _ = tokio::time::timeout(Duration::from_secs(15), read).await.expect("it ends");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let shown: String = wrong.chars().take(60).collect();
        assert!(!answer.starts_with("HTTP/1.1 5"), "{shown:?}: {answer}");
        assert!(!answer.starts_with("HTTP/1.1 2"), "{shown:?}: {answer}");
    }
    assert!(cockpit.is_running());
    cockpit.anonymous().get("/healthz").await.assert(200);
}
