//! What is held is looked at, released and deleted.

use plugin_testing::Harness;
use registration_inventory::plugin;
use serde_json::json;

#[test]
fn what_is_held_counts_when_it_is_released() {
    Harness::on_each(plugin, |harness| {
        let body = json!({ "nome_software": "<b>Rumore</b>", "id_installazione": "pc" });
        harness.anonymous().post_json("/api/registrazione-software", body).expect(201);
        // As a report above a quota is kept.
        for table in ["installation", "tally", "activity", "day", "face", "software"] {
            harness.sql(&format!("delete from registration_inventory_{table}"), []);
        }
        harness.sql("update registration_inventory_report set installation_id = null", []);
        harness.sql(
            "insert into registration_inventory_quarantine (report_id, received_at, software_id, \
             name, name_folded, address, reason) select report_id, received_at, software_id, name, \
             name, '192.0.2.1', 'reports' from registration_inventory_report",
            [],
        );
        let client = harness.with_permissions(&["registration-inventory:quarantine"]);
        let rows = harness.rows("select report_id from registration_inventory_quarantine", []);
        let id = rows[0]["report_id"].as_str().expect("an id").to_owned();
        client.get("/crm/registrations-quarantine").expect(200);
        let page = format!("/crm/registrations-quarantine/{id}");
        let html = client.get(&page).expect(200).html().to_owned();
        assert!(!html.contains("<b>Rumore"), "nothing is shown unescaped");
        client.get("/crm/registrations-quarantine/nothing").expect(404);
        client.clone().with_permissions(&["registration-inventory:read"]).get(&page).expect(403);
        let node = &harness.organisations().reseller;
        harness.in_branch(node, &["registration-inventory:quarantine"]).get(&page).expect(404);
        let act = "/crm/registrations-quarantine/do/release";
        client.post_form(act, &[("selected", &id)]).expect(200);
        client.post_form(act, &[("selected", &id), ("step", "do")]).expect(303);
        let count = |table: &str| {
            harness.scalar(&format!("select count(*) from registration_inventory_{table}"), [])
        };
        assert_eq!((count("quarantine"), count("installation")), (0, 1));
        client.post_form(act, &[("selected", &id), ("step", "do")]).expect(303);
        assert_eq!(count("installation"), 1);
    });
}

#[test]
fn deleting_takes_only_what_is_held() {
    Harness::on_each(plugin, |harness| {
        let body = json!({ "nome_software": "Uno", "id_installazione": "pc" });
        harness.anonymous().post_json("/api/registrazione-software", body).expect(201);
        let id = harness.rows("select report_id from registration_inventory_report", []);
        let id = id[0]["report_id"].as_str().expect("an id").to_owned();
        let client = harness.with_permissions(&["registration-inventory:quarantine"]);
        let act = "/crm/registrations-quarantine/do/delete";
        client.post_form(act, &[("selected", &id), ("step", "do")]).expect(303);
        let reports = "select count(*) from registration_inventory_report";
        assert_eq!(harness.scalar(reports, []), 1, "it is not held");
        harness.sql("update registration_inventory_report set installation_id = null", []);
        harness.sql(
            "insert into registration_inventory_quarantine (report_id, received_at, software_id, \
             name, name_folded, address, reason) select report_id, received_at, software_id, name, \
             name, '', 'reports' from registration_inventory_report",
            [],
        );
        client
            .post_form(act, &[("all", "1"), ("matching", "software=uno"), ("step", "do")])
            .expect(303);
        assert_eq!(harness.scalar(reports, []), 0);
    });
}
