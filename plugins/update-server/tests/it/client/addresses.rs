//! Addresses are made, shown again, exchanged and revoked, within the branch.

use plugin_api::contracts::licences::NotEntitled;
use serde_json::json;

use super::{DAY, KEY, LICENCE, on_each};

const API: &str = "/api/admin/gettoni-aggiornamenti";

#[test]
fn a_licence_has_one_address_at_a_time() {
    on_each(|customer| {
        let made = customer.made();
        let path = format!("{API}/{}", made["id"].as_str().expect("an id"));
        let seller = customer.seller();
        assert_eq!(seller.get(&path).expect(200).json()["indirizzo"], made["indirizzo"]);
        let again = seller.post_json(API, json!({ "licenza": KEY })).expect(409);
        assert_eq!(again.problem(), "indirizzo_esistente");
        let line = &seller.get(API).expect(200).json()["dati"][0];
        assert_eq!((&line["licenza"], &line["stato"]), (&json!(LICENCE), &json!("attivo")));
        assert!(line.get("indirizzo").is_none(), "a list lets nobody in");
        let kept = customer.vendor.harness.rows("select * from update_server_token", []);
        let address = made["indirizzo"].as_str().expect("an address");
        assert!(!kept[0].to_string().contains(address.trim_start_matches("/u/")));

        let harness = customer.vendor.harness;
        let other = harness.in_branch(&harness.organisations().sibling, &["update-server:tokens"]);
        other.get(&path).expect(404);
        other.post_json(&format!("{path}/revoca"), json!({})).expect(404);
        assert_eq!(other.get(API).expect(200).json()["dati"], json!([]));
        customer.refused(NotEntitled::Suspended);
        let refused = seller.post_json(API, json!({ "licenza": LICENCE })).expect(422);
        assert_eq!(refused.problem(), "licenza_sospesa");
    });
}

#[test]
fn an_exchanged_address_works_on_for_a_while_and_a_revoked_one_does_not() {
    on_each(|customer| {
        customer.two_releases();
        let old = customer.made();
        let address =
            |made: &serde_json::Value| made["indirizzo"].as_str().expect("one").to_owned();
        let path = format!("{API}/{}", old["id"].as_str().expect("an id"));
        let seller = customer.seller();
        seller.post_json(&format!("{path}/ruota"), json!({ "giorni": 366 })).expect(422);
        let rotated = seller.post_json(&format!("{path}/ruota"), json!({ "giorni": 7 }));
        let new = rotated.expect(201).json();
        assert_ne!(address(&old), address(&new));
        for made in [&old, &new] {
            assert_eq!(customer.newest(&address(made)), "1.1.0");
        }
        assert_eq!(seller.get(&path).expect(200).json()["stato"], "in_scadenza");
        customer.vendor.harness.clock().advance(7 * DAY);
        let feed = format!("{}/electron/stable/latest.yml", address(&old));
        assert_eq!(customer.get(&feed).expect(403).problem(), "indirizzo_revocato");
        assert_eq!(customer.newest(&address(&new)), "1.1.0");

        let path = format!("{API}/{}", new["id"].as_str().expect("an id"));
        let revoked = seller.post_json(&format!("{path}/revoca"), json!({})).expect(200).json();
        assert_eq!((&revoked["stato"], &revoked["indirizzo"]), (&json!("revocato"), &json!(null)));
        seller.post_json(&format!("{path}/revoca"), json!({})).expect(409);
        seller.post_json(&format!("{path}/ruota"), json!({})).expect(409);
        let feed = format!("{}/electron/stable/latest.yml", address(&new));
        customer.get(&feed).expect(403);
        customer.made();
        let actions = customer.vendor.harness.effects();
        for action in ["created", "rotated", "revoked"] {
            let action = format!("update_address.{action}");
            assert!(actions.actions().contains(&action.as_str()), "{action}");
        }
    });
}

#[test]
fn people_make_exchange_and_revoke_addresses_on_pages() {
    on_each(|customer| {
        let seller = customer.seller();
        let new = "/crm/update-addresses/new";
        seller.get(&format!("{new}?licenza={LICENCE}")).expect(200);
        let wrong = seller.post_form(new, &[("licenza", "nope"), ("nota", "")]).expect(422);
        assert!(wrong.html().contains("There is no such licence."));
        let page = seller.post_form(new, &[("licenza", KEY), ("nota", "PC 1")]).expect(303);
        let page = page.location().clone();
        for language in ["en", "it"] {
            let shown = seller.clone().language(language).get(&page).expect(200);
            assert!(
                shown.html().contains("/tauri/stable/{{target}}") && !shown.html().contains('⟦')
            );
            let list = seller.clone().language(language).get("/crm/update-addresses").expect(200);
            assert!(list.html().contains("PC 1") && !list.html().contains('⟦'));
        }
        let rotated = seller.post_form(&format!("{page}/rotate"), &[("giorni", "0")]).expect(303);
        assert_ne!(rotated.location(), page);
        assert!(!seller.get(&page).expect(200).html().contains("/tauri/stable/"));
        seller.post_form(&format!("{}/revoke", rotated.location()), &[]).expect(303);
        customer.person().get(&page).expect(403);
    });
}
