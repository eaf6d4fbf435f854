//! `/api/admin/licenze`: issued for a customer and a product, refused when it makes no sense.

use cockpit_tests::Cockpit;
use cockpit_tests::licences::{activate, any_customer, order};
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/api/admin/licenze";

/// Permanent, trial and subscription; with a key that works at once.
pub(super) async fn a_licence_is_issued_for_a_customer_and_a_product(cockpit: &Cockpit) {
    let software = cockpit.software();
    let customer = any_customer(&software).await;
    let product = &cockpit.told().product;
    let mut asked = order(&customer, product, 2);
    asked["payload"] = json!({ "colore": "blu", "elenco": [1, 2, { "è": "🔑" }] });
    asked["note"] = "solo per noi".into();
    asked["prezzo"] = json!({ "importo": 120_000, "valuta": "EUR" });
    let made = software.post(PATH, &asked).await.expect(201).json();
    let path = format!("{PATH}/{}", made["id"].as_str().expect("an id"));
    for name in ["cliente", "prodotto", "tipo", "dispositivi", "payload", "note", "prezzo"] {
        assert_eq!(made[name], asked[name], "{name}: {made}");
    }
    assert_eq!(made["stato"], "attiva", "{made}");
    let key = made["chiave_licenza"].as_str().expect("a key");
    let groups: Vec<usize> = key.split('-').map(str::len).collect();
    assert_eq!(groups, [5; 5], "{key}");
    assert_eq!(software.get(&path).await.expect(200).json(), made);

    let activated = activate(&cockpit.anonymous(), key, "first").await.expect(200).json();
    let claims = cockpit_tests::jws::part(activated["chiave_computer"].as_str().expect("a key"), 1);
    assert_eq!(claims["ext"], asked["payload"], "the payload travels in the computer key");
    assert!(!claims.to_string().contains("solo per noi"), "notes are for the vendor only");
    let read = software.get(&path).await.expect(200).json();
    assert_eq!(read["dispositivi_usati"], 1, "{read}");
    assert_eq!(read["attivazioni"][0]["impronta"], "first", "{read}");

    for (tipo, member, value) in
        [("abbonamento", "scadenza", json!("2099-12-31")), ("trial", "durata_giorni", json!(10))]
    {
        let mut asked = order(&customer, product, 1);
        asked["tipo"] = tipo.into();
        asked[member] = value;
        let made = software.post(PATH, &asked).await.expect(201).json();
        let end = made["scadenza"].as_str().unwrap_or_else(|| panic!("no end: {made}"));
        assert!(tipo == "trial" || end.starts_with("2099-12-31T23:59:59"), "{made}");
    }

    let request = || {
        let request = software.request(Method::POST, PATH).header("idempotency-key", "licence-1");
        software.send(request.json(&order(&customer, product, 1)))
    };
    let (first, again) = (request().await.expect(201).json(), request().await.expect(201).json());
    assert_eq!(first, again, "one licence, and its key is shown again");
}

/// Each with the field that is wrong.
pub(super) async fn orders_that_make_no_sense_are_refused_field_by_field(cockpit: &Cockpit) {
    let software = cockpit.software();
    let customer = any_customer(&software).await;
    let product = &cockpit.told().product;
    let good = order(&customer, product, 1);
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for (body, pointer) in [
        (with("cliente", Value::Null), "/cliente"),
        (with("cliente", json!("00000000-0000-7000-8000-00000000ffff")), "/cliente"),
        (with("cliente", json!("x'; drop table y; --")), "/cliente"),
        (with("prodotto", Value::Null), "/prodotto"),
        (with("prodotto", json!("NO-SUCH-PRODUCT")), "/prodotto"),
        (with("tipo", json!("eterna")), "/tipo"),
        (with("tipo", Value::Null), "/tipo"),
        (with("dispositivi", json!(0)), "/dispositivi"),
        (with("dispositivi", json!(-1)), "/dispositivi"),
        (with("dispositivi", json!(9_000_000_000_i64)), "/dispositivi"),
        (with("utenti", json!(0)), "/utenti"),
        (with("scadenza", json!("2020-01-01")), "/scadenza"),
        (with("scadenza", json!("tomorrow")), "/scadenza"),
        (with("durata_giorni", json!(-5)), "/durata_giorni"),
        (with("moduli", json!({ "NO-SUCH-MODULE": { "attivo": true } })), "/moduli/NO-SUCH-MODULE"),
        (with("prezzo", json!({ "importo": 1, "valuta": "euro" })), "/prezzo/valuta"),
        (with("payload", json!([1])), "/payload"),
        (with("payload", json!({ "x": "y".repeat(70_000) })), "/payload"),
        (with("alla_scadenza", json!("esplode")), "/alla_scadenza"),
    ] {
        let answer = software.post(PATH, &body).await;
        assert_eq!(answer.status, 422, "{pointer}: {}", answer.told());
        let problem = answer.json();
        let errors = problem["errors"].as_array().unwrap_or_else(|| panic!("no errors: {problem}"));
        let found = errors.iter().find(|error| error["pointer"] == pointer);
        let found = found.unwrap_or_else(|| panic!("{pointer} is not named: {problem}"));
        assert!(found["detail"].as_str().is_some_and(|told| told.contains(' ')), "{problem}");
    }
    software
        .get(&format!("{PATH}/00000000-0000-7000-8000-00000000ffff"))
        .await
        .problem(404, "not_found");
}
