//! The quick test key: a trial for one device, for a customer chosen or named.

use serde_json::json;

use crate::{on_each, text};

#[test]
fn a_chosen_customer_gets_a_trial_that_works() {
    on_each(|shop| {
        let list = shop.seller().get("/crm/licences").expect(200);
        assert!(list.html().contains("action=\"/crm/licences/quick\""), "{list}");
        let form = [("cliente", shop.account.account_id.as_str()), ("prodotto", "STUDIO")];
        let location = shop.seller().post_form("/crm/licences/quick", &form).expect(303).location();
        let id = location.rsplit('/').next().expect("an id");
        let licence = shop.seller().get(&format!("/api/admin/licenze/{id}")).json();
        assert_eq!((&licence["tipo"], &licence["dispositivi"]), (&json!("trial"), &json!(1)));
        assert_eq!(licence["scadenza"], "2026-02-14T10:00:00Z");
        shop.activate(&text(&licence, "chiave_licenza"), "pc-1").expect(200);
    });
}

#[test]
fn a_name_is_enough_when_it_means_one_customer() {
    on_each(|shop| {
        let reseller = &shop.harness.organisations().reseller;
        shop.harness.account(reseller, "Rossi");
        shop.harness.account(reseller, "Rossini");
        let ask = |name: &str| {
            let form = [("cerca", name), ("prodotto", "STUDIO")];
            shop.seller().post_form("/crm/licences/quick", &form)
        };
        ask("bianchi").expect(303);
        ask("rossi").expect(303);
        let many = ask("ross").expect(422);
        assert!(many.html().contains("Several customers match"), "{many}");
        assert!(many.html().contains("Rossini"), "{many}");
        let none = ask("zzz").expect(422);
        assert!(none.html().contains("No customer is called like that"), "{none}");
        let empty = ask("").expect(422);
        assert!(empty.html().contains("A licence needs a customer"), "{empty}");
    });
}

#[test]
fn the_buttons_a_cockpit_begins_with_are_the_defaults() {
    on_each(|shop| {
        let sql = "select quick_id, position, name_en, name_it, icon, kind, draft, permission \
            from license_generator_quick order by position";
        let migrated = shop.harness.rows(sql, []);
        let told = |row: &serde_json::Value| {
            let draft: serde_json::Value = serde_json::from_str(&text(row, "draft")).unwrap();
            let mut row = row.clone();
            row["draft"] = draft;
            row
        };
        let before: Vec<_> = migrated.iter().map(told).collect();
        shop.harness.superadmin().post_form("/crm/quick-keys/restore", &[]).expect(303);
        let after: Vec<_> = shop.harness.rows(sql, []).iter().map(told).collect();
        assert_eq!(before, after);
        assert_eq!(after.len(), 4);
    });
}

#[test]
fn a_test_key_is_internal_and_its_defaults_can_be_changed_in_the_dialog() {
    on_each(|shop| {
        let list = shop.seller().get("/crm/licences").expect(200);
        assert!(list.html().contains("name=\"durata_giorni\""), "{list}");
        for button in ["quick", "quick-2", "quick-3"] {
            assert!(list.html().contains(&format!("data-dialog=\"{button}\"")), "{button}");
        }
        let form = [
            ("cliente", shop.account.account_id.as_str()),
            ("prodotto", "STUDIO"),
            ("durata_giorni", "7"),
            ("dispositivi", "2"),
        ];
        let location = shop.seller().post_form("/crm/licences/quick", &form).expect(303).location();
        let id = location.rsplit('/').next().expect("an id");
        let licence = shop.seller().get(&format!("/api/admin/licenze/{id}")).json();
        assert_eq!((&licence["interna"], &licence["dispositivi"]), (&json!(true), &json!(2)));
        assert_eq!(licence["scadenza"], "2026-01-22T10:00:00Z");
        let wrong = [
            ("cliente", shop.account.account_id.as_str()),
            ("prodotto", "STUDIO"),
            ("durata_giorni", "tanti"),
        ];
        let answer = shop.seller().post_form("/crm/licences/quick", &wrong).expect(422);
        assert!(answer.html().contains("f-durata-giorni"), "{answer}");
    });
}

#[test]
fn buttons_are_described_ordered_and_deleted() {
    on_each(|shop| {
        let admin = shop.harness.superadmin();
        shop.seller().get("/crm/quick-keys").expect(403);
        let form = [
            ("nome_en", "Floating for schools"),
            ("nome_it", "Flottante per scuole"),
            ("icona", "star"),
            ("genere", "issue"),
            ("permesso", "issue"),
            ("attivo", "true"),
            ("tipo", "abbonamento"),
            ("durata_giorni", "365"),
            ("altro", r#"{"associazione": "flottante", "posti": 20}"#),
        ];
        admin.post_form("/crm/quick-keys/new", &form).expect(303);
        let broken = [&form[..8], &[("altro", "{no")]].concat();
        let broken = admin.post_form("/crm/quick-keys/new", &broken).expect(422);
        assert!(broken.html().contains("f-altro"), "{broken}");
        let list = admin.clone().language("it").get("/crm/quick-keys").expect(200);
        assert!(list.html().contains("Flottante per scuole"), "{list}");
        let rows = shop
            .harness
            .rows("select quick_id from license_generator_quick order by position desc", []);
        let id = text(&rows[0], "quick_id");
        let press = [
            ("modello", id.as_str()),
            ("cliente", shop.account.account_id.as_str()),
            ("prodotto", "STUDIO"),
        ];
        let made = shop.seller().post_form("/crm/licences/quick", &press).expect(303).location();
        let seats = "select seats_max from license_generator_licence";
        assert_eq!(shop.harness.scalar(seats, []), 20, "{made}");
        // The custom form begins with it, too.
        let query = format!("modello={id}&cliente={}&prodotto=STUDIO", shop.account.account_id);
        let custom = shop.seller().get(&format!("/crm/licences/new?{query}")).expect(200);
        assert!(custom.html().contains("value=\"365\""), "{custom}");
        let path = format!("/crm/quick-keys/{id}");
        admin.post_form(&format!("{path}/move"), &[("verso", "su")]).expect(303);
        let place = format!("select position from license_generator_quick where quick_id = '{id}'");
        assert_eq!(shop.harness.scalar(&place, []), 4);
        admin.post_form(&format!("{path}/delete"), &[("versione", "1")]).expect(409);
        admin.post_form(&format!("{path}/delete"), &[("versione", "2")]).expect(303);
        shop.seller().post_form("/crm/licences/quick", &press).expect(404);
    });
}

#[test]
fn the_renewal_button_leads_to_the_licence_that_is_meant() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let renewer = shop.harness.in_branch(
            &shop.harness.organisations().reseller,
            &["license-generator:read", "license-generator:renew"],
        );
        let find = |words: &str| {
            renewer.post_form("/crm/licences/renewal", &[("q", words)]).expect(303).location()
        };
        assert_eq!(find("bianchi"), format!("/crm/licences/{}/renew", text(&licence, "id")));
        shop.issue(&json!({}));
        assert_eq!(find("bianchi"), "/crm/licences/renewal?q=bianchi");
        let list = renewer.get("/crm/licences/renewal?q=bianchi").expect(200);
        assert!(list.html().contains("/renew\""), "{list}");
    });
}
