//! What a plugin answered, with what tests look at.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use plugin_api::page::{NOTICE, TITLE};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers, as the plugin set them.
    pub headers: HeaderMap,
    /// Body.
    pub bytes: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("the body is UTF-8")
    }

    /// The body of a page.
    ///
    /// # Panics
    /// When the answer is no HTML.
    pub fn html(&self) -> &str {
        let content_type = self.header("content-type").unwrap_or_default();
        assert!(content_type.starts_with("text/html"), "not a page: {self}");
        self.text()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Json {
        self.read()
    }

    /// The body as a `T`.
    ///
    /// # Panics
    /// When it cannot be read as one.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// The value of a header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The title of a page; empty when it has none.
    pub fn title(&self) -> String {
        self.decoded(TITLE.as_str())
    }

    /// The sentence the next page shows; empty when there is none.
    pub fn notice(&self) -> String {
        self.decoded(NOTICE.as_str())
    }

    /// Where a redirect leads; empty when it is none.
    pub fn location(&self) -> String {
        self.header("location").unwrap_or_default().to_owned()
    }

    /// The `codice` of a problem document; empty when the answer is none.
    pub fn problem(&self) -> String {
        if self.header("content-type") != Some("application/problem+json") {
            return String::new();
        }
        self.json()["codice"].as_str().unwrap_or_default().to_owned()
    }

    /// The answer itself, if its status is `status`.
    ///
    /// # Panics
    /// When it is another one; the message holds the whole answer.
    #[expect(clippy::return_self_not_must_use, reason = "it is an assertion too")]
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert!(self.status.as_u16() == status, "expected {status}, got {self}");
        self
    }

    fn decoded(&self, name: &str) -> String {
        let value = self.header(name).unwrap_or_default();
        percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned()
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, String::from_utf8_lossy(&self.bytes))
    }
}
