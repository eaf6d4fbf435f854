//! The page of a licence: what it shows, and what can be done there.

use plugin_api::contracts::accounts::AccountState;
use serde_json::json;

use crate::{on_each, text};

#[test]
fn it_shows_key_devices_and_log_and_escapes_what_others_wrote() {
    on_each(|shop| {
        let licence = shop.issue(&json!({"note": "<b>nota</b>"}));
        let key = text(&licence, "chiave_licenza");
        let device = json!({"impronta": "<i>pc</i>", "nome": "\"><script>x</script>"});
        shop.call("attiva", json!({"chiave_licenza": key, "dispositivo": device})).expect(200);
        let page = shop.seller().header("host", "licenze.example").get(&path(&licence)).expect(200);
        let html = page.html();
        assert!(html.contains(&format!("data-copy=\"{key}\"")), "{html}");
        assert!(html.contains("https://licenze.example/api/licenze/attiva"), "{html}");
        for raw in ["<b>nota", "<i>pc", "<script>x"] {
            assert!(!html.contains(raw), "{raw} in {html}");
        }
        assert!(html.contains("Activation: Activated"), "{html}");
    });
}

fn path(licence: &serde_json::Value) -> String {
    format!("/crm/licences/{}", text(licence, "id"))
}

#[test]
fn a_device_can_be_freed_once() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        let seat = shop.activate(&key, "pc-1").expect(200).json();
        let seat = text(&seat["attivazione"], "id");
        let free = || {
            let path = format!("{}/free", path(&licence));
            shop.seller().post_form(&path, &[("attivazione", &seat)]).expect(303).notice()
        };
        assert_eq!(free(), "The device was freed.");
        assert_eq!(free(), "This device was free already.");
        assert_eq!(shop.seats(), (0, 0));
        assert_eq!(shop.validate(&key, "pc-1")["codice"], "dispositivo_non_attivato");
        assert_eq!(shop.harness.effects().actions().last(), Some(&"device.freed"));
    });
}

#[test]
fn a_revoked_licence_stays_revoked() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        shop.change(&licence, "suspend");
        shop.change(&licence, "revoke");
        for change in ["resume", "suspend", "revoke", "confirm"] {
            let path = format!("{}/state", path(&licence));
            let answer = shop.seller().post_form(&path, &[("azione", change)]);
            assert_eq!(answer.status, 409, "{change}");
        }
        let actions =
            ["product.created", "licence.created", "licence.suspended", "licence.revoked"];
        assert_eq!(shop.harness.effects().actions(), actions);
    });
}

#[test]
fn the_log_belongs_to_its_branch() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        shop.activate(&key, "pc-1").expect(200);
        let stranger = license_generator::domain::key::ActivationKey::from_random([7; 14]);
        shop.activate(&stranger.to_string(), "pc-9").expect(404);
        let page = shop.seller().get("/crm/activations").expect(200);
        assert!(page.html().contains("PC pc-1") && !page.html().contains("PC pc-9"), "{page}");
        let page = shop.sibling().get("/crm/activations").expect(200);
        assert!(!page.html().contains("PC pc-1"), "{page}");
        let page = shop.harness.superadmin().get("/crm/activations?q=pc-9").expect(200);
        assert!(page.html().contains("PC pc-9") && !page.html().contains("PC pc-1"), "{page}");
        let csv = shop.seller().get("/crm/activations/export?format=csv").expect(200);
        assert!(csv.text().contains("PC pc-1"), "{csv}");
    });
}

#[test]
fn nobody_lets_a_licence_go_ahead_of_a_customer_he_may_not_validate() {
    on_each(|shop| {
        shop.harness.set_account_state(&shop.account.account_id, AccountState::Awaiting);
        let licence = shop.issue(&json!({}));
        let wait = "update license_generator_licence set state_stored = 'awaiting'";
        shop.harness.sql(wait, []);
        let node = &shop.harness.organisations().reseller;
        let may = ["license-generator:read", "license-generator:issue"];
        let agent = shop.harness.in_branch(node, &may);
        let confirm = |client: &plugin_testing::Client| {
            client.post_form(&format!("{}/state", path(&licence)), &[("azione", "confirm")])
        };
        let page = agent.get(&path(&licence)).expect(200);
        assert!(!page.html().contains("value=\"confirm\""), "{page}");
        confirm(&agent).expect(403);
        let validator =
            agent.clone().with_permissions(&[may[0], may[1], "customer-accounts:validate"]);
        assert!(validator.get(&path(&licence)).html().contains("value=\"confirm\""));
        shop.harness.set_account_state(&shop.account.account_id, AccountState::Validated);
        confirm(&agent).expect(303);
    });
}
