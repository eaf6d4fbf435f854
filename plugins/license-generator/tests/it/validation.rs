//! `POST /api/licenze/valida`: always 200, with the reason.

use plugin_api::time::DAY;
use serde_json::{Value as Json, json};

use crate::{on_each, text};

#[test]
fn a_device_with_a_seat_is_valid_and_gets_a_fresh_key() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let activated = shop.activate(&key, "pc-1").expect(200).json();
        shop.harness.clock().advance_days(10);
        let verdict = shop.validate(&key, "pc-1");
        assert_eq!((&verdict["valida"], &verdict["codice"]), (&json!(true), &json!("valida")));
        assert_eq!(verdict["motivo"], "The licence is valid on this device.");
        assert_eq!(verdict["licenza"], activated["licenza"]);
        let token = text(&verdict, "chiave_computer");
        let claims = shop.harness.claims("licenza+jwt", &token).expect("signed by us");
        assert_eq!(claims["exp"], (shop.harness.clock().now() + 30 * DAY) / 1000);
        assert_eq!(claims["jti"], activated["attivazione"]["id"]);
        assert_eq!(shop.outcomes(), ["attiva attivata", "valida valida"]);
        let seen = shop.harness.scalar("select last_seen_at from license_generator_activation", []);
        assert_eq!(seen, shop.harness.clock().now());
    });
}

#[test]
fn every_refusal_is_an_answer_with_its_code() {
    on_each(|shop| {
        let code = |verdict: Json| {
            assert_eq!(verdict["valida"], false, "{verdict}");
            assert_eq!(verdict["chiave_computer"], Json::Null);
            assert!(!text(&verdict, "motivo").contains('⟦'));
            text(&verdict, "codice")
        };
        assert_eq!(code(shop.validate("boh", "pc-1")), "chiave_non_valida");
        let stranger = license_generator::domain::key::ActivationKey::from_random([7; 14]);
        assert_eq!(code(shop.validate(&stranger.to_string(), "pc-1")), "chiave_sconosciuta");

        let licence = shop.issue(&json!({"tipo": "abbonamento", "durata_giorni": 5}));
        let key = text(&licence, "chiave_licenza");
        assert_eq!(code(shop.validate(&key, "pc-1")), "dispositivo_non_attivato");
        shop.activate(&key, "pc-1").expect(200);
        assert_eq!(code(shop.validate(&key, "pc-2")), "dispositivo_non_attivato");
        shop.change(&licence, "suspend");
        assert_eq!(code(shop.validate(&key, "pc-1")), "licenza_sospesa");
        shop.change(&licence, "resume");
        assert_eq!(shop.validate(&key, "pc-1")["codice"], "valida");
        shop.harness.clock().advance_days(6);
        assert_eq!(code(shop.validate(&key, "pc-1")), "licenza_scaduta");
        shop.change(&licence, "suspend");
        assert_eq!(code(shop.validate(&key, "pc-1")), "licenza_sospesa");
        shop.change(&licence, "revoke");
        assert_eq!(code(shop.validate(&key, "pc-1")), "licenza_revocata");
        let verdict = shop.validate(&key, "pc-1");
        assert_eq!(verdict["licenza"]["stato"], "revocata");
    });
}

#[test]
fn a_computer_key_is_enough_even_past_its_end() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        let token = text(&shop.activate(&key, "pc-1").expect(200).json(), "chiave_computer");
        shop.harness.clock().advance_days(100);
        let ask = |body: Json| shop.call("valida", body).expect(200).json();
        let verdict = ask(json!({"chiave_computer": token}));
        assert_eq!(verdict["codice"], "valida");
        let body = json!({"chiave_computer": token, "dispositivo": {"impronta": "pc-2"}});
        assert_eq!(ask(body)["codice"], "dispositivo_non_attivato");
        let (head, _) = token.rsplit_once('.').expect("a signature");
        for altered in [format!("{head}.AAAA"), "boh".to_owned(), String::new()] {
            assert_eq!(ask(json!({"chiave_computer": altered}))["codice"], "chiave_non_valida");
        }
        shop.deactivate(&key, "pc-1").expect(200);
        assert_eq!(ask(json!({"chiave_computer": token}))["codice"], "dispositivo_non_attivato");
    });
}

#[test]
fn a_body_without_a_key_or_a_device_is_no_question() {
    on_each(|shop| {
        let pointer = |body: Json| {
            let answer = shop.call("valida", body).expect(422);
            assert_eq!(answer.problem(), "validation");
            text(&answer.json()["errors"][0], "pointer")
        };
        assert_eq!(pointer(json!({})), "/chiave_licenza");
        assert_eq!(pointer(json!({"chiave_licenza": "x"})), "/dispositivo");
        let path = "/api/licenze/valida";
        let broken = Some(("application/json", "{".into()));
        let answer = shop.harness.anonymous().send(axum::http::Method::POST, path, broken);
        assert_eq!(answer.expect(400).problem(), "malformed_body");
    });
}

#[test]
fn the_reason_is_in_the_language_of_who_asks() {
    on_each(|shop| {
        let body = json!({"chiave_licenza": "boh", "dispositivo": {"impronta": "a"}});
        let client = shop.harness.anonymous().language("it");
        let verdict = client.post_json("/api/licenze/valida", body).expect(200).json();
        assert!(text(&verdict, "motivo").starts_with("Questa non è"));
    });
}
