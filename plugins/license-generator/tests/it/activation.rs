//! `POST /api/licenze/attiva`: every answer of the contract.

use plugin_api::time::{DAY, parse_end_of_day};
use serde_json::{Value as Json, json};

use crate::{on_each, text};

#[test]
fn a_device_gets_its_seat_and_a_computer_key() {
    on_each(|shop| {
        let licence = shop.issue(&json!({
            "moduli": {"pdf": {"attivo": true, "limite": 5, "fino_a": "2026-12-31"}},
            "payload": {"sede": "Torino"},
        }));
        let answer = shop.activate(&text(&licence, "chiave_licenza"), "pc-1").expect(200).json();
        assert_eq!(answer["stato"], "attiva");
        let modules = json!({
            "base": {"attivo": true},
            "pdf": {"attivo": true, "limite": 5, "fino_a": "2026-12-31T23:59:59Z"},
        });
        assert_eq!(
            answer["licenza"],
            json!({
                "id": licence["id"], "tipo": "permanente", "stato": "attiva", "scadenza": null,
                "moduli": modules, "cliente": "Bianchi & Figli", "prodotto": "STUDIO",
            })
        );
        assert_eq!(answer["attivazione"]["dispositivi_usati"], 1);
        assert_eq!(answer["attivazione"]["dispositivi_massimi"], 3);

        let token = text(&answer, "chiave_computer");
        let claims = shop.harness.claims("licenza+jwt", &token).expect("signed by us");
        let claims = Json::Object(claims);
        let now = shop.harness.clock().now();
        assert_eq!(claims["sub"], licence["id"]);
        assert_eq!(claims["aud"], "STUDIO");
        assert_eq!(claims["jti"], answer["attivazione"]["id"]);
        assert_eq!(claims["exp"], (now + 30 * DAY) / 1000);
        assert_eq!(claims["dev"], json!({"impronta": "pc-1", "nome": "PC pc-1"}));
        assert_eq!(claims["mod"], modules);
        assert_eq!(claims["ext"], json!({"sede": "Torino"}));
        assert_eq!(claims["lic"]["cliente"], "Bianchi & Figli");
        assert_eq!(shop.outcomes(), ["attiva attivata"]);
    });
}

#[test]
fn a_key_may_be_typed_without_care() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let careless = format!("  {} ", key.to_lowercase().replace('-', " – ").replace('0', "o"));
        shop.activate(&careless, "pc-1").expect(200);
        shop.activate(&key.replace('-', ""), "pc-1").expect(200);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn a_malformed_key_is_refused_and_an_unknown_one_not_found() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let swapped: String = {
            let mut letters: Vec<char> = key.chars().collect();
            let last = letters.pop().expect("a letter");
            letters.push(if last == 'A' { 'B' } else { 'A' });
            letters.into_iter().collect()
        };
        for wrong in ["", "ciao", &swapped, &key.replace('-', "")[1..], &"9".repeat(4096)] {
            let answer = shop.activate(wrong, "pc-1").expect(400);
            assert_eq!(answer.problem(), "chiave_non_valida", "{wrong}");
        }
        let stranger = license_generator::domain::key::ActivationKey::from_random([7; 14]);
        let answer = shop.activate(&stranger.to_string(), "pc-1").expect(404);
        assert_eq!(answer.problem(), "chiave_sconosciuta");
        assert_eq!(shop.outcomes(), ["attiva chiave_sconosciuta"]);
    });
}

#[test]
fn every_state_that_is_not_in_force_has_its_code() {
    on_each(|shop| {
        let suspended = shop.issue(&json!({}));
        shop.change(&suspended, "suspend");
        let revoked = shop.issue(&json!({}));
        shop.change(&revoked, "revoke");
        let expired = shop.issue(&json!({"tipo": "trial", "durata_giorni": 1}));
        let awaiting = shop.issue(&json!({}));
        shop.harness.sql(
            "update license_generator_licence set state_stored = 'awaiting' where licence_id = ?",
            [text(&awaiting, "id").into()],
        );
        shop.harness.clock().advance_days(2);
        for (licence, code) in [
            (&suspended, "licenza_sospesa"),
            (&revoked, "licenza_revocata"),
            (&expired, "licenza_scaduta"),
            (&awaiting, "licenza_in_attesa"),
        ] {
            let answer = shop.activate(&text(licence, "chiave_licenza"), "pc-1").expect(422);
            assert_eq!(answer.problem(), code);
        }
        assert_eq!(shop.seats(), (0, 0));
        shop.change(&suspended, "resume");
        shop.activate(&text(&suspended, "chiave_licenza"), "pc-1").expect(200);
    });
}

