//! Why: the answer of the rules, without a trace of the question.

use serde_json::{Value as Json, json};

use super::licence;
use crate::{Shop, on_each, text};

fn explain(shop: &Shop<'_>, licence: &Json, query: &str) -> Json {
    let path = format!("/api/admin/licenze/{}/spiega?{query}", text(licence, "id"));
    shop.seller().get(&path).expect(200).json()
}

fn step<'a>(trace: &'a Json, name: &str) -> &'a Json {
    let steps = trace["passi"].as_array().expect("steps");
    steps.iter().find(|step| step["passo"] == name).expect("the step")
}

#[test]
fn it_says_what_the_calls_would_say() {
    on_each(|shop| {
        let licence = shop.issue(&json!({"dispositivi": 1}));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc-1").expect(200);
        let log = shop.outcomes();
        let known = explain(shop, &licence, "impronta=pc-1&versione=3.9");
        assert_eq!(
            (&known["valida"]["ammessa"], &known["valida"]["codice"]),
            (&json!(true), &json!("valida"))
        );
        let other = explain(shop, &licence, "impronta=pc-2");
        assert_eq!(other["valida"]["codice"], "dispositivo_non_attivato");
        assert_eq!(other["attiva"]["codice"], "limite_dispositivi");
        let devices = step(&other["attiva"], "limite_dispositivi");
        assert_eq!(devices["superato"], false);
        assert_eq!(devices["fatti"]["dispositivi_usati"], 1);
        assert_eq!(step(&other["attiva"], "stato")["superato"], true);
        assert_eq!(step(&other["valida"], "limite_dispositivi")["superato"], Json::Null);
        let newer = explain(shop, &licence, "impronta=pc-1&versione=4&prodotto=ALTRO");
        assert_eq!(newer["valida"]["codice"], "prodotto_errato");
        assert_eq!(step(&newer["valida"], "versione")["superato"], false);
        assert_eq!(explain(shop, &licence, "")["valida"]["ammessa"], true);
        assert_eq!(shop.outcomes(), log);
        assert_eq!(shop.seats(), (1, 1));
        let path = format!("/api/admin/licenze/{}/spiega", text(&licence, "id"));
        shop.sibling().get(&path).expect(404);
        shop.harness.anonymous().get(&path).expect(401);
        shop.seller().get(&format!("{path}?versione=boh")).expect(422);
        shop.seller().get(&format!("{path}?impronta={}", "x".repeat(5000))).expect(422);
    });
}

#[test]
fn it_looks_into_components_people_and_exchanges() {
    on_each(|shop| {
        let conditions = json!({"match_components": 1, "rolling_token": true, "transfers_max": 0});
        let licence = licence(shop, &json!({}), &conditions);
        let key = text(&licence, "chiave_licenza");
        let device = json!({"impronta": {"componenti": {"a": 1, "b": 2}}});
        super::ask(shop, "attiva", &key, &device, &json!({})).expect(200);
        let typed = "impronta=%7B%22componenti%22%3A%7B%22a%22%3A1%2C%22b%22%3A3%7D%7D";
        assert_eq!(explain(shop, &licence, typed)["valida"]["ammessa"], true);
        super::ask(shop, "disattiva", &key, &device, &json!({})).expect(200);
        let other = explain(shop, &licence, "impronta=pc-9");
        assert_eq!(other["attiva"]["codice"], "limite_trasferimenti");
        let people = shop.issue(&json!({"associazione": "utente", "utenti": 1}));
        let unnamed = explain(shop, &people, "impronta=pc-9");
        assert_eq!(unnamed["attiva"]["codice"], "utente_richiesto");
        let named = explain(shop, &people, "impronta=pc-9&utente=Anna");
        assert_eq!(named["attiva"]["ammessa"], true);
    });
}

#[test]
fn the_page_asks_and_answers() {
    on_each(|shop| {
        let licence = shop.issue(&json!({"dispositivi": 1}));
        shop.activate(&text(&licence, "chiave_licenza"), "pc-1").expect(200);
        let path = format!("/crm/licences/{}/why", text(&licence, "id"));
        let page =
            shop.seller().get(&format!("{path}?impronta=pc-2")).expect(200).text().to_owned();
        assert!(page.contains("This device is not activated"), "{page}");
        assert!(
            page.contains("All 1 devices") || page.contains("devices of this licence"),
            "{page}"
        );
        let wrong =
            shop.seller().get(&format!("{path}?versione=boh")).expect(200).text().to_owned();
        assert!(wrong.contains("Send a version that begins with a number"), "{wrong}");
        let italian = shop.seller().language("it").get(&path).expect(200).text().to_owned();
        assert!(italian.contains("Perché?"), "{italian}");
        shop.sibling().get(&path).expect(404);
    });
}
