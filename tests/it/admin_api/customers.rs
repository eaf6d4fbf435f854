//! `/api/admin/clienti`: entered once, read, changed from a known version.

use cockpit_tests::licences::patch;
use cockpit_tests::{Client, Cockpit};
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/api/admin/clienti";

fn rossi() -> Value {
    json!({
        "ragione_sociale": "Rossi & Söhne «Meccanica» S.r.l. 🔧",
        "partita_iva": "12345678903",
        "email": "info@rossi.example",
        "indirizzo": {
            "via": "Via Roma 1", "cap": "20121", "citta": "Milano", "provincia": "MI", "paese": "IT",
        },
        "note": "Prima riga\nseconda riga",
    })
}

/// What goes in comes out, byte for byte, and can be changed and cleared.
pub(super) async fn a_customer_is_entered_read_and_changed(cockpit: &Cockpit) {
    let software = cockpit.software();
    let made = software.post(PATH, &rossi()).await.expect(201);
    let location = made.header("location").to_owned();
    let made = made.json();
    assert_eq!(location, format!("{PATH}/{}", made["id"].as_str().expect("an id")));
    let read = software.get(&location).await.expect(200);
    assert!(!read.header("etag").is_empty());
    assert_eq!(read.json(), made);
    for (name, sent) in rossi().as_object().expect("members") {
        if name != "indirizzo" {
            assert_eq!(&made[name], sent, "{made}");
        }
    }
    assert_eq!(made["indirizzo"]["citta"], "Milano");
    let is_instant = |text: &Value| text.as_str().is_some_and(|text| text.ends_with('Z'));
    assert!(is_instant(&made["creato"]) && is_instant(&made["aggiornato"]), "{made}");

    let change = json!({ "email": null, "indirizzo": { "citta": "Torino", "provincia": "TO" } });
    let changed = patch(&software, &location, &change).await.expect(200).json();
    assert_eq!(changed["email"], Value::Null, "{changed}");
    assert_eq!(changed["indirizzo"]["citta"], "Torino", "{changed}");
    assert_eq!(changed["indirizzo"]["via"], "Via Roma 1", "{changed}");
    assert_eq!(software.get(&location).await.expect(200).json(), changed);

    let silent = patch(&software, &location, &json!({ "stato": "sospeso" })).await.expect(422);
    assert_eq!(silent.json()["errors"][0]["pointer"], "/motivo");
    let suspend = json!({ "stato": "sospeso", "motivo": "Unpaid" });
    let suspended = patch(&software, &location, &suspend).await;
    assert_eq!(suspended.expect(200).json()["stato"], "sospeso");

    for (body, pointer) in [
        (json!({}), "/ragione_sociale"),
        (json!({ "ragione_sociale": "  " }), "/ragione_sociale"),
        (json!({ "ragione_sociale": "x".repeat(5000) }), "/ragione_sociale"),
        (with("partita_iva", json!("12345678900")), "/partita_iva"),
        (with("email", json!("no address")), "/email"),
        (with("lingua", json!("klingon")), "/lingua"),
        (with("indirizzo", json!({ "paese": "XX" })), "/indirizzo/paese"),
        (with("indirizzo", json!({ "cap": "1", "paese": "IT" })), "/indirizzo/cap"),
    ] {
        let problem = software.post(PATH, &body).await.problem(422, "validation");
        let errors = problem["errors"].as_array().expect("errors");
        assert!(errors.iter().any(|error| error["pointer"] == pointer), "{pointer}: {problem}");
        let sentences = errors.iter().filter_map(|error| error["detail"].as_str());
        sentences.for_each(|told| assert!(told.contains(' '), "{told} is no sentence: {problem}"));
    }
    for wrong in [
        json!({ "ragione_sociale": 7 }),
        json!({ "ragione_sociale": "A", "no_such_member": 1 }),
        json!({ "ragione_sociale": "A", "tipo": "amico" }),
        json!([]),
        json!(null),
        json!("x"),
    ] {
        let answer = software.post(PATH, &wrong).await;
        assert!(answer.status == 400 || answer.status == 422, "{wrong}: {}", answer.told());
        assert!(answer.header("content-type").starts_with("application/problem+json"), "{wrong}");
    }
}