#[test]
fn the_last_millisecond_of_its_last_day_belongs_to_a_licence() {
    on_each(|shop| {
        let key = shop.key(&json!({"tipo": "abbonamento", "scadenza": "2026-02-28"}));
        let last = parse_end_of_day("2026-02-28").expect("a day");
        shop.harness.clock().set(last);
        let answer = shop.activate(&key, "pc-1").expect(200).json();
        assert_eq!(answer["licenza"]["scadenza"], "2026-02-28T23:59:59Z");
        let token = text(&answer, "chiave_computer");
        let claims = shop.harness.claims("licenza+jwt", &token).expect("signed by us");
        assert_eq!(claims["exp"], last / 1000);
        assert_eq!(shop.validate(&key, "pc-1")["codice"], "valida");
        shop.harness.clock().set(last + 1);
        assert_eq!(shop.activate(&key, "pc-1").expect(422).problem(), "licenza_scaduta");
        assert_eq!(shop.validate(&key, "pc-1")["codice"], "licenza_scaduta");
    });
}

#[test]
fn a_trial_that_runs_is_a_demo() {
    on_each(|shop| {
        let key = shop.key(&json!({"tipo": "trial", "dispositivi": 1}));
        let answer = shop.activate(&key, "pc-1").expect(200).json();
        assert_eq!(answer["stato"], "demo");
        assert_eq!(answer["licenza"]["scadenza"], "2026-02-14T10:00:00Z");
    });
}

#[test]
fn another_product_and_a_newer_version_are_refused() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let ask = |more: Json| {
            let mut body = json!({"chiave_licenza": key, "dispositivo": {"impronta": "pc-1"}});
            for (name, value) in more.as_object().expect("an object") {
                body[name] = value.clone();
            }
            shop.call("attiva", body)
        };
        assert_eq!(ask(json!({"prodotto": "ALTRO"})).expect(422).problem(), "prodotto_errato");
        assert_eq!(ask(json!({"versione": "4.0"})).expect(422).problem(), "versione_non_inclusa");
        assert_eq!(ask(json!({"versione": "quattro"})).expect(422).problem(), "validation");
        ask(json!({"prodotto": "studio", "versione": "v3.9.1-beta"})).expect(200);
    });
}

#[test]
fn bodies_that_make_no_sense_are_told_apart() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let device = |device: Json| {
            shop.call("attiva", json!({"chiave_licenza": key, "dispositivo": device}))
        };
        for (wrong, pointer) in [
            (json!({"impronta": ""}), "/dispositivo/impronta"),
            (json!({"impronta": 7}), "/dispositivo/impronta"),
            (json!({"impronta": {"altro": {}}}), "/dispositivo/impronta"),
            (json!({"impronta": "x".repeat(5000)}), "/dispositivo/impronta"),
            (json!({"impronta": "a", "nome": "n".repeat(201)}), "/dispositivo/nome"),
            (json!({"impronta": "a", "piattaforma": "n".repeat(101)}), "/dispositivo/piattaforma"),
        ] {
            let answer = device(wrong).expect(422);
            assert_eq!(answer.problem(), "validation");
            assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
        }
        assert_eq!(shop.call("attiva", json!({})).status, 422);
        assert_eq!(shop.call("attiva", json!([])).status, 422);
        let client = shop.harness.anonymous();
        let send = |kind: &str, body: &str| {
            let path = "/api/licenze/attiva";
            client.send(axum::http::Method::POST, path, Some((kind, body.to_owned().into())))
        };
        assert_eq!(send("application/json", "{\"chiave").expect(400).problem(), "malformed_body");
        assert_eq!(send("text/plain", "{}").status, 415);
    });
}

#[test]
fn problems_speak_the_language_of_who_asks() {
    on_each(|shop| {
        let body = json!({"chiave_licenza": "boh", "dispositivo": {"impronta": "a"}});
        let ask = |language: &str| {
            let client = shop.harness.anonymous().language(language);
            client.post_json("/api/licenze/attiva", &body).expect(400).json()
        };
        assert!(text(&ask("it"), "detail").starts_with("Questa non è una chiave"));
        assert!(text(&ask("en"), "detail").starts_with("This is not a valid key"));
    });
}
