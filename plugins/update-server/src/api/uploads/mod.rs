//! `/api/admin/caricamenti`: files in parts, resumable (tus 1.0.0, <https://tus.io/protocols/resumable-upload>,
//! with the extensions creation and termination).

mod begin;
mod metadata;
mod part;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use plugin_api::{Access, Problem, Routes, routes};

pub(crate) use metadata::BUNDLE;

use crate::PUBLISH;

/// Where uploads begin.
pub(crate) const PATH: &str = "/api/admin/caricamenti";
/// The version of the protocol.
const VERSION: &str = "1.0.0";
/// Says which version is spoken.
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
/// How much of a file there is.
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How long a file will be.
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// The operations.
pub(super) fn routes() -> Routes {
    let publish = Access::permission(PUBLISH);
    Routes::new()
        .api(routes!(begin::handle), &publish)
        .api(routes!(part::head), &publish)
        .merge(Routes::new().api(routes!(part::patch), &publish).taking_files())
        .api(routes!(part::delete), &publish)
}

/// The headers of a request that speaks the protocol; another version is refused with 412.
pub(crate) struct Tus(HeaderMap);

impl<S: Sync> FromRequestParts<S> for Tus {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        if parts.headers.get(RESUMABLE).is_none_or(|version| version != VERSION) {
            return Err(Problem::new(StatusCode::PRECONDITION_FAILED, "tus_versione"));
        }
        Ok(Self(parts.headers.clone()))
    }
}

impl Tus {
    /// The text of a header; empty if it was not sent.
    fn text(&self, name: &HeaderName) -> &str {
        self.0.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The number in a header, which must be there.
    fn number(&self, name: &HeaderName) -> Result<u64, Problem> {
        let number = self.text(name).parse();
        number.map_err(|_| Problem::malformed("tus_intestazione").argument("name", name))
    }
}

/// What every answer says, with how much of the file there is.
fn told(offset: u64) -> [(HeaderName, HeaderValue); 3] {
    [
        (RESUMABLE, HeaderValue::from_static(VERSION)),
        (OFFSET, HeaderValue::from(offset)),
        (axum::http::header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}
