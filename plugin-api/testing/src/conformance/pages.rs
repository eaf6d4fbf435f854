//! Pages: every one that needs no parameters is there for the superadmin of an empty database.

use std::collections::BTreeSet;

use plugin_api::lang::LANGUAGES;
use plugin_api::{Access, manifest::Route};

use super::faults::Faults;
use super::html::attributes;
use crate::{Answer, Harness};

/// Where the cockpit is mounted while pages are looked at, so that a link that forgets it shows.
const MOUNT: &str = "/mounted-here";

pub(super) fn check(harness: &Harness, faults: &mut Faults) {
    let plugin = harness.world.under_test();
    let operations = &plugin.manifest().openapi["paths"];
    let needs_more = |route: &Route| {
        let parameters = operations[&route.path]["get"]["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|one| one["required"] == true))
    };
    let plain = |route: &&Route| {
        let is_alone = !route.path.contains('{') && !needs_more(route);
        route.method == "GET" && is_alone && route.access != Access::Credential
    };
    for route in plugin.manifest().routes.iter().filter(plain) {
        for language in LANGUAGES {
            let client = harness.superadmin().language(language).base_path(MOUNT);
            let what = format!("GET {} ({language})", route.path);
            let Some(answer) = faults.contain(&what, || client.get(&route.path)) else { continue };
            faults.check(answer.status == 200, || {
                let start: String = answer.to_string().chars().take(300).collect();
                format!("{what}: {start}")
            });
            let content_type = answer.header("content-type").unwrap_or_default();
            if content_type.starts_with("text/html") {
                page(&what, &answer, faults);
            }
        }
    }
}

fn page(what: &str, answer: &Answer, faults: &mut Faults) {
    let title = answer.title();
    faults.check(!title.trim().is_empty(), || format!("{what}: the page has no title"));
    let html = answer.html();
    for text in [title.as_str(), html] {
        if let Some((_, rest)) = text.split_once('⟦') {
            let key = rest.split('⟧').next().unwrap_or_default();
            faults.tell(format!("{what}: there is no text {key:?}"));
        }
    }
    let mut ids = BTreeSet::new();
    for attribute in attributes(html) {
        let (tag, name, value) = (&attribute.tag, attribute.name.as_str(), &attribute.value);
        faults.check(tag != "script", || format!("{what}: a script in the page"));
        faults.check(tag != "style", || format!("{what}: a <style> in the page"));
        match name {
            "style" => faults.tell(format!("{what}: style={value:?} on <{tag}>")),
            "id" => faults.check(ids.insert(value.clone()), || {
                format!("{what}: the id {value:?} stands twice")
            }),
            "href" | "src" | "action" | "formaction" => {
                let leads_out = value.starts_with('/') && !value.starts_with("/api/");
                let is_mounted = value.strip_prefix(MOUNT).is_some_and(|r| r.starts_with('/'));
                faults.check(!leads_out || is_mounted, || {
                    format!("{what}: {name}={value:?} forgets the base path: use cx.url()")
                });
                faults.check(!value.to_lowercase().starts_with("javascript:"), || {
                    format!("{what}: {name}={value:?}")
                });
            }
            name if name.starts_with("on") => {
                faults.tell(format!("{what}: {name}={value:?} on <{tag}>"));
            }
            _ => {}
        }
    }
}
