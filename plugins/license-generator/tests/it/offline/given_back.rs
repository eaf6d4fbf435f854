//! A machine without a network gives its seat back with the code that proves that its key is gone.

use serde_json::json;

use super::{bring, code, request};
use crate::{Shop, on_each, text};

/// Brings a request to give the seat of `device` back.
fn give_back(
    shop: &Shop<'_>,
    key: &str,
    device: &str,
    nonce: &str,
    code: &str,
) -> plugin_testing::Answer {
    let more = json!({"azione": "disattiva", "codice": code});
    bring(shop, &request(key, device, nonce, &more))
}

#[test]
fn the_code_of_its_key_frees_a_seat() {
    on_each(|shop| {
        let key = shop.key(&json!({"dispositivi": 1}));
        let answer = bring(shop, &request(&key, "pc-1", "nonce-0001", &json!({}))).expect(200);
        let code = code(&answer.json());
        for wrong in ["", "ABCDEFGHJK", "ciao"] {
            let refused = give_back(shop, &key, "pc-1", "nonce-0002", wrong).expect(422);
            assert_eq!(refused.problem(), "codice_errato");
        }
        assert_eq!(shop.seats(), (1, 1));
        let done = give_back(shop, &key, "pc-1", "nonce-0002", &code.to_lowercase()).expect(200);
        assert_eq!(done.json()["chiave_computer"], json!(null));
        assert_eq!(shop.seats(), (0, 0));
        let again = give_back(shop, &key, "pc-1", "nonce-0002", &code).expect(409);
        assert_eq!(again.problem(), "richiesta_gia_usata");
        let again = give_back(shop, &key, "pc-1", "nonce-0003", &code).expect(422);
        assert_eq!(again.problem(), "dispositivo_non_attivato");
        // The old code says nothing about a seat that was taken again.
        shop.harness.clock().advance(1000);
        shop.activate(&key, "pc-1").expect(200);
        let stale = give_back(shop, &key, "pc-1", "nonce-0004", &code).expect(422);
        assert_eq!(stale.problem(), "attivazione_non_offline");
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn only_the_code_of_the_last_key_counts() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let first =
            bring(shop, &request(&key, "pc-1", "nonce-0001", &json!({}))).expect(200).json();
        shop.harness.clock().advance(1000);
        let fresh = request(&key, "pc-1", "nonce-0002", &json!({"azione": "rinnova"}));
        let second = bring(shop, &fresh).expect(200).json();
        let refused = give_back(shop, &key, "pc-1", "nonce-0003", &code(&first)).expect(422);
        assert_eq!(refused.problem(), "codice_errato");
        give_back(shop, &key, "pc-1", "nonce-0003", &code(&second)).expect(200);
    });
}

#[test]
fn the_page_of_a_request_takes_the_code() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        let answer = bring(shop, &request(&key, "pc-1", "nonce-0001", &json!({}))).expect(200);
        let rows =
            shop.harness.rows("select request_id from license_generator_offline_request", []);
        let path = format!("/crm/offline/requests/{}", text(&rows[0], "request_id"));
        let seller = shop.seller();
        let free = format!("{path}/free");
        let wrong = seller.post_form(&free, &[("codice", "ABCDE-FGHJK")]).expect(422);
        assert!(wrong.html().contains("not the code of this device"), "{wrong}");
        shop.sibling().post_form(&free, &[("codice", &code(&answer.json()))]).expect(404);
        let done = seller.post_form(&free, &[("codice", &code(&answer.json()))]).expect(303);
        assert_eq!(done.notice(), "The seat is free.");
        assert_eq!(shop.seats(), (0, 0));
        assert!(shop.harness.effects().actions().contains(&"device.freed"));
        let page = seller.get(&path).expect(200);
        assert!(page.html().contains("Given back with code"), "{page}");
        let list = seller.get("/crm/offline/requests?stato=confermata").expect(200);
        assert!(list.html().contains("PC pc-1"), "{list}");
    });
}
