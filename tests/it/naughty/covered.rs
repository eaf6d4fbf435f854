//! Nothing that takes words escapes: every route that writes is among what was written to.

use std::collections::BTreeSet;

use reqwest::Method;

use super::submit::Sent;
use super::world::World;

/// Forms that are on no page of a demo at rest, and why nobody writes words into them here.
const ELSEWHERE: [(&str, &str); 0] = [];

/// Forms that never take naughty words, and why.
const REFUSING: [(&str, &str); 0] = [];

/// Complains about routes that no form or operation led to, and about those that took nothing.
pub(super) fn check(world: &World, forms: &BTreeSet<String>, sent: &[Sent]) {
    let writing = world.routes.iter().filter(|route| {
        let deletes = route.method == Method::DELETE;
        route.method != Method::GET && !deletes
    });
    for route in writing {
        let place = format!("{} {}", route.method, route.path);
        let is_known = forms.contains(&place) || sent.iter().any(|sent| sent.place == place);
        if !is_known && !ELSEWHERE.iter().any(|(known, _)| *known == place) {
            world.findings.note(&place, "was not reached", "no page has its form");
        }
    }
    for one in sent.iter().filter(|sent| !sent.place.starts_with("GET ")) {
        let is_refusing = REFUSING.iter().any(|(known, _)| *known == one.place);
        if one.taken == 0 && !is_refusing {
            world.findings.note(&one.place, "never took anything", &one.times.to_string());
        }
    }
}
