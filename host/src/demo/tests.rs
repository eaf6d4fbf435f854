//! Tests of what a demo writes and prints.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use super::secrets::Person;
use super::*;

fn secrets() -> Secrets {
    Secrets {
        email: "a@b".to_owned(),
        password: "p".to_owned(),
        token: "cpk_x".to_owned(),
        people: [("agent".to_owned(), Person::default())].into(),
    }
}

#[test]
fn the_file_says_how_to_get_in_and_no_plugin_overrules_that() {
    let samples = json!({ "activation_key": "AAAAA", "url": "http://evil" });
    let told = describe("http://here", &secrets(), samples.as_object().unwrap().clone());
    assert_eq!(
        Value::Object(told.clone()),
        json!({ "url": "http://here", "superadmin": { "email": "a@b", "password": "p" },
                "token": "cpk_x", "activation_key": "AAAAA",
                "roles": { "agent": { "email": "", "password": "", "token": "",
                    "organisation": "" } } })
    );
    let directory = tempfile::tempdir().unwrap();
    let config = Config::in_directory(directory.path());
    answer::withdraw(&config).unwrap();
    let path = answer::write(&config, &told).unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let read: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(read["token"], "cpk_x");
    answer::withdraw(&config).unwrap();
    assert!(!path.exists());
}

#[test]
fn the_printed_request_names_the_key_only_when_there_is_one() {
    let path = std::path::Path::new("demo.json");
    let samples = json!({ "activation_key": "AAAAA" });
    let told = describe("http://here", &secrets(), samples.as_object().unwrap().clone());
    let text = answer::text(&told, path);
    assert!(text.contains("curl -sS http://here/api/licenze/attiva"), "{text}");
    assert!(text.contains(r#""chiave_licenza":"AAAAA""#), "{text}");
    assert!(!answer::text(&describe("http://here", &secrets(), Map::new()), path).contains("curl"));
}

#[test]
fn secrets_are_the_same_at_the_next_start() {
    let directory = tempfile::tempdir().unwrap();
    let config = Config::in_directory(directory.path());
    assert!(Secrets::read(&config).unwrap().is_none());
    secrets().write(&config).unwrap();
    assert_eq!(Secrets::read(&config).unwrap().unwrap().password, "p");
}
