//! Headers every answer carries.

use axum::response::Response;
use http::HeaderValue;
use http::header::{self, HeaderName};
use plugin_api::Caller;

use super::finish::Asked;
use crate::config::Config;

/// What a page may do, besides who may embed it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
    manifest-src 'self'; require-trusted-types-for 'script'; trusted-types cockpit";

/// Swagger UI sets styles by script and draws its icons from `data:` addresses.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'";

/// Adds them; what the answer already says stays.
pub(super) fn add(config: &Config, caller: &Caller, asked: &Asked, response: &mut Response) {
    let policy = if asked.path.starts_with("/api/docs") { DOCS_POLICY } else { POLICY };
    let origins = config.cockpit.origins.join(" ");
    let ancestors = if origins.is_empty() { "'none'" } else { &origins };
    let policy = format!("{policy}; frame-ancestors {ancestors}");
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    if origins.is_empty() {
        // It knows no list of origins, so where there is one only the policy speaks.
        let deny = HeaderValue::from_static("DENY");
        response.headers_mut().entry(header::X_FRAME_OPTIONS).or_insert(deny);
    }
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 4] = [
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
