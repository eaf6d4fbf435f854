//! `/crm/customers/{id}` and the changes of state.

use plugin_api::contracts::accounts::STATE_CHANGED;
use plugin_api::contracts::inventory::{InstallationOfAccount, OF_ACCOUNT};
use serde_json::json;

use crate::{AGENT, entered, id, on_each, reseller, sibling};

#[test]
fn the_page_shows_what_is_known_and_escapes_it() {
    on_each(|harness| {
        let client = reseller(harness);
        let body = json!({
            "ragione_sociale": "<script>alert(1)</script>", "email": "a@b.example",
            "indirizzo": {"paese": "CH", "citta": "Zürich"}, "note": "<img src=x onerror=alert(1)>"
        });
        let customer = client.post_json("/api/admin/clienti", body).expect(201).json();
        let page = client.get(&format!("/crm/customers/{}", id(&customer))).expect(200);
        assert_eq!(page.title(), "<script>alert(1)</script>");
        let html = page.html();
        assert!(!html.contains("<script>") && !html.contains("<img"), "{html}");
        assert!(html.contains("&#60;script&#62;"), "{html}");
        assert!(html.contains("Switzerland") && html.contains("Zürich"), "{html}");
        assert!(html.contains("href=\"mailto:a@b.example\""), "{html}");
    });
}

#[test]
fn nothing_is_found_by_another_branch_or_under_an_odd_id() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "A");
        let known = format!("/crm/customers/{}", id(&customer));
        sibling(harness).get(&known).expect(404);
        reseller(harness)
            .get(&known.to_uppercase().replace("/CRM/CUSTOMERS", "/crm/customers"))
            .expect(404);
        for odd in ["x", "%00", "%F0%9F%98%80", "0199d7c0-0000-7000-8000-000000000001", "%27%3B"] {
            reseller(harness).get(&format!("/crm/customers/{odd}")).expect(404);
        }
    });
}

#[test]
fn a_state_changes_once_and_tells_the_others() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let state = format!("/crm/customers/{}/state", id(&customer));
        let suspend = [("state", "suspended"), ("version", "1"), ("reason", "Unpaid")];
        client.post_form(&state, &suspend[..2]).expect(422);
        let answer = client.post_form(&state, &suspend).expect(303);
        assert_eq!(answer.notice(), "A is suspended.");
        client.post_form(&state, &suspend).expect(409);

        let effects = harness.effects();
        assert_eq!(effects.actions(), ["customer.created", "customer.state_changed"]);
        assert_eq!(effects.event_names(), [STATE_CHANGED]);
        assert_eq!(effects.events[0].payload["state"], "suspended");
        assert_eq!(effects.events[0].payload["account_id"], customer["id"]);

        client.post_form(&state, &[("state", "validated"), ("version", "2")]).expect(303);
        client.post_form(&state, &[("state", "awaiting"), ("version", "3")]).expect(409);
        client.post_form(&state, &[("state", "gone"), ("version", "3")]).expect(400);
        client.post_form(&state, &[]).expect(400);
    });
}

#[test]
fn only_who_may_validate_changes_a_state() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "A");
        let state = format!("/crm/customers/{}/state", id(&customer));
        let suspend = [("state", "suspended"), ("version", "1")];
        let writer = harness.in_branch(&harness.organisations().reseller, &AGENT);
        writer.post_form(&state, &suspend).expect(403);
        sibling(harness).post_form(&state, &suspend).expect(404);
        assert_eq!(harness.effects().actions(), ["customer.created"]);
    });
}

#[test]
fn customers_with_the_same_vat_number_know_of_each_other_within_a_branch() {
    on_each(|harness| {
        let body = |name: &str| json!({"ragione_sociale": name, "partita_iva": "12345678903"});
        let first = reseller(harness).post_json("/api/admin/clienti", body("One")).json();
        let page = || reseller(harness).get(&format!("/crm/customers/{}", id(&first))).expect(200);
        sibling(harness).post_json("/api/admin/clienti", body("Hidden")).expect(201);
        assert!(!page().html().contains("the same VAT number"));
        reseller(harness).post_json("/api/admin/clienti", body("Two")).expect(201);
        assert!(page().html().contains("the same VAT number"));
        assert!(page().html().contains(">Two</a>"), "{}", page().html());
        assert!(!page().html().contains("Hidden"));
    });
}

#[test]
fn the_installations_of_a_customer_are_shown_where_somebody_keeps_them() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "A");
        let path = format!("/crm/customers/{}/installations", id(&customer));
        let absent = reseller(harness).get(&path).expect(200);
        assert!(absent.html().contains("not switched on"), "{absent}");
        harness.service_fake(&OF_ACCOUNT, |asked| {
            vec![InstallationOfAccount {
                installation_id: asked.account_id,
                software: "<b>Studio</b>".to_owned(),
                version: "3.1".to_owned(),
                computer: "PC-1".to_owned(),
                product_code: None,
                licence_id: None,
                last_seen_at: plugin_testing::START,
                path: "/crm/installations/x".to_owned(),
            }]
        });
        let page = reseller(harness).get(&path).expect(200);
        assert!(page.html().contains("/crm/installations/x"), "{page}");
        assert!(!page.html().contains("<b>Studio"), "{page}");
        sibling(harness).get(&path).expect(404);
    });
}
