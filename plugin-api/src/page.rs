//! A page: a fragment of HTML the host puts into its frame.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, StatusCode};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{Fault, Problem};

/// Carries a fragment's title, percent-encoded UTF-8; its presence asks the host for the frame.
pub const TITLE: HeaderName = HeaderName::from_static("x-cockpit-title");

/// Carries a sentence to show once on the next page, percent-encoded UTF-8.
pub const NOTICE: HeaderName = HeaderName::from_static("x-cockpit-notice");

/// Asks the host to send the blob with this id as the body.
pub const BLOB: HeaderName = HeaderName::from_static("x-cockpit-blob");

/// Asks the host to put the body together of parts; the body lists them.
pub const PARTS: HeaderName = HeaderName::from_static("x-cockpit-parts");

/// The name such a blob is saved under, percent-encoded UTF-8.
pub const BLOB_NAME: HeaderName = HeaderName::from_static("x-cockpit-blob-name");

const ENCODED: &AsciiSet = &CONTROLS.add(b'%');

/// A rendered fragment with its title.
#[derive(Debug)]
pub struct Page {
    title: String,
    html: String,
    status: StatusCode,
}

impl Page {
    /// Renders `template` as a page called `title`.
    pub fn new(
        title: impl Into<String>,
        template: &(impl askama::Template + ?Sized),
    ) -> Result<Self, Problem> {
        let html = template.render().map_err(Fault::internal)?;
        Ok(Self { title: title.into(), html, status: StatusCode::OK })
    }

    /// A page of ready HTML, such as a component alone.
    #[expect(clippy::needless_pass_by_value, reason = "a component is made where it is handed in")]
    pub fn html(title: impl Into<String>, html: impl ToString) -> Self {
        Self { title: title.into(), html: html.to_string(), status: StatusCode::OK }
    }

    /// The same page with another status: 422 for a form that was refused.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// `text` as the value of [`TITLE`] or [`NOTICE`].
pub fn header_text(text: &str) -> HeaderValue {
    HeaderValue::from_str(&utf8_percent_encode(text, ENCODED).to_string())
        .unwrap_or_else(|_| HeaderValue::from_static(""))
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.html).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(TITLE, header_text(&self.title));
        response
    }
}

/// 303 to `path` after a form was accepted, with a sentence to show there.
#[derive(Debug)]
pub struct SeeOther {
    location: String,
    notice: String,
}

impl SeeOther {
    /// To `location`, made with [`Cx::url`](crate::Cx::url).
    pub fn to(location: impl Into<String>) -> Self {
        Self { location: location.into(), notice: String::new() }
    }

    /// Says `sentence` on the next page.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.notice = sentence.into();
        self
    }
}

impl IntoResponse for SeeOther {
    fn into_response(self) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(http::header::LOCATION, location);
        }
        if !self.notice.is_empty() {
            response.headers_mut().insert(NOTICE, header_text(&self.notice));
        }
        response
    }
}
