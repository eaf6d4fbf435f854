//! Whatever a client sends: a clear refusal, never a fault of the server.

use cockpit_tests::{Answer, Client, Cockpit};
use reqwest::Method;
use serde_json::{Value, json};

/// Where a JSON body is read.
const BODIES: [(&str, &str); 6] = [
    ("POST", "/api/licenze/attiva"),
    ("POST", "/api/licenze/valida"),
    ("POST", "/api/licenze/disattiva"),
    ("POST", "/api/admin/clienti"),
    ("POST", "/api/admin/licenze"),
    ("PATCH", "/api/admin/clienti/{id}"),
];

/// Texts that are hard on databases, templates and logs.
fn hard_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{feff}",
        "\u{202e}abc",
        "👩‍👩‍👧‍👦🔑",
        "𝕏",
        "e\u{301}",
        "ẞßSS",
        "İi",
        "'; drop table host_user; --",
        "\" or \"\"=\"",
        "\\",
        "%_",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "\r\nSet-Cookie: x=1",
        "-1",
        "NaN",
        "1e999",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend(["x".repeat(300), "è".repeat(70_000), "🔑".repeat(1000), "a ".repeat(20_000)]);
    texts
}

/// A problem document, or a success; never a fault.
#[track_caller]
fn is_answered(answer: &Answer, what: &str) {
    let shown: String = what.chars().take(200).collect();
    assert!(answer.status < 500, "{} with {shown:?}: {}", answer.asked, answer.told());
    if answer.status >= 400 {
        let content_type = answer.header("content-type");
        assert!(
            content_type.starts_with("application/problem+json"),
            "{} with {shown:?}: {content_type}: {}",
            answer.asked,
            answer.told()
        );
        let body = answer.json();
        assert_eq!(body["instance"], answer.header("x-request-id"), "{body}");
        assert!(body["codice"].as_str().is_some_and(|code| !code.is_empty()), "{body}");
        assert!(body["detail"].as_str().is_some_and(|told| told.contains(' ')), "{body}");
    }
}

/// Everything below, on one server.
pub(super) async fn nothing_a_client_sends_is_a_fault_of_the_server(cockpit: &Cockpit) {
    let software = cockpit.software();
    let customers = software.get("/api/admin/clienti?limit=1").await.expect(200).json();
    let customer = customers["dati"][0]["id"].as_str().expect("a customer").to_owned();
    for (method, path) in BODIES {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let path = path.replace("{id}", &customer);
        bodies_that_cannot_be_read(&software, &method, &path).await;
    }
    texts_in_every_member(cockpit, &customer).await;
    paths_and_parameters(&software).await;
    software.get("/readyz").await.assert(200);
    let faults: Vec<String> =
        cockpit.log().lines().filter(|line| line.contains("ERROR")).map(str::to_owned).collect();
    assert!(faults.is_empty(), "the log tells of faults: {faults:#?}");
}

async fn bodies_that_cannot_be_read(software: &Client, method: &Method, path: &str) {
    let request = || software.request(method.clone(), path).header("if-match", "*");
    let json = || request().header("content-type", "application/json");
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let nested = format!("{{\"payload\":{}1{}}}", "{\"a\":".repeat(1000), "}".repeat(1000));
    for text in
        ["", "{", "{]", "nul", "\u{feff}{}", "{}{}", &deep, &nested, "\"\\ud800\"", "{\"a\":1e999}"]
    {
        let answer = software.send(json().body(text.to_owned())).await;
        is_answered(&answer, text);
        assert!((400..=422).contains(&answer.status), "{path} with {text:.40}: {}", answer.told());
    }
    let answer = software.send(json().body(vec![b'{', b'"', 0xff, 0xfe, b'"', b'}'])).await;
    is_answered(&answer, "no UTF-8");
    assert_eq!(answer.status, 400, "{}", answer.told());
    for content_type in ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""] {
        let answer = software.send(request().header("content-type", content_type).body("{}")).await;
        is_answered(&answer, content_type);
        assert_eq!(answer.status, 415, "{path} as {content_type:?}: {}", answer.told());
    }
    let large = format!("{{\"note\":\"{}\"}}", "x".repeat(3 * 1024 * 1024));
    // The server may hang up before it has read all of it; then there is no answer to look at.
    if let Ok(answer) = software.try_send(json().body(large)).await {
        is_answered(&answer, "3 MiB");
        assert_eq!(answer.status, 413, "{path}: {}", answer.told());
    }
}

