//! Rolling tokens: clones are found out, lost answers forgiven.

use serde_json::{Value as Json, json};

use super::{ask, licence};
use crate::{Shop, on_each, text};

fn device(token: Option<&str>) -> Json {
    json!({ "impronta": "pc-1", "nome": "PC", "gettone": token })
}

fn validate(shop: &Shop<'_>, key: &str, token: Option<&str>) -> Json {
    ask(shop, "valida", key, &device(token), &json!({})).expect(200).json()
}

#[test]
fn each_validation_brings_the_next_token_and_a_lost_answer_is_forgiven() {
    on_each(|shop| {
        let licence = licence(shop, &json!({}), &json!({"rolling_token": true}));
        let key = text(&licence, "chiave_licenza");
        let first = ask(shop, "attiva", &key, &device(None), &json!({})).expect(200).json();
        let first = text(&first["attivazione"], "gettone");
        let second = text(&validate(shop, &key, Some(&first)), "gettone");
        assert_ne!(first, second);
        // The answer that brought the second one got lost.
        let third = text(&validate(shop, &key, Some(&first)), "gettone");
        let fourth = validate(shop, &key, Some(&third));
        assert_eq!(fourth["valida"], true);
        assert_eq!(validate(shop, &key, None)["codice"], "gettone_mancante");
        let stored = "select count(*) from license_generator_token where current_hash = ?";
        let token = text(&fourth, "gettone");
        assert_eq!(shop.harness.scalar(stored, [token.into()]), 0);
    });
}

#[test]
fn a_clone_is_found_out_with_both_sightings_until_somebody_clears_it() {
    on_each(|shop| {
        let licence = licence(shop, &json!({}), &json!({"rolling_token": true}));
        let (key, id) = (text(&licence, "chiave_licenza"), text(&licence, "id"));
        let activated = ask(shop, "attiva", &key, &device(None), &json!({})).expect(200).json();
        let shared = text(&activated["attivazione"], "gettone");
        // The original goes on twice, then the copy shows what both had.
        let next = text(&validate(shop, &key, Some(&shared)), "gettone");
        let next = text(&validate(shop, &key, Some(&next)), "gettone");
        let copy = validate(shop, &key, Some(&shared));
        assert_eq!(
            (&copy["valida"], &copy["codice"]),
            (&json!(false), &json!("dispositivo_clonato"))
        );
        let again = ask(shop, "attiva", &key, &device(Some(&shared)), &json!({})).expect(409);
        assert_eq!(again.problem(), "dispositivo_clonato");
        // The original still goes on.
        let next = text(&validate(shop, &key, Some(&next)), "gettone");
        assert_eq!(
            shop.outcomes(),
            [
                "attiva attivata",
                "valida valida",
                "valida valida",
                "valida dispositivo_clonato",
                "attiva dispositivo_clonato",
                "valida valida",
            ]
        );
        let seller = shop.seller();
        let page = seller.get(&format!("/crm/licences/{id}")).expect(200).text().to_owned();
        assert!(page.contains("Suspected clones"), "{page}");
        let list = seller.get("/crm/suspicious").expect(200).text().to_owned();
        assert!(list.contains("Suspected clone"), "{list}");
        let seat = text(&activated["attivazione"], "id");
        let path = format!("/crm/licences/{id}/clone");
        let form = [("attivazione", seat.as_str())];
        shop.sibling().post_form(&path, &form).expect(404);
        seller.post_form(&path, &form).expect(303);
        assert!(shop.harness.effects().actions().contains(&"clone.cleared"));
        // Who comes first is believed, and the other one is found out again.
        let fresh = text(&validate(shop, &key, Some("anything")), "gettone");
        let fresh = text(&validate(shop, &key, Some(&fresh)), "gettone");
        assert_eq!(validate(shop, &key, Some(&next))["codice"], "dispositivo_clonato");
        assert_eq!(validate(shop, &key, Some(&fresh))["valida"], true);
    });
}

#[test]
fn a_machine_set_up_anew_activates_again_and_makes_the_old_token_stale() {
    on_each(|shop| {
        let licence = licence(shop, &json!({}), &json!({"rolling_token": true}));
        let key = text(&licence, "chiave_licenza");
        let one = ask(shop, "attiva", &key, &device(None), &json!({})).expect(200).json();
        let two = ask(shop, "attiva", &key, &device(None), &json!({})).expect(200).json();
        assert_eq!(one["attivazione"]["id"], two["attivazione"]["id"]);
        let old = text(&one["attivazione"], "gettone");
        assert_eq!(validate(shop, &key, Some(&old))["codice"], "dispositivo_clonato");
        let new = text(&two["attivazione"], "gettone");
        assert_eq!(validate(shop, &key, Some(&new))["valida"], true);
    });
}

#[test]
fn a_licence_without_the_condition_gives_no_token_and_takes_any() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let answer = ask(shop, "attiva", &key, &device(Some("x")), &json!({})).expect(200).json();
        assert_eq!(answer["attivazione"].get("gettone"), None);
        assert_eq!(validate(shop, &key, Some("y")).get("gettone"), None);
        let rows = "select count(*) from license_generator_token";
        assert_eq!(shop.harness.scalar(rows, []), 0);
    });
}
