//! The whole `OpenAPI` document, searched by Schemathesis (<https://schemathesis.readthedocs.io>): no
//! fault of the server, and no answer that the document does not tell of.
//!
//! `COCKPIT_TEST_EXAMPLES` says how many requests each operation gets at most while it searches.

use std::path::Path;
use std::process::Command;

use cockpit_tests::environment::{python, variable};
use cockpit_tests::licences::any_customer;
use cockpit_tests::place::run;
use cockpit_tests::{Cockpit, Setup};
use serde_json::json;

/// What is checked: that a server does not fail, and that it does what its document says.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";
/// Requests for each operation unless told otherwise.
const EXAMPLES: &str = "12";

#[tokio::test]
async fn the_api_keeps_to_its_document_with_a_token_and_without() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("schemathesis.toml"), known_ids(&cockpit).await)
        .expect("a file");
    let token = format!("Authorization: Bearer {}", cockpit.told().token);
    search(&cockpit, directory.path(), &["--header", &token]);
    search(&cockpit, directory.path(), &[]);
    cockpit.anonymous().get("/readyz").await.assert(200);
}

/// Ids of things that are there: without them every path with an id would only tell of missing ones.
async fn known_ids(cockpit: &Cockpit) -> String {
    let software = cockpit.software();
    let customer = any_customer(&software).await;
    let licences = software.get("/api/admin/licenze?limit=1").await.expect(200).json();
    let licence = licences["dati"][0]["id"].as_str().expect("a licence");
    let of = |path: &str, id: &str| {
        format!(
            "[[operations]]\ninclude-path-regex = \"^{path}/\\\\{{id\\\\}}\"\n\
             parameters = {{ \"path.id\" = \"{id}\" }}\n\n"
        )
    };
    // Not the one it carries: whoever revokes that is nobody from then on.
    let body = json!({ "nome": "to be revoked" });
    let admin = cockpit.superadmin().await;
    let token = admin.post("/api/admin/token", &body).await.expect(201).json();
    let token = token["id"].as_str().expect("a token");
    of("/api/admin/clienti", &customer)
        + &of("/api/admin/licenze", licence)
        + &of("/api/admin/token", token)
}

/// Runs it to its end; panics with its report if it found anything.
fn search(cockpit: &Cockpit, directory: &Path, more: &[&str]) {
    let examples = variable("COCKPIT_TEST_EXAMPLES").unwrap_or_else(|| EXAMPLES.to_owned());
    let mut command = Command::new(python().with_file_name("st"));
    command
        .current_dir(directory)
        .env("SCHEMATHESIS_HOOKS", "schemathesis_media")
        .env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("it"))
        .args(["run", &format!("{}/api/openapi.json", cockpit.url)])
        .args(["--checks", CHECKS, "--max-examples", &examples, "--workers", "2"])
        .args(["--continue-on-failure", "--no-color", "--generation-database", "none"])
        .args(more);
    let outcome = run(&mut command);
    assert_eq!(outcome.code, Some(0), "{}{}", outcome.stdout, outcome.stderr);
    assert!(!outcome.stdout.contains("Tested: 0"), "{}", outcome.stdout);
}
