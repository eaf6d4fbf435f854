//! Sends what clients ask again and again as few bytes: nothing to who has it, else packed with gzip
//! where the client takes that. Files are not touched: they are packed already, and asked for in parts.

use std::io::Write as _;

use axum::body::{Body, to_bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use plugin_api::{Fault, Problem};

/// What is shorter goes in one packet as it is, bytes.
const WORTH_IT: usize = 1024;
/// Longer than any feed or metadata, bytes.
const LONGEST: usize = 256 * 1024 * 1024;

/// The answer, whose body was made here, as the client of these headers takes it best.
pub(super) async fn packed(asked: &HeaderMap, response: Response) -> Result<Response, Problem> {
    let (mut parts, body) = response.into_parts();
    parts.headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if parts.headers.get(ETAG).is_some_and(|tag| is_known(asked, tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(CONTENT_LENGTH);
        parts.headers.remove(CONTENT_TYPE);
        return Ok(Response::from_parts(parts, Body::empty()));
    }
    if !takes_gzip(asked) {
        return Ok(Response::from_parts(parts, body));
    }
    let bytes = to_bytes(body, LONGEST).await.map_err(Fault::internal)?;
    if bytes.len() < WORTH_IT {
        return Ok(Response::from_parts(parts, Body::from(bytes)));
    }
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    packer.write_all(&bytes).map_err(Fault::internal)?;
    let bytes = packer.finish().map_err(Fault::internal)?;
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.remove(CONTENT_LENGTH);
    // Another representation has another tag (RFC 9110 §8.8.3.3); a weak one stands for both.
    let tag =
        parts.headers.get(ETAG).and_then(|tag| tag.to_str().ok()).map(|tag| format!("W/{tag}"));
    if let Some(tag) = tag.and_then(|tag| HeaderValue::try_from(tag).ok()) {
        parts.headers.insert(ETAG, tag);
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

/// Whether the client has what this tag stands for (RFC 9110 §13.1.2).
fn is_known(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok());
    let mut known = known.flat_map(|known| known.split(',')).map(str::trim);
    known.any(|known| known.strip_prefix("W/").unwrap_or(known).as_bytes() == tag.as_bytes())
}

/// Whether the client names gzip and does not refuse it (RFC 9110 §12.5.3).
fn takes_gzip(asked: &HeaderMap) -> bool {
    let named = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|named| named.to_str().ok());
    let mut named = named.flat_map(|named| named.split(','));
    named.any(|named| {
        let mut parts = named.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case("gzip"));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map(str::parse::<f32>);
        is_gzip && weight.is_none_or(|weight| weight.is_ok_and(|weight| weight > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(name: &'static str, value: &'static str) -> HeaderMap {
        let name = axum::http::HeaderName::from_static(name);
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_is_for_who_names_it() {
        for (named, takes) in [
            ("gzip", true),
            ("br, GZip;q=0.5", true),
            ("deflate, gzip; q=0.1", true),
            ("gzip;q=0", false),
            ("gzip;q=x", false),
            ("identity", false),
            ("*", false),
            ("", false),
        ] {
            assert_eq!(takes_gzip(&asking("accept-encoding", named)), takes, "{named}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_tag_is_known_in_a_list_and_of_what_was_packed() {
        let tag = HeaderValue::from_static("\"a\"");
        for (known, is) in
            [("\"a\"", true), ("\"b\", W/\"a\"", true), ("\"b\"", false), ("a", false)]
        {
            assert_eq!(is_known(&asking("if-none-match", known), &tag), is, "{known}");
        }
    }
}
