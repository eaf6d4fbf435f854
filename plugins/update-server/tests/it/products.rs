//! Products are set up, their channels named.

use plugin_testing::Harness;
use serde_json::json;

use crate::vendor::{PRODUCT, catalogue, on_each};

#[test]
fn a_product_of_the_catalogue_is_set_up_on_its_page() {
    Harness::on_each(update_server::plugin, |harness| {
        catalogue(harness);
        let client = harness.with_permissions(&["update-server:read", "update-server:publish"]);
        let html = client.get("/crm/update-products/new").expect(200).html().to_owned();
        assert!(html.contains("STUDIO for all"));
        let page = format!("/crm/update-products/{PRODUCT}");
        client.get(&page).expect(404);
        client.post_form("/crm/update-products/NOPE", &[("nuovo", "true")]).expect(422);
        client.post_form(&page, &[("nuovo", "true")]).expect(303);
        client.post_form(&page, &[("nuovo", "true")]).expect(422);
        for language in ["en", "it"] {
            let html = client.clone().language(language).get(&page).expect(200).html().to_owned();
            assert!(html.contains("stable") && !html.contains('⟦'));
        }
        let fields = |percent: &'static str, version: &'static str| {
            [
                ("accesso", "pubblico"),
                ("stop_percentuale", percent),
                ("stop_minimo", "10"),
                ("versione", version),
            ]
        };
        let refused = client.post_form(&page, &fields("101", "1")).expect(422);
        assert!(refused.html().contains("from 0 to 100"));
        client.post_form(&page, &fields("20", "1")).expect(303);
        client.post_form(&page, &fields("30", "1")).expect(409);
        let sql = "select count(*) from update_server_product \
            where access = 'public' and stop_percent = 20 and length(seed) = 64";
        assert_eq!(harness.scalar(sql, []), 1);
    });
}

#[test]
fn channels_are_named_freely_and_stay_once_used() {
    on_each(|vendor| {
        let page = format!("/crm/update-products/{PRODUCT}");
        let add =
            |name: &str| vendor.client.post_form(&format!("{page}/channel"), &[("canale", name)]);
        for wrong in ["Beta", "root", "a b", ""] {
            add(wrong).expect(422);
        }
        add("nightly.2026").expect(303);
        vendor.released("1.0.0", &["beta"]);
        let remove = |name: &str| {
            vendor.client.post_form(&format!("{page}/channel/remove"), &[("canale", name)])
        };
        assert_eq!(remove("nightly.2026").expect(303).location(), page);
        assert!(remove("beta").expect(409).html().contains("ever held a release"));
    });
}

#[test]
fn the_api_tells_and_changes_a_product() {
    on_each(|vendor| {
        let path = format!("/api/admin/aggiornamenti/{PRODUCT}");
        let read = vendor.client.get(&path).expect(200);
        assert_eq!(read.json()["canali"][1]["canale"], "beta");
        let matching =
            vendor.client.clone().header("if-match", read.header("etag").expect("a version"));
        matching.put_json(&path, json!({ "accesso": "chiuso" })).expect(200);
        matching.put_json(&path, json!({ "accesso": "pubblico" })).expect(412);
        vendor.client.put_json("/api/admin/aggiornamenti/NOPE", json!({})).expect(422);
        vendor.client.get("/api/admin/aggiornamenti/NOPE").expect(404);
    });
}