/// Every member of every body, with every hard text and every type.
async fn texts_in_every_member(cockpit: &Cockpit, customer: &str) {
    let software = cockpit.software();
    let bodies = [
        (
            "/api/licenze/attiva",
            json!({
                "chiave_licenza": cockpit.told().trial_key,
                "dispositivo": { "impronta": "x", "nome": "y", "piattaforma": "z" },
                "prodotto": "p", "versione": "1",
            }),
        ),
        (
            "/api/licenze/valida",
            json!({ "chiave_computer": "x", "prodotto": "p", "versione": "1" }),
        ),
        (
            "/api/admin/clienti",
            json!({
                "ragione_sociale": "A", "partita_iva": "1", "codice_fiscale": "2", "email": "a@b.c",
                "telefono": "3", "indirizzo": { "via": "4", "cap": "5", "citta": "6", "paese": "DE" },
                "pec": "7", "codice_sdi": "8", "riferimento_esterno": "9", "note": "10",
                "tipo": "cliente", "stato": "in_attesa", "lingua": "it",
            }),
        ),
        (
            "/api/admin/licenze",
            json!({
                "cliente": customer, "prodotto": cockpit.told().product, "tipo": "permanente",
                "dispositivi": 1, "utenti": 1, "scadenza": "2099-01-01", "durata_giorni": 1,
                "manutenzione_fino_a": "2099-01-01", "note": "x", "alla_scadenza": "avvisa",
                "moduli": { "X": { "attivo": true, "fino_a": "2099-01-01", "limite": 1 } },
                "prezzo": { "importo": 1, "valuta": "EUR" }, "payload": { "a": "b" },
            }),
        ),
    ];
    let types =
        [json!(null), json!(true), json!(-1), json!(1e300), json!([]), json!({}), json!([[]])];
    let values: Vec<Value> = hard_texts().into_iter().map(Value::from).chain(types).collect();
    for (path, body) in bodies {
        let mut pointers = Vec::new();
        leaves("", &body, &mut pointers);
        for pointer in pointers {
            for value in &values {
                let mut body = body.clone();
                *body.pointer_mut(&pointer).expect("its own pointer") = value.clone();
                let answer = software.post(path, &body).await;
                is_answered(&answer, &format!("{pointer} = {value}"));
            }
        }
    }
}

fn leaves(prefix: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                leaves(&format!("{prefix}/{name}"), member, found);
            }
        }
        _ => found.push(prefix.to_owned()),
    }
}

async fn paths_and_parameters(software: &Client) {
    let wrong = [
        "x",
        "0",
        "%00",
        "%20",
        "%F0%9F%94%91",
        "%FF%FE",
        "%2e%2e",
        "..%2f..%2fetc",
        "'--",
        "%",
        "%zz",
        "è",
        "%0d%0ax",
        "{id}",
        "null",
    ];
    for base in [
        "/api/admin/clienti",
        "/api/admin/licenze",
        "/crm/customers",
        "/crm/licences",
        "/crm/products",
        "/system/users",
        "/system/audit",
        "/assets/host",
    ] {
        for id in wrong.iter().copied().chain([&*"9".repeat(5000)]) {
            let answer = software.get(&format!("{base}/{id}")).await;
            assert!(answer.status < 500, "{base}/{id}: {}", answer.told());
        }
        for text in hard_texts().iter().filter(|text| text.len() < 2000) {
            for name in ["q", "sort", "cursor", "limit", "stato", "columns", "creato.from", "next"]
            {
                let request = software.request(Method::GET, base).query(&[(name, text)]);
                let answer = software.send(request).await;
                assert!(answer.status < 500, "{base}?{name}={text:?}: {}", answer.told());
            }
        }
    }
}
