//! What is done to a request before anybody sees it.

use std::net::IpAddr;

use axum::body::Body;
use http::{HeaderMap, Request, Uri};
use http_body_util::Limited;

use crate::config::Config;

/// Where the request came from: the peer, or what a trusted proxy says (the last hop it added).
pub(super) fn address(
    config: &Config,
    headers: &HeaderMap,
    peer: Option<IpAddr>,
) -> Option<IpAddr> {
    let peer = peer?;
    if !config.http.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
    let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    last.and_then(|text| text.trim().parse().ok()).or(Some(peer))
}

/// Takes the prefix the cockpit is mounted under off the path. `/api` and `/.well-known` are at the
/// root of the mount as well, so a path without the prefix is left alone.
pub(super) fn strip_base_path(base_path: &str, request: &mut Request<Body>) {
    if base_path.is_empty() {
        return;
    }
    let text = request.uri().path_and_query().map_or("/", |p| p.as_str());
    let Some(rest) = text.strip_prefix(base_path) else { return };
    let rest = match rest.chars().next() {
        None => "/".to_owned(),
        Some('?') => format!("/{rest}"),
        Some('/') => rest.to_owned(),
        Some(_) => return,
    };
    if let Ok(uri) = rest.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
}

/// A body that ends with an error after `limit` bytes.
pub(super) fn limited(body: Body, limit: usize) -> Body {
    Body::new(Limited::new(body, limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(path: &str) -> String {
        let mut request = Request::get(path).body(Body::empty()).expect("a request");
        strip_base_path("/cockpit", &mut request);
        request.uri().to_string()
    }

    #[test]
    fn the_prefix_goes_and_nothing_else() {
        assert_eq!(stripped("/cockpit"), "/");
        assert_eq!(stripped("/cockpit?x=1"), "/?x=1");
        assert_eq!(stripped("/cockpit/crm/customers?q=a"), "/crm/customers?q=a");
        assert_eq!(stripped("/cockpits/crm"), "/cockpits/crm");
        assert_eq!(stripped("/api/openapi.json"), "/api/openapi.json");
    }
}
