//! What is done to a request before anybody sees it.

use std::net::IpAddr;

use axum::body::Body;
use http::header::{CONTENT_TYPE, HOST};
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, Request, Uri};
use http_body_util::Limited;
use plugin_api::Caller;

use crate::config::{Config, Http};

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

/// Where the cockpit is reached from outside: the configured origin, else as this request named the
/// host.
pub(super) fn root(config: &Http, request: &Request<Body>) -> String {
    let named = || {
        let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        let authority = header.and_then(|host| host.parse::<Authority>().ok());
        authority.or_else(|| request.uri().authority().cloned())
    };
    let origin = match &config.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => named().map_or_else(|| config.origin(), |host| format!("http://{host}")),
    };
    format!("{origin}{}", config.base_path)
}

/// The path as the log may hold it: what follows `/u/` lets its reader in.
pub(super) fn logged(config: &Http, path: &str) -> String {
    let inner = without_prefix(path, &config.base_path).unwrap_or(path);
    let inner = without_prefix(inner, FRAMELESS).unwrap_or(inner);
    let below = inner.strip_prefix("/u/").map(|below| below.split_once('/').unwrap_or((below, "")));
    match below {
        Some((secret, rest)) if !secret.starts_with('~') => format!("/u/…/{rest}"),
        _ => path.to_owned(),
    }
}

/// Below this every page is without the frame; see [`Mount::take`].
const FRAMELESS: &str = "/frameless";
/// Asks the same of a single request: `X-Cockpit-Frame: none`.
const FRAME_HEADER: &str = "x-cockpit-frame";
/// The same in the query, which is where another cockpit begins: `?frame=none`.
const FRAME_QUERY: &str = "frame=none";

/// Where a request came in: below which prefix, and whether its page wants the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mount {
    /// What every link of the answer begins with.
    pub(super) base_path: String,
    /// Whether a page comes without menu and header.
    pub(super) frameless: bool,
}

impl Mount {
    /// Takes off the address of `request` what says where it came in, so that nobody further in
    /// needs to know: the prefix the cockpit is mounted under, and the wish for no frame.
    ///
    /// `/api` and `/.well-known` are at the root of the mount as well, so a path without the prefix
    /// is left alone. Links, forms and redirects of a frameless page begin with a prefix of their
    /// own, so that the wish travels with them: without script, in every tab by itself, and through
    /// plugins that know nothing of it.
    pub(super) fn take(base_path: &str, request: &mut Request<Body>) -> Self {
        let uri = request.uri().clone();
        let path = without_prefix(uri.path(), base_path).unwrap_or(uri.path());
        let inner = without_prefix(path, FRAMELESS);
        let path = inner.unwrap_or(path);
        let (query, asked) = without_frame(uri.query(), path.starts_with("/api/"));
        let header = request.headers().get(FRAME_HEADER);
        let header = header.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"none"));
        let frameless = inner.is_some() || asked || header;
        let separator = if query.is_empty() { "" } else { "?" };
        if let Ok(uri) = format!("{path}{separator}{query}").parse::<Uri>() {
            *request.uri_mut() = uri;
        }
        let own = if frameless { FRAMELESS } else { "" };
        Self { base_path: format!("{base_path}{own}"), frameless }
    }
}

/// `path` below `prefix`; none when it lies elsewhere.
fn without_prefix<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    match path.strip_prefix(prefix)? {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    }
}

/// The query without the wish for no frame, and whether it was there; a list of the API would refuse
/// a parameter it does not know, and has no frame.
fn without_frame(query: Option<&str>, is_api: bool) -> (String, bool) {
    let query = query.unwrap_or_default();
    if is_api {
        return (query.to_owned(), false);
    }
    let kept: Vec<&str> = query.split('&').filter(|pair| *pair != FRAME_QUERY).collect();
    let kept = kept.join("&");
    let asked = kept.len() != query.len();
    (kept, asked)
}

/// What stands around the files of a form, bytes.
const AROUND_FILES: u64 = 1024 * 1024;

/// How long a body may be: only who is signed in may send files, and the largest ones only to routes
/// that are made for them.
pub(super) fn body_limit(
    config: &Config,
    parts: &Parts,
    caller: &Caller,
    takes_files: bool,
) -> usize {
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_form = content_type.is_some_and(|of| of.starts_with("multipart/form-data"));
    if takes_files && caller.is_signed_in() {
        let largest = config.blobs.largest.saturating_add(AROUND_FILES);
        return usize::try_from(largest).unwrap_or(usize::MAX);
    }
    if is_form && caller.is_signed_in() {
        return config.http.upload_limit_bytes;
    }
    config.http.body_limit_bytes
}

