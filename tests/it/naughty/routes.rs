//! Every route of the running product, and what is at its path.

use cockpit_tests::{Cockpit, Place};
use reqwest::Method;
use serde_json::Value;

/// A route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) method: Method,
    /// With its parameters in braces.
    pub(super) path: String,
}

/// Starts a demo and tells its routes.
pub(super) async fn demo() -> (Cockpit, Vec<Route>) {
    let place = Cockpit::demo(cockpit_tests::Setup::PLAIN).await.stop().await;
    let routes = of(&place);
    (Cockpit::demo_in(place).await, routes)
}

fn of(place: &Place) -> Vec<Route> {
    let told = place.cockpit(&["routes", "--json"]).success();
    let told: Vec<Value> = serde_json::from_str(&told).expect("JSON");
    let text = |route: &Value, name: &str| route[name].as_str().expect("a text").to_owned();
    let route = |route: &Value| Route {
        method: Method::from_bytes(text(route, "method").as_bytes()).expect("a method"),
        path: text(route, "path"),
    };
    told.iter().map(route).collect()
}

/// The route that answers `path`: a literal segment goes before a parameter.
pub(super) fn at<'a>(routes: &'a [Route], method: &Method, path: &str) -> Option<&'a Route> {
    let path = path.split('?').next().unwrap_or_default();
    let fits = routes.iter().filter(|route| route.method == *method && covers(&route.path, path));
    fits.min_by_key(|route| route.path.matches('{').count())
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
fn a_literal_segment_goes_before_a_parameter() {
    let route = |path: &str| Route { method: Method::POST, path: path.to_owned() };
    let routes = [route("/a/{id}"), route("/a/new"), route("/a/{id}/b")];
    let found = |path: &str| at(&routes, &Method::POST, path).map(|route| route.path.as_str());
    assert_eq!(found("/a/new?x=1"), Some("/a/new"));
    assert_eq!(found("/a/17"), Some("/a/{id}"));
    assert_eq!(found("/a/17/b"), Some("/a/{id}/b"));
    assert_eq!(found("/a"), None);
}
