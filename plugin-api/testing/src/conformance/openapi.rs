//! The plugin's part of the `OpenAPI` document.

use plugin_api::manifest::Manifest;
use serde_json::Value as Json;

use super::faults::Faults;

const SCHEMAS: &str = "#/components/schemas/";

pub(super) fn check(manifest: &Manifest, faults: &mut Faults) {
    let document = &manifest.openapi;
    for route in manifest.routes.iter().filter(|route| route.path.starts_with("/api/")) {
        let name = format!("{} {}", route.method, route.path);
        let paths = document.get("paths").and_then(|paths| paths.get(&route.path));
        let Some(operation) = paths.and_then(|path| path.get(route.method.to_lowercase())) else {
            faults.tell(format!("OpenAPI: {name} is not described"));
            continue;
        };
        faults.check(operation["security"].is_array(), || {
            format!("OpenAPI: {name} does not say who may call it")
        });
        let summary = operation["summary"].as_str().unwrap_or_default();
        faults.check(!summary.trim().is_empty(), || format!("OpenAPI: {name} has no summary"));
    }
    references(document, document, faults);
}

fn references(document: &Json, value: &Json, faults: &mut Faults) {
    match value {
        Json::Object(members) => {
            let target = members.get("$ref").and_then(Json::as_str);
            if let Some(name) = target.and_then(|target| target.strip_prefix(SCHEMAS)) {
                faults.check(document["components"]["schemas"].get(name).is_some(), || {
                    format!("OpenAPI: the schema {name} is referred to but not there")
                });
            }
            members.values().for_each(|member| references(document, member, faults));
        }
        Json::Array(items) => items.iter().for_each(|item| references(document, item, faults)),
        _ => {}
    }
}
