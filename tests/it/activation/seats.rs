//! Seats: one per device, as many as the licence has, free again at once.

use cockpit_tests::licences::{activate, any_customer, deactivate, device, issue, validate};
use cockpit_tests::{Answer, Cockpit};
use serde_json::{Value, json};

/// Three devices, a fourth, the same again, and one that leaves.
pub(super) async fn a_fourth_device_is_refused_and_a_freed_seat_is_free(cockpit: &Cockpit) {
    let client = cockpit.anonymous();
    let key = &cockpit.told().activation_key;
    // The printed request took the first seat.
    let second = activate(&client, key, "second").await.expect(200).json();
    assert_eq!(second["attivazione"]["dispositivi_usati"], 2, "{second}");
    let third = activate(&client, key, "third").await.expect(200).json();
    assert_eq!(third["attivazione"]["dispositivi_usati"], 3, "{third}");

    let refused = activate(&client, key, "fourth").await;
    refused.problem(409, "limite_dispositivi");
    let again = activate(&client, key, "second").await.expect(200).json();
    assert_eq!(again["attivazione"]["id"], second["attivazione"]["id"], "the same seat");
    assert_eq!(again["attivazione"]["dispositivi_usati"], 3, "{again}");

    for typed in careless(key) {
        let again = activate(&client, &typed, "third").await.expect(200).json();
        assert_eq!(again["attivazione"]["id"], third["attivazione"]["id"], "{typed}");
    }

    verdict(&validate(&client, key, "second").await, "valida");
    verdict(&validate(&client, key, "fourth").await, "dispositivo_non_attivato");
    let left = deactivate(&client, key, "second").await.expect(200).json();
    assert_eq!(left["attivazione"]["dispositivi_usati"], 2, "{left}");
    verdict(&validate(&client, key, "second").await, "dispositivo_non_attivato");
    deactivate(&client, key, "second").await.problem(422, "dispositivo_non_attivato");
    activate(&client, key, "fourth").await.assert(200);
    activate(&client, key, "second").await.problem(409, "limite_dispositivi");
}

/// The key as people type it.
fn careless(key: &str) -> [String; 4] {
    [
        key.to_lowercase(),
        key.replace('-', " "),
        key.replace('-', ""),
        format!("  {}\t", key.to_lowercase().replace('0', "O").replace('1', "l")),
    ]
}

/// Expired, suspended, unknown and malformed keys; devices and products that do not fit.
pub(super) async fn refusals_have_their_codes(cockpit: &Cockpit) {
    let client = cockpit.anonymous();
    let told = cockpit.told();
    for (key, codice) in
        [(&told.expired_key, "licenza_scaduta"), (&told.suspended_key, "licenza_sospesa")]
    {
        activate(&client, key, "x").await.problem(422, codice);
        let answer = validate(&client, key, "x").await;
        verdict(&answer, codice);
        assert!(answer.json()["licenza"]["id"].is_string(), "{}", answer.told());
    }
    let trial = activate(&client, &told.trial_key, "x").await.expect(200).json();
    assert_eq!(trial["licenza"]["tipo"], "trial", "{trial}");

    for malformed in ["", "ABC", "00000-00000-00000-00000-00000", "🔑", &"A".repeat(100_000)] {
        activate(&client, malformed, "x").await.problem(400, "chiave_non_valida");
        verdict(&validate(&client, malformed, "x").await, "chiave_non_valida");
        deactivate(&client, malformed, "x").await.problem(400, "chiave_non_valida");
    }
    let software = cockpit.software();
    let unknown = unknown_key(cockpit).await;
    activate(&client, &unknown, "x").await.problem(404, "chiave_sconosciuta");
    verdict(&validate(&client, &unknown, "x").await, "chiave_sconosciuta");
    deactivate(&client, &unknown, "x").await.problem(404, "chiave_sconosciuta");

    let customer = any_customer(&software).await;
    let fresh = issue(&software, &customer, &told.product, 1).await;
    let mut body = device(&fresh.key, "x");
    body["prodotto"] = "ANOTHER-PRODUCT".into();
    let refused = client.post("/api/licenze/attiva", &body).await;
    refused.problem(422, "prodotto_errato");
    body["prodotto"] = told.product.clone().into();
    body["versione"] = "999.0".into();
    client.post("/api/licenze/attiva", &body).await.problem(422, "versione_non_inclusa");
    for impronta in [json!(""), json!(7), json!({}), json!(null), json!("x".repeat(5000))] {
        let body = json!({ "chiave_licenza": fresh.key, "dispositivo": { "impronta": impronta } });
        let refused = client.post("/api/licenze/attiva", &body).await;
        let problem = refused.problem(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/dispositivo/impronta", "{problem}");
    }
    let components = json!({
        "chiave_licenza": fresh.key,
        "dispositivo": { "impronta": { "componenti": { "mac": "00:11", "disco": "è" } } },
    });
    let first = client.post("/api/licenze/attiva", &components).await.expect(200).json();
    let reordered = r#"{"dispositivo":{"impronta":{"componenti":{"disco":"è","mac":"00:11"}}},"#;
    let reordered = format!("{reordered}\"chiave_licenza\":\"{}\"}}", fresh.key);
    let reordered: Value = serde_json::from_str(&reordered).expect("JSON");
    let again = client.post("/api/licenze/attiva", &reordered).await.expect(200).json();
    assert_eq!(first["attivazione"]["id"], again["attivazione"]["id"], "components in any order");
}

/// A well-formed key nobody has: another installation issued it.
async fn unknown_key(cockpit: &Cockpit) -> String {
    let elsewhere = Cockpit::demo(cockpit_tests::Setup::PLAIN).await;
    let key = elsewhere.told().activation_key.clone();
    assert_ne!(key, cockpit.told().activation_key, "every demo has keys of its own");
    key
}

#[track_caller]
fn verdict(answer: &Answer, codice: &str) {
    assert_eq!(answer.status, 200, "{}: {}", answer.asked, answer.told());
    let body = answer.json();
    assert_eq!(body["codice"], codice, "{body}");
    assert_eq!(body["valida"], codice == "valida", "{body}");
    assert!(body["motivo"].as_str().is_some_and(|told| told.contains(' ')), "{body}");
    assert_eq!(body["chiave_computer"].is_string(), codice == "valida", "{body}");
}