fn with(name: &str, value: Value) -> Value {
    let mut body = rossi();
    body[name] = value;
    body
}

/// 428 without a version, 412 with an old one, and of two at once one wins.
pub(super) async fn a_change_names_the_version_it_was_made_from(cockpit: &Cockpit) {
    let software = cockpit.software();
    let made =
        software.post(PATH, &json!({ "ragione_sociale": "Version S.p.A." })).await.expect(201);
    let path = made.header("location").to_owned();
    let first = software.get(&path).await.expect(200).header("etag").to_owned();
    let change = |etag: &str, phone: &str| {
        let request = software.request(Method::PATCH, &path).json(&json!({ "telefono": phone }));
        let request = if etag.is_empty() { request } else { request.header("if-match", etag) };
        let software = software.clone();
        async move { software.send(request).await }
    };
    change("", "1").await.problem(428, "precondition_required");
    change("\"nonsense\"", "1").await.problem(412, "precondition_failed");
    let changed = change(&first, "02 1").await.expect(200);
    assert_ne!(changed.header("etag"), first);
    change(&first, "02 2").await.problem(412, "precondition_failed");
    let second = changed.header("etag").to_owned();
    let many = futures(10, |n| change(&second, &format!("02 {n}0"))).await;
    let won = many.iter().filter(|status| **status == 200).count();
    let lost = many.iter().filter(|status| **status == 412).count();
    assert_eq!((won, lost), (1, 9), "{many:?}");
    let missing = format!("{PATH}/00000000-0000-7000-8000-00000000ffff");
    let request = software.request(Method::PATCH, &missing).header("if-match", "\"1\"");
    software.send(request.json(&json!({}))).await.problem(404, "not_found");
}

/// The status of each of `count` requests sent at once.
async fn futures<F>(count: usize, ask: impl Fn(usize) -> F) -> Vec<u16>
where
    F: Future<Output = cockpit_tests::Answer> + Send + 'static,
{
    let mut asking = tokio::task::JoinSet::new();
    for n in 0..count {
        asking.spawn(ask(n));
    }
    asking.join_all().await.into_iter().map(|answer| answer.status).collect()
}

async fn keyed(software: &Client, key: &str, body: &Value) -> cockpit_tests::Answer {
    let request = software.request(Method::POST, PATH).header("idempotency-key", key).json(body);
    software.send(request).await
}

/// A repetition gets the first answer, another body is refused, and at once there is one customer.
pub(super) async fn a_request_sent_twice_enters_one_customer(cockpit: &Cockpit) {
    let software = cockpit.software();
    let body = json!({ "ragione_sociale": "Idempotenza S.r.l." });
    let first = keyed(&software, "key-1", &body).await.expect(201).json();
    let again = keyed(&software, "key-1", &body).await.expect(201).json();
    assert_eq!(first, again);
    let reordered = json!({ "note": null, "ragione_sociale": "Un'altra S.r.l." });
    keyed(&software, "key-1", &reordered).await.problem(422, "idempotency_key_reused");

    let body = json!({ "ragione_sociale": "Parallela S.r.l." });
    let statuses = futures(20, |_| {
        let (software, body) = (software.clone(), body.clone());
        async move { keyed(&software, "key-2", &body).await }
    })
    .await;
    assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    let found = software.get(&format!("{PATH}?q=parallela")).await.expect(200).json();
    assert_eq!(found["dati"].as_array().map(Vec::len), Some(1), "{found}");
    for wrong in ["", &"k".repeat(300)] {
        let answer = keyed(&software, wrong, &body).await;
        assert!(answer.status == 400 || answer.status == 201, "{wrong:?}: {}", answer.told());
    }
    // A refusal is not remembered as an answer.
    keyed(&software, "key-3", &json!({})).await.problem(422, "validation");
    keyed(&software, "key-3", &json!({ "ragione_sociale": "Dopo S.r.l." })).await.assert(201);
}
