//! Keys of the system used before, shown by devices and looked after by people.

use plugin_testing::Client;
use serde_json::json;

use crate::import::{imported, importer};
use crate::{Shop, on_each, text};

const KEY: &str = "ABCD-1234-EFGH";
const DAY: i64 = 86_400_000;

/// A licence with an old key and room for so many devices.
fn bring(shop: &Shop<'_>, devices: u32) -> Client {
    let client = importer(shop);
    let file = format!(
        "OrderID;CustomerName;ProductID;ActivationKey;NumberOfLicenses\n\
         1;Bianchi & Figli;STUDIO;{KEY};{devices}\n"
    );
    imported(shop.harness, &client, &file);
    client
}

#[test]
fn an_old_key_is_exchanged_for_a_new_one() {
    on_each(|shop| {
        let client = bring(shop, 2);
        let page = client.get("/crm/legacy-keys?stato=da_sostituire").expect(200);
        assert!(page.html().contains("ABCD…"), "{}", page.html());
        let refused = shop.validate(KEY, "PC-1");
        assert_eq!(refused["codice"], "dispositivo_non_attivato");
        assert!(refused.get("chiave_licenza_nuova").is_none(), "{refused}");

        let answer = shop.activate("abcd 1234 efgh", "PC-1").expect(200).json();
        let new = text(&answer, "chiave_licenza_nuova");
        let again = shop.activate(KEY, "PC-1").expect(200).json();
        assert_eq!(text(&again, "chiave_licenza_nuova"), new, "it is told each time");
        let own = shop.activate(&new, "PC-1").expect(200).json();
        assert!(own.get("chiave_licenza_nuova").is_none(), "{own}");
        assert_eq!(text(&shop.validate(KEY, "PC-1"), "chiave_licenza_nuova"), new);
        shop.activate(KEY, "PC-2").expect(200);
        assert_eq!(shop.activate(KEY, "PC-3").expect(409).problem(), "limite_dispositivi");
        assert_eq!(shop.seats(), (2, 2));
        let kinds = "select count(*) from license_generator_activation_log \
            where key_kind = 'legacy' and outcome = 'attivata'";
        assert_eq!(shop.harness.scalar(kinds, []), 3);
        let page = client.get("/crm/legacy-keys?stato=sostituita").expect(200);
        assert!(page.html().contains("PC PC-1"), "the device that exchanged it stays");

        shop.harness.clock().advance(366 * DAY);
        assert_eq!(shop.activate(KEY, "PC-1").expect(404).problem(), "chiave_sconosciuta");
        shop.activate(&new, "PC-1").expect(200);
        assert_eq!(
            shop.activate("OTHER-OLD-KEY", "PC-1").expect(400).problem(),
            "chiave_non_valida"
        );
    });
}

#[test]
fn a_revoked_key_opens_nothing_and_belongs_to_its_branch() {
    on_each(|shop| {
        let client = bring(shop, 1);
        let row = shop.harness.rows("select legacy_id from license_generator_legacy_key", []);
        let path = format!("/crm/legacy-keys/{}", text(&row[0], "legacy_id"));
        let other = shop.sibling().with_permissions(&["license-generator:import"]);
        other.get(&path).expect(404);
        other.post_form(&format!("{path}/revoke"), &[]).expect(404);
        assert!(client.get(&path).expect(200).html().contains(KEY));
        client.post_form(&format!("{path}/revoke"), &[]).expect(303);
        client.post_form(&format!("{path}/revoke"), &[]).expect(303);
        assert_eq!(shop.activate(KEY, "PC-1").expect(404).problem(), "chiave_sconosciuta");
        assert_eq!(shop.validate(KEY, "PC-1")["codice"], "chiave_sconosciuta");
        let effects = shop.harness.effects();
        let actions = effects.actions();
        assert_eq!(actions.iter().filter(|action| **action == "legacy_key.revoked").count(), 1);
    });
}

#[test]
fn ten_devices_that_show_it_at_once_share_one_licence() {
    on_each(|shop| {
        bring(shop, 4);
        let body = |n: usize| json!({ "chiave_licenza": KEY, "dispositivo": { "impronta": format!("PC-{n}") } });
        let client = shop.harness.anonymous();
        let answers =
            shop.harness.parallel(10, |n| client.post_json("/api/licenze/attiva", body(n)));
        let granted: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(granted.len(), 4);
        let news: std::collections::BTreeSet<String> =
            granted.iter().map(|answer| text(&answer.json(), "chiave_licenza_nuova")).collect();
        assert_eq!((news.len(), shop.seats()), (1, (4, 4)));
        let licences = "select count(*) from license_generator_licence";
        assert_eq!(shop.harness.scalar(licences, []), 1);
    });
}
