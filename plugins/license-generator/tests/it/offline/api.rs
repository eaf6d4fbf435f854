//! `POST /api/licenze/offline`: every answer of the contract.

use plugin_api::time::DAY;
use serde_json::{Value as Json, json};

use super::{bring, request};
use crate::{on_each, text};

#[test]
fn a_machine_without_a_network_gets_its_seat_and_a_key_for_its_nonce() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        let answer = bring(shop, &sent).expect(200).json();
        let token = text(&answer, "chiave_computer");
        let claims = Json::Object(shop.harness.claims("licenza+jwt", &token).expect("ours"));
        assert_eq!(claims["non"], "nonce-0001");
        assert_eq!(claims["sub"], licence["id"]);
        assert_eq!(claims["jti"], answer["attivazione"]);
        assert_eq!(claims["exp"], (shop.harness.clock().now() + 30 * DAY) / 1000);
        assert_eq!(claims["dev"], json!({"impronta": "pc-1", "nome": "PC pc-1"}));
        assert_eq!(text(&answer, "risposta"), format!("L1R.{token}"));
        assert_eq!(answer["scade"], "2026-02-14T10:00:00Z");
        assert_eq!(shop.seats(), (1, 1));
        assert_eq!(shop.outcomes(), ["attiva attivata"]);
        assert_eq!(shop.validate(&key, "pc-1")["codice"], "valida");
    });
}

#[test]
fn a_request_is_answered_once_and_a_retry_alike() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        let client = shop.harness.anonymous().header("idempotency-key", "abc");
        let ask = || client.post_json("/api/licenze/offline", json!({ "richiesta": sent }));
        let first = ask().expect(200).json();
        shop.harness.clock().advance(60_000);
        assert_eq!(ask().expect(200).json(), first);
        let used = bring(shop, &sent).expect(409);
        assert_eq!(used.problem(), "richiesta_gia_usata");
        assert_eq!(used.json()["quando"], "2026-01-15T10:00:00Z");
        let other = shop.harness.anonymous().header("idempotency-key", "other");
        other.post_json("/api/licenze/offline", json!({ "richiesta": sent })).expect(409);
        assert_eq!(shop.seats(), (1, 1));
        // A machine that was set up anew asks anew, and another licence's nonce is another one.
        bring(shop, &request(&key, "pc-1", "nonce-0002", &json!({}))).expect(200);
        assert_eq!(shop.seats(), (1, 1));
        let second = shop.key(&json!({}));
        bring(shop, &request(&second, "pc-1", "nonce-0001", &json!({}))).expect(200);
    });
}

#[test]
fn of_many_at_once_one_is_answered() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        let answers = shop.harness.parallel(8, |_| bring(shop, &sent));
        let given = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(given, 1, "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
        assert!(answers.iter().all(|answer| answer.status == 200 || answer.status == 409));
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn an_answer_that_was_lost_before_it_was_written_is_written_once() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        bring(shop, &sent).expect(200);
        shop.harness.sql(
            "update license_generator_offline_request set trusted_until = null, \
             answer_sealed = x'', code_hash = null, activation_id = null",
            [],
        );
        bring(shop, &sent).expect(200);
        bring(shop, &sent).expect(409);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn typing_errors_are_found_and_nothing_is_taken() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        let mistyped = sent.replacen("L1Q.e", "L1Q.f", 1);
        assert_eq!(bring(shop, &mistyped).expect(400).problem(), "richiesta_errore_battitura");
        assert_eq!(bring(shop, "ciao").expect(400).problem(), "richiesta_non_valida");
        let none = request("7D91A", "pc-1", "nonce-0001", &json!({}));
        assert_eq!(bring(shop, &none).expect(400).problem(), "chiave_non_valida");
        let empty = json!({"dispositivo": {"impronta": ""}});
        let none = request(&key, "pc-1", "nonce-0001", &empty);
        assert_eq!(bring(shop, &none).expect(422).problem(), "validation");
        let stranger = license_generator::domain::key::ActivationKey::from_random([7; 14]);
        let none = request(&stranger.to_string(), "pc-1", "nonce-0001", &json!({}));
        assert_eq!(bring(shop, &none).expect(404).problem(), "chiave_sconosciuta");
        assert_eq!(shop.seats(), (0, 0));
        // The right one is still unused.
        bring(shop, &sent).expect(200);
    });
}

#[test]
fn what_is_refused_online_is_refused_offline_and_may_be_asked_again() {
    on_each(|shop| {
        let licence = shop.issue(&json!({"dispositivi": 1}));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc-0").expect(200);
        let sent = request(&key, "pc-1", "nonce-0001", &json!({}));
        assert_eq!(bring(shop, &sent).expect(409).problem(), "limite_dispositivi");
        shop.deactivate(&key, "pc-0").expect(200);
        bring(shop, &sent).expect(200);
        let renewal = json!({"azione": "rinnova"});
        let other = request(&key, "pc-9", "nonce-0002", &renewal);
        assert_eq!(bring(shop, &other).expect(422).problem(), "dispositivo_non_attivato");
        bring(shop, &request(&key, "pc-1", "nonce-0003", &renewal)).expect(200);
        let newer = request(&key, "pc-1", "nonce-0004", &json!({"versione": "9.0"}));
        assert_eq!(bring(shop, &newer).expect(422).problem(), "versione_non_inclusa");
        shop.change(&licence, "revoke");
        let late = request(&key, "pc-1", "nonce-0005", &json!({}));
        assert_eq!(bring(shop, &late).expect(422).problem(), "licenza_revocata");
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn a_floating_licence_says_to_borrow_a_seat() {
    on_each(|shop| {
        let key = shop.key(&json!({"associazione": "flottante", "posti": 2}));
        let answer = bring(shop, &request(&key, "pc-1", "nonce-0001", &json!({}))).expect(422);
        assert_eq!(answer.problem(), "usa_posti");
        assert!(answer.text().contains("borrow a seat"), "{answer}");
    });
}

#[test]
fn a_short_request_is_typed_in_groups() {
    on_each(|shop| {
        let key = shop.key(&json!({})).replace('-', "");
        let body = format!("{key}A{}{}", "0123456789ABCDEFGHJKMNPQRS", "7ZT0PQ4");
        let sum = license_generator::domain::offline::crc32(body.as_bytes());
        let letters = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let check = (0..6).rev().map(|place| {
            let index = usize::try_from((sum >> (5 * place)) & 31).expect("five bits");
            char::from(letters[index])
        });
        let whole: Vec<char> = body.chars().chain(check).collect();
        let groups: Vec<String> = whole.chunks(5).map(|group| group.iter().collect()).collect();
        assert_eq!(groups.len(), 13);
        let typed = groups.join(" ").to_lowercase();
        let answer = bring(shop, &typed).expect(200).json();
        let token = text(&answer, "chiave_computer");
        let claims = Json::Object(shop.harness.claims("licenza+jwt", &token).expect("ours"));
        assert_eq!(claims["non"], "7ZT0PQ4");
        assert_eq!(claims["dev"]["impronta"], "0123456789ABCDEFGHJKMNPQRS");
        let wrong = typed.replacen('a', "b", 1);
        assert_eq!(bring(shop, &wrong).expect(400).problem(), "richiesta_errore_battitura");
    });
}