/// A body that ends with an error after `limit` bytes.
pub(super) fn limited(body: Body, limit: usize) -> Body {
    Body::new(Limited::new(body, limit))
}

#[cfg(test)]
mod tests {
    use plugin_api::Actor;

    use super::*;

    fn taken(path: &str) -> (String, Mount) {
        let mut request = Request::get(path).body(Body::empty()).expect("a request");
        let mount = Mount::take("/cockpit", &mut request);
        (request.uri().to_string(), mount)
    }

    #[test]
    fn the_root_is_the_configured_one_or_what_the_request_named() {
        let request = || {
            let request = Request::get("/x").header(HOST, "updates.example:8443");
            request.body(Body::empty()).expect("a request")
        };
        let mut config = Http { base_path: "/cockpit".to_owned(), ..Http::default() };
        assert_eq!(root(&config, &request()), "http://updates.example:8443/cockpit");
        config.public_url = Some("https://a.example".to_owned());
        assert_eq!(root(&config, &request()), "https://a.example/cockpit");
    }

    #[test]
    fn the_log_holds_no_secret_of_an_address() {
        let config = Http { base_path: "/cockpit".to_owned(), ..Http::default() };
        let logged = |path: &str| logged(&config, path);
        assert_eq!(logged("/cockpit/u/5ecret/tauri/x"), "/u/…/tauri/x");
        assert_eq!(logged("/u/u/metadata/1.root.json"), "/u/…/metadata/1.root.json");
        assert_eq!(logged("/cockpit/frameless/u/5ecret"), "/u/…/");
        for same in ["/u", "/u/~studio/x", "/crm/u/x", "/"] {
            assert_eq!(logged(same), same);
        }
    }

    #[test]
    fn the_prefix_goes_and_nothing_else() {
        for (asked, expected) in [
            ("/cockpit", "/"),
            ("/cockpit?x=1", "/?x=1"),
            ("/cockpit/crm/customers?q=a", "/crm/customers?q=a"),
            ("/cockpits/crm", "/cockpits/crm"),
            ("/api/openapi.json", "/api/openapi.json"),
        ] {
            let (path, mount) = taken(asked);
            assert_eq!(path, expected);
            assert_eq!(mount, Mount { base_path: "/cockpit".to_owned(), frameless: false });
        }
    }

    #[test]
    fn the_wish_for_no_frame_is_taken_off_and_travels_in_links() {
        for (asked, expected) in [
            ("/cockpit?frame=none", "/"),
            ("/cockpit/crm/x?a=1&frame=none&b=2", "/crm/x?a=1&b=2"),
            ("/cockpit/frameless", "/"),
            ("/cockpit/frameless/crm/x?a=1", "/crm/x?a=1"),
            ("/frameless/crm/x?frame=none", "/crm/x"),
        ] {
            let (path, mount) = taken(asked);
            assert_eq!(path, expected);
            let base_path = "/cockpit/frameless".to_owned();
            assert_eq!(mount, Mount { base_path, frameless: true }, "{asked}");
        }
        for framed in ["/cockpit/framelessly", "/cockpit/crm?frame=nonesuch", "/api/x?frame=none"] {
            assert!(!taken(framed).1.frameless, "{framed}");
        }
    }

    #[test]
    fn a_header_asks_for_no_frame_too() {
        let request = Request::get("/crm/x").header("X-Cockpit-Frame", "None");
        let mut request = request.body(Body::empty()).expect("a request");
        assert!(Mount::take("", &mut request).frameless);
        assert_eq!(request.uri(), "/crm/x");
    }

    #[test]
    fn only_who_is_signed_in_sends_files_and_the_largest_where_they_belong() {
        let config = Config::default();
        let user = Actor::User { id: "u".to_owned(), name: "u".to_owned() };
        let (nobody, user) = (Caller::default(), Caller { actor: user, ..Caller::default() });
        let limit = |content_type: &str, caller: &Caller, takes_files: bool| {
            let request = Request::post("/").header(CONTENT_TYPE, content_type).body(());
            let (parts, ()) = request.expect("a request").into_parts();
            body_limit(&config, &parts, caller, takes_files)
        };
        let form = "multipart/form-data; boundary=x";
        let (small, large) = (config.http.body_limit_bytes, config.http.upload_limit_bytes);
        assert_eq!(limit("application/json", &user, false), small);
        assert_eq!(limit(form, &user, false), large);
        assert_eq!(limit(form, &nobody, true), small);
        assert_eq!(limit("application/offset+octet-stream", &user, true), 8_590_983_168);
    }
}
