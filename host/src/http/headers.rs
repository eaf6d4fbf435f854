//! Headers every answer carries.

use axum::response::Response;
use http::HeaderValue;
use http::header::{self, HeaderName};
use plugin_api::Caller;

use super::finish::Asked;
use crate::config::Config;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'; manifest-src 'self'; require-trusted-types-for 'script'; \
    trusted-types cockpit";

/// Swagger UI sets styles by script and draws its icons from `data:` addresses.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Adds them; what the answer already says stays.
pub(super) fn add(config: &Config, caller: &Caller, asked: &Asked, response: &mut Response) {
    let policy = if asked.path.starts_with("/api/docs") { DOCS_POLICY } else { POLICY };
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if config.http.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    if let Ok(id) = HeaderValue::from_str(&caller.request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}
