//! The `OpenAPI` document: well-formed, complete, and true.

use std::collections::BTreeSet;

use cockpit_tests::{Cockpit, Setup};
use reqwest::Method;
use serde_json::{Value, json};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                found.push((method.to_uppercase(), path.clone(), operation));
            }
        }
    }
    found
}

/// Every `$ref` below `value`.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "$ref" => drop(found.insert(text.clone())),
                    _ => references(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_document_is_well_formed_and_every_operation_exists() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let document = cockpit.anonymous().get("/api/openapi.json").await.expect(200).json();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1.")));
    for pointer in ["/info/title", "/info/version", "/info/license/name"] {
        assert!(document.pointer(pointer).is_some_and(Value::is_string), "{pointer}");
    }
    let mut wanted = BTreeSet::new();
    references(&document, &mut wanted);
    for reference in wanted {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference}"));
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    for (name, schema) in schemas {
        assert!(schema.is_object(), "{name}");
        assert!(schema.get("nullable").is_none(), "{name}: `nullable` is of 3.0");
    }
    let schemes = document["components"]["securitySchemes"].as_object().expect("schemes");

    let all = operations(&document);
    let mut ids = BTreeSet::new();
    for (method, path, operation) in &all {
        let name = format!("{method} {path}");
        let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{name}: no id"));
        assert!(ids.insert(id), "{name}: {id} twice");
        let told = operation["summary"].as_str().or(operation["description"].as_str());
        assert!(told.is_some_and(|told| told.len() > 5), "{name} says nothing");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|status| status.starts_with('2')), "{name}: no success");
        for (status, response) in responses {
            assert!(response["description"].is_string(), "{name} {status}");
        }
        let security = operation["security"].as_array().cloned().unwrap_or_default();
        for requirement in &security {
            let known = requirement.as_object().expect("an object").keys();
            known.for_each(|scheme| assert!(schemes.contains_key(scheme), "{name}: {scheme}"));
        }
        let open = [
            "/api/aggiornamenti/",
            "/api/clienti/",
            "/api/licenze/",
            "/api/registrazione-software",
        ];
        let is_public = open.iter().any(|own| path.starts_with(own));
        assert_eq!(security.is_empty(), is_public, "{name}: {security:?}");
        let named = path.matches('{').count();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let described = parameters.iter().filter(|one| one["in"] == "path").count();
        assert_eq!(named, described, "{name}: parameters of the path");
    }
    for needed in [
        ("POST", "/api/licenze/attiva"),
        ("POST", "/api/licenze/valida"),
        ("POST", "/api/licenze/disattiva"),
        ("GET", "/api/admin/clienti"),
        ("PATCH", "/api/admin/clienti/{id}"),
        ("PUT", "/api/admin/clienti/esterno/{rif}"),
        ("POST", "/api/clienti/registrazione"),
        ("GET", "/api/admin/agent"),
        ("PATCH", "/api/admin/agent/{id}"),
        ("POST", "/api/admin/agent/{id}/utenti"),
        ("GET", "/api/admin/transazioni"),
        ("GET", "/api/menu"),
        ("POST", "/api/admin/licenze"),
        ("GET", "/api/aggiornamenti/verifica"),
        ("POST", "/api/admin/rilasci"),
    ] {
        let is_there =
            all.iter().any(|(method, path, _)| (method.as_str(), path.as_str()) == needed);
        assert!(is_there, "{needed:?} is not documented");
    }

    let software = cockpit.software();
    for (method, path, _) in &all {
        let is_one = path.contains('{');
        let path = path.replace("{id}", "00000000-0000-7000-8000-00000000ffff");
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = software.request(method.clone(), &path).header("if-match", "\"1\"");
        let answer = software.send(request.json(&json!({}))).await;
        assert_ne!(answer.status, 405, "{method} {path}");
        assert!(answer.status < 500, "{method} {path}: {}", answer.told());
        assert!(answer.status != 404 || is_one, "{method} {path} is documented, but not there");
        let other = software.request(Method::TRACE, &path);
        software.send(other).await.problem(405, "method_not_allowed");
    }
    let viewer = cockpit.browser().get("/api/docs/").await.expect(200);
    assert!(viewer.body.contains("swagger"), "{}", viewer.told());
}
