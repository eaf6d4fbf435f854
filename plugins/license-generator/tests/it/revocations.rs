//! The signed list of what verifiers without a network must not trust any more.

use serde_json::{Value, json};

use super::{Shop, on_each, text};

fn list(shop: &Shop<'_>) -> Value {
    let answer = shop.harness.anonymous().get("/api/licenze/revoche").expect(200);
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    let claims = shop.harness.claims("revoche+jwt", answer.text()).expect("a signed list");
    Value::Object(claims)
}

#[test]
fn it_names_revoked_licences_and_freed_devices_as_long_as_their_keys_are_trusted() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        let first = shop.activate(&key, "pc-1").expect(200).json();
        shop.activate(&key, "pc-2").expect(200);
        let quiet = list(shop);
        assert_eq!((&quiet["licenze"], &quiet["attivazioni"]), (&json!([]), &json!([])));
        assert_eq!(quiet["chiavi"], json!([]));

        shop.deactivate(&key, "pc-1").expect(200);
        assert_eq!(list(shop)["attivazioni"], json!([first["attivazione"]["id"]]));
        // Its computer key was made before and says so for 30 days.
        shop.harness.clock().advance_days(32);
        assert_eq!(list(shop)["attivazioni"], json!([]));

        shop.validate(&key, "pc-2");
        shop.change(&licence, "revoke");
        let told = list(shop);
        assert_eq!(told["licenze"], json!([licence["id"]]));
        assert!(told["numero"].as_i64() > quiet["numero"].as_i64());
        shop.harness.clock().advance_days(32);
        assert_eq!(list(shop)["licenze"], json!([]));
    });
}

#[test]
fn a_revoked_licence_is_on_it_while_a_floating_seat_is_out() {
    on_each(|shop| {
        let licence = crate::floating::floating(shop, 2, &json!({}));
        let key = text(&licence, "chiave_licenza");
        let until = plugin_api::time::rfc3339(shop.harness.clock().now() + plugin_api::time::DAY);
        let lent = json!({"prestito_fino_a": until});
        crate::floating::take(shop, &key, "pc-1", &lent).expect(201);
        shop.change(&licence, "revoke");
        assert_eq!(list(shop)["licenze"], json!([licence["id"]]));
        shop.harness.clock().advance_days(2);
        assert_eq!(list(shop)["licenze"], json!([]));
    });
}

#[test]
fn a_list_is_no_computer_key_and_a_computer_key_no_list() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let answer = shop.activate(&key, "pc-1").expect(200).json();
        let computer_key = text(&answer, "chiave_computer");
        assert_eq!(shop.harness.claims("revoche+jwt", &computer_key), None);
        let answer = shop.harness.anonymous().get("/api/licenze/revoche").expect(200);
        let verdict =
            shop.call("valida", json!({ "chiave_computer": answer.text() })).expect(200).json();
        assert_eq!(verdict["codice"], "chiave_non_valida");
    });
}
