//! Which route answers a path.

use cockpit_tests::{Cockpit, Setup};
use reqwest::Method;

use crate::access::routes::{Route, routes};

/// Starts a demo and tells its routes.
pub(super) async fn demo() -> (Cockpit, Vec<Route>) {
    let place = Cockpit::demo(Setup::PLAIN).await.stop().await;
    let routes = routes(&place);
    (Cockpit::demo_in(place).await, routes)
}

/// The path of the route that answers `path`: a literal segment goes before a parameter.
pub(super) fn at<'a>(routes: &'a [Route], method: &Method, path: &str) -> Option<&'a str> {
    let path = path.split('?').next().unwrap_or_default();
    let fits = routes.iter().filter(|route| route.method == *method);
    let patterns = fits.map(|route| route.path.as_str()).filter(|pattern| covers(pattern, path));
    patterns.min_by_key(|pattern| pattern.matches('{').count())
}

fn covers(pattern: &str, path: &str) -> bool {
    let (mut known, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (known.next(), given.next()) {
            (None, None) => return true,
            (Some(known), Some(given)) if known.starts_with('{') || known == given => {}
            _ => return false,
        }
    }
}

#[test]
fn a_pattern_covers_paths_with_as_many_segments() {
    assert!(covers("/a/{id}/b", "/a/17/b"));
    assert!(!covers("/a/{id}", "/a/17/b") && !covers("/a/{id}/b", "/a/17"));
    assert!(!covers("/a/new", "/a/17"));
}
