//! Who is let in, and that nothing anybody sends is the server's fault.

use axum::body::Body;
use http::Method;
use plugin_api::Access;
use plugin_api::manifest::Route;

use super::faults::Faults;
use crate::{Answer, Client, Harness};

/// An id nobody has.
const NOBODY: &str = "00000000-0000-7000-8000-00000000ffff";
/// An id that is none.
const HOSTILE: &str = "%27%22%3E%3Cx%20%C3%A8%00";

/// Bodies no handler can do anything with, and one that may lack everything.
const BODIES: [(&str, &str); 6] = [
    ("application/json", "{"),
    ("application/json", "[]"),
    ("application/json", "{}"),
    ("text/plain", "?"),
    ("application/x-www-form-urlencoded", ""),
    ("application/x-www-form-urlencoded", "a=%ff&a"),
];

pub(super) fn check(harness: &Harness, faults: &mut Faults) {
    let plugin = harness.world.under_test();
    let nobody = harness.anonymous();
    let no_rights = harness.with_permissions(&[]);
    for route in &plugin.manifest().routes {
        let is_open = matches!(route.access, Access::Public | Access::Credential);
        let asked =
            |client: &Client, body, faults: &mut Faults| ask(client, route, NOBODY, body, faults);
        if !is_open && let Some(answer) = asked(&nobody, None, faults) {
            expect(401, "who is not signed in", route, &answer, faults);
        }
        if !route.access.permissions().is_empty()
            && let Some(answer) = asked(&no_rights, None, faults)
        {
            expect(403, "who lacks the permission", route, &answer, faults);
        }
        let everybody = if is_open { &nobody } else { &harness.superadmin() };
        for id in [NOBODY, HOSTILE].into_iter().take(1 + usize::from(route.path.contains('{'))) {
            let bodies = BODIES.into_iter().map(Some);
            for body in bodies.take(if route.method == "GET" { 0 } else { 6 }).chain([None]) {
                if let Some(answer) = ask(everybody, route, id, body, faults) {
                    faults.check(!answer.status.is_server_error(), || {
                        format!("{}: {body:?} with the id {id}: {answer}", name(route))
                    });
                }
            }
        }
    }
}

fn ask(
    client: &Client,
    route: &Route,
    id: &str,
    body: Option<(&str, &'static str)>,
    faults: &mut Faults,
) -> Option<Answer> {
    let Ok(method) = Method::from_bytes(route.method.as_bytes()) else {
        faults.tell(format!("{}: no such method", name(route)));
        return None;
    };
    let path = filled(&route.path, id);
    let body = body.map(|(content_type, text)| (content_type, Body::from(text)));
    faults.contain(&name(route), || client.send(method, &path, body))
}

fn expect(status: u16, whom: &str, route: &Route, answer: &Answer, faults: &mut Faults) {
    faults.check(answer.status == status, || {
        format!("{}: {whom} gets {} instead of {status}", name(route), answer.status)
    });
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// `path` with every parameter replaced by `id`.
fn filled(path: &str, id: &str) -> String {
    let segment = |segment: &str| {
        if segment.starts_with('{') { id.to_owned() } else { segment.to_owned() }
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}
