//! The catalogue is read anew when something of it changed, and only then.

use serde_json::json;

use super::on_each;

#[test]
fn what_was_acknowledged_is_seen_by_the_next_who_asks() {
    on_each(|customer| {
        let vendor = customer.vendor;
        vendor.released("1.0.0", &["stable"]);
        let address = customer.address();
        assert_eq!(customer.newest(&address), "1.0.0");
        let second = vendor.released("1.1.0", &["stable"]);
        assert_eq!(customer.newest(&address), "1.1.0", "published");
        let beta = vendor.released("1.2.0", &["beta"]);
        assert_eq!(customer.newest(&address), "1.1.0");
        let promote = format!("/api/admin/rilasci/{beta}/promuovi");
        vendor.client.post_json(&promote, json!({ "canale": "stable" })).expect(200);
        assert_eq!(customer.newest(&address), "1.2.0", "promoted");
        let yank = |id: &str| {
            let path = format!("/api/admin/rilasci/{id}/ritira");
            vendor.client.post_json(&path, json!({ "motivo": "bad" })).expect(200);
        };
        yank(&beta);
        assert_eq!(customer.newest(&address), "1.1.0", "withdrawn");
        yank(&second);
        assert_eq!(customer.newest(&address), "1.0.0", "withdrawn");
        let note = || {
            let path = format!("{address}/electron/stable/latest.yml");
            customer.get(&path).expect(200).text().contains("Corrected")
        };
        assert!(!note());
        let list = vendor.client.get("/api/admin/rilasci?versione=1.0.0").expect(200).json();
        let first = list["dati"][0]["id"].as_str().expect("an id").to_owned();
        let body = json!({ "note": { "en": "Corrected" } });
        let path = format!("/api/admin/rilasci/{first}");
        let etag = vendor.client.get(&path).expect(200).header("etag").expect("one").to_owned();
        vendor.client.clone().header("if-match", &etag).patch_json(&path, body).expect(200);
        assert!(note(), "what is new was written anew");
    });
}

#[test]
fn a_rollout_that_is_steered_moves_at_once() {
    on_each(|customer| {
        let vendor = customer.vendor;
        vendor.released("1.0.0", &["stable"]);
        let stages =
            json!([{ "percentuale": 0, "dopo_ore": 0 }, { "percentuale": 100, "dopo_ore": 9 }]);
        vendor.staged("1.1.0", &["stable"], &stages);
        let address = customer.address();
        assert_eq!(customer.newest(&address), "1.0.0");
        vendor.harness.clock().advance(10 * 3_600_000);
        assert_eq!(customer.newest(&address), "1.1.0", "time goes on without a change");
        let rows = vendor.harness.rows("select rollout_id from update_server_rollout", []);
        let id = rows.last().expect("a rollout")["rollout_id"].as_str().expect("an id").to_owned();
        let stop = format!("/api/admin/distribuzioni/{id}/ferma");
        vendor.client.post_json(&stop, json!({ "motivo": "bad" })).expect(200);
        assert_eq!(customer.newest(&address), "1.0.0", "stopped");
    });
}

#[test]
fn another_server_of_the_same_database_is_heard() {
    on_each(|customer| {
        let vendor = customer.vendor;
        vendor.released("1.0.0", &["stable"]);
        vendor.released("1.1.0", &["stable"]);
        let address = customer.address();
        assert_eq!(customer.newest(&address), "1.1.0");
        // Nothing that writes does this; it shows that nothing is read.
        let sql = "update update_server_release set state = 'yanked' where version = '1.1.0'";
        vendor.harness.sql(sql, []);
        assert_eq!(customer.newest(&address), "1.1.0", "what did not change is not read again");
        let sql = "update update_server_release set row_version = row_version + 1 \
            where version = '1.1.0'";
        vendor.harness.sql(sql, []);
        assert_eq!(customer.newest(&address), "1.0.0", "as another server would have left it");
    });
}
