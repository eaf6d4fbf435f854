//! `ETag` and `If-Match` (RFC 9110 §8.8.3, §13.1.1): a change names the version it was made from.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::response::{IntoResponse, Response};
use http::header::{ETAG, IF_MATCH, LOCATION};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use crate::{Json, Problem};

/// The `ETag` of a version.
pub fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// A thing with its version as `ETag`.
pub fn answer(body: impl Serialize, version: i64) -> Response {
    let mut response = Json(body).into_response();
    if let Ok(etag) = HeaderValue::from_str(&etag(version)) {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

/// A thing that was just made (201), of version 1, with its address: a path.
pub fn created(body: impl Serialize, path: &str) -> Response {
    let mut response = answer(body, 1);
    *response.status_mut() = StatusCode::CREATED;
    if let Ok(location) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// The header `If-Match`; a request without it is refused with 428.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(String);

impl IfMatch {
    /// Refuses with 412 unless the header names this version.
    pub fn check(&self, version: i64) -> Result<(), Problem> {
        // A weak tag never matches here, and `*` matches whatever exists.
        let matches =
            self.0.split(',').map(str::trim).any(|tag| tag == "*" || tag == etag(version));
        if matches { Ok(()) } else { Err(failed()) }
    }
}

/// 412: somebody else changed it.
pub fn failed() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, "precondition_failed")
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(header) = parts.headers.get(IF_MATCH) else {
            return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "precondition_required"));
        };
        Ok(Self(header.to_str().unwrap_or_default().to_owned()))
    }
}

/// Where the header may be left out.
impl<S: Sync> OptionalFromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Problem> {
        let header = parts.headers.get(IF_MATCH);
        Ok(header.map(|header| Self(header.to_str().unwrap_or_default().to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_version_matches() {
        let matches = |header: &str| IfMatch(header.to_owned()).check(3).is_ok();
        assert!(matches("\"3\"") && matches("\"1\", \"3\"") && matches("*"));
        assert!(!matches("\"4\"") && !matches("W/\"3\"") && !matches("3") && !matches(""));
    }
}
