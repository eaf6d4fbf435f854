//! A cockpit somewhere, asked with a token.

use std::path::Path;
use std::time::Duration;

use futures_util::stream;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value as Json;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

use super::progress::Progress;
use crate::cli::Failure;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How much of a file is read at once, bytes.
const PIECE: usize = 256 * 1024;

/// A cockpit and the token for it.
pub(super) struct Remote {
    client: Client,
    base: String,
    token: String,
}

impl Remote {
    /// The cockpit at `url`; an address without TLS is for this machine only.
    pub(super) fn at(url: &str, token: &str) -> Result<Self, Failure> {
        let base = url.trim_end_matches('/').to_owned();
        let read = reqwest::Url::parse(&base)
            .map_err(|error| Failure::refused(format!("{url} is no address: {error}")))?;
        let is_near = matches!(read.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if read.scheme() != "https" && !is_near {
            let told = format!("{url} is not encrypted: the token would be read on the way");
            return Err(Failure::refused(told));
        }
        // A redirect would carry the token to somebody nobody named.
        let redirects = reqwest::redirect::Policy::none();
        let client = Client::builder().connect_timeout(CONNECT).redirect(redirects).build();
        let client = client.map_err(Failure::refused)?;
        Ok(Self { client, base, token: token.to_owned() })
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    /// What it answers to a question.
    pub(super) async fn get(&self, path: &str) -> Result<Json, Failure> {
        read(self.request(Method::GET, path).send().await).await
    }

    /// What it answers to something that may be repeated with the same `key`.
    pub(super) async fn post(&self, path: &str, key: &str, body: &Json) -> Result<Json, Failure> {
        let request = self.request(Method::POST, path).header("idempotency-key", key).json(body);
        read(request.send().await).await
    }

    /// Sends a file as it lies on the disk.
    pub(super) async fn put(&self, path: &str, file: &Path) -> Result<Json, Failure> {
        let unreadable = |error| Failure::refused(format!("{}: {error}", file.display()));
        let open = File::open(file).await.map_err(unreadable)?;
        let length = open.metadata().await.map_err(unreadable)?.len();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let begun = (open, Progress::of(&name, length));
        let pieces = stream::try_unfold(begun, |(mut open, mut progress)| async move {
            let mut piece = vec![0; PIECE];
            let count = open.read(&mut piece).await?;
            piece.truncate(count);
            progress.more(count);
            Ok::<_, std::io::Error>((count > 0).then_some((piece, (open, progress))))
        });
        let body = reqwest::Body::wrap_stream(pieces);
        let request = self.request(Method::PUT, path).header("content-length", length).body(body);
        read(request.send().await).await
    }
}

/// A part of a path.
pub(super) fn part(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The answer, or what the problem says for people.
async fn read(answer: Result<Response, reqwest::Error>) -> Result<Json, Failure> {
    let answer = answer.map_err(|error| Failure::busy(reasons(&error.without_url())))?;
    let (status, text) = (answer.status(), answer.text().await.map_err(Failure::busy)?);
    let body: Json = serde_json::from_str(&text).unwrap_or_default();
    if status.is_success() {
        return Ok(body);
    }
    let told = problem(status, &body);
    let is_passing = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
    Err(if is_passing { Failure::busy(told) } else { Failure::refused(told) })
}

/// What failed, and what that comes from: the first alone says nothing.
fn reasons(error: &dyn std::error::Error) -> String {
    let all = std::iter::successors(Some(error), |error| error.source());
    all.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// What a problem (RFC 9457) says, with the fields and findings it names.
fn problem(status: StatusCode, body: &Json) -> String {
    let text = |of: &Json, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    let said =
        [text(body, "detail"), text(body, "title"), format!("the cockpit answered {status}")];
    let mut told = said.into_iter().find(|said| !said.is_empty()).unwrap_or_default();
    let parts = ["errors", "avvisi"].iter().filter_map(|name| body[*name].as_array()).flatten();
    for one in parts {
        let words = ["pointer", "detail", "file", "testo"];
        let words: Vec<String> = words.iter().map(|name| text(one, name)).collect();
        let words: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        told.push_str("\n  ");
        told.push_str(&words.join(": "));
    }
    told
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_travels_encrypted_or_not_at_all() {
        assert!(Remote::at("https://cockpit.example.com/", "t").is_ok());
        assert!(Remote::at("http://127.0.0.1:8080", "t").is_ok());
        assert!(Remote::at("http://cockpit.example.com", "t").is_err());
        assert!(Remote::at("cockpit.example.com", "t").is_err());
    }

    #[test]
    fn a_problem_is_told_with_its_fields() {
        let body =
            json!({ "title": "Not valid", "errors": [{ "pointer": "/versione", "detail": "x" }] });
        assert_eq!(problem(StatusCode::UNPROCESSABLE_ENTITY, &body), "Not valid\n  /versione: x");
        assert_eq!(
            problem(StatusCode::BAD_GATEWAY, &Json::Null),
            "the cockpit answered 502 Bad Gateway"
        );
    }
}
