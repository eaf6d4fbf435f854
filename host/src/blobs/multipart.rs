//! Several parts of a file in one body: `multipart/byteranges` (RFC 9110 §14.6).

use std::io;

use axum::body::{Body, Bytes};
use futures_util::stream;
use futures_util::{StreamExt as _, TryStreamExt as _};

use super::range::Part;
use super::source::Source;

/// Parts that are opened before they are sent.
const AHEAD: usize = 8;

/// Parts of a file, each with its head.
pub(super) struct Multipart {
    boundary: String,
    parts: Vec<(String, Part)>,
    end: String,
}

impl Multipart {
    /// `parts` of a file of `size` bytes; `boundary` is in none of them.
    pub(super) fn new(boundary: &str, parts: Vec<Part>, content_type: &str, size: u64) -> Self {
        // The first boundary stands at the very beginning: some clients count on it.
        let head = |(place, part): (usize, Part)| {
            let before = if place == 0 { "" } else { "\r\n" };
            let Part { start, end } = part;
            let head = format!(
                "{before}--{boundary}\r\nContent-Type: {content_type}\r\n\
                 Content-Range: bytes {start}-{end}/{size}\r\n\r\n"
            );
            (head, part)
        };
        Self {
            boundary: boundary.to_owned(),
            parts: parts.into_iter().enumerate().map(head).collect(),
            end: format!("\r\n--{boundary}--\r\n"),
        }
    }

    /// The type of the body.
    pub(super) fn content_type(&self) -> String {
        format!("multipart/byteranges; boundary={}", self.boundary)
    }

    /// The length of the body, bytes.
    pub(super) fn length(&self) -> u64 {
        let parts = self.parts.iter().map(|(head, part)| head.len() as u64 + part.length());
        parts.sum::<u64>() + self.end.len() as u64
    }

    /// The body.
    pub(super) fn body(self, source: Source) -> Body {
        let opened = stream::iter(self.parts).map(move |(head, part)| {
            let source = source.clone();
            async move {
                let content = source.read(part.start, part.length()).await;
                let content = content.map_err(io::Error::other)?;
                Ok::<_, io::Error>(stream::iter([Ok(Bytes::from(head))]).chain(content))
            }
        });
        let parts = opened.buffered(AHEAD).try_flatten();
        Body::from_stream(parts.chain(stream::iter([Ok::<_, io::Error>(Bytes::from(self.end))])))
    }
}
