//! Export and erasure of personal data.

use std::sync::{Arc, Mutex};

use plugin_api::contracts::people::{DATA, ERASE};
use serde_json::{Value as Json, json};

use crate::{entered, id, on_each, reseller, sibling};

const API: &str = "/api/admin/clienti";
const READ: &str = "customer-accounts:read";

fn customer(client: &plugin_testing::Client) -> Json {
    let body = json!({"ragione_sociale": "Mario Rossi", "email": "mario@rossi.it",
        "telefono": "02 1", "etichette": ["vip"], "note": "secret"});
    let customer = client.post_json(API, body).expect(201).json();
    for (parts, body) in [
        ("contatti", json!({"nome": "Anna Bianchi"})),
        ("sedi", json!({"nome": "Casa", "indirizzo": {"via": "Via Po 1"}})),
        ("note", json!({"testo": "ill at home"})),
    ] {
        client.post_json(&format!("{API}/{}/{parts}", id(&customer)), body).expect(201);
    }
    customer
}

#[test]
fn everything_kept_is_handed_out_to_who_may() {
    on_each(|harness| {
        let customer = customer(&reseller(harness));
        let path = format!("/crm/customers/{}/personal-data", id(&customer));
        reseller(harness).get(&path).expect(403);
        let may = &[READ, "customer-accounts:disclose"];
        let client = harness.in_branch(&harness.organisations().reseller, may);
        let answer = client.get(&path).expect(200);
        assert!(answer.header("content-disposition").is_some_and(|h| h.starts_with("attachment")));
        let all = answer.json();
        assert_eq!(all["master_data"]["email"], "mario@rossi.it");
        assert_eq!(all["contacts"][0]["name"], "Anna Bianchi");
        assert_eq!(all["notes"][0]["body"], "ill at home");
        assert_eq!((all["people"].clone(), all["licences"].clone()), (Json::Null, Json::Null));
        harness.service_fake(&DATA, |_| json!({"users": ["u"]}));
        assert_eq!(client.get(&path).expect(200).json()["people"]["users"][0], "u");
        harness.in_branch(&harness.organisations().sibling, may).get(&path).expect(404);
    });
}

#[test]
fn what_is_personal_is_erased_for_good_and_the_rest_stays() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = customer(&client);
        let erased = Arc::new(Mutex::new(0));
        let seen = Arc::clone(&erased);
        harness.service_fake(&ERASE, move |_| *seen.lock().expect("alone") += 1);
        let path = format!("/crm/customers/{}/erase", id(&customer));
        client.post_form(&path, &[("confirm", "Mario Rossi")]).expect(403);
        let may = &[READ, "customer-accounts:erase"];
        let eraser = harness.in_branch(&harness.organisations().reseller, may);
        eraser.post_form(&path, &[("confirm", "Mario")]).expect(422);
        eraser.post_form(&path, &[]).expect(422);
        sibling(harness).post_form(&path, &[("confirm", "Mario Rossi")]).expect(403);
        eraser.post_form(&path, &[("confirm", "mario rossi")]).expect(303);
        assert_eq!(*erased.lock().expect("alone"), 1);
        let now = client.get(&format!("{API}/{}", id(&customer))).expect(200).json();
        assert_eq!(now["ragione_sociale"], "(erased)");
        assert_eq!((now["email"].clone(), now["etichette"].clone()), (Json::Null, json!([])));
        assert!(now["cancellato"].is_string());
        for table in ["contact", "site", "note", "timeline"] {
            let count = format!("select count(*) from customer_accounts_{table}");
            assert_eq!(harness.scalar(&count, []), 0, "{table}");
        }
        let kept = harness.rows("select * from customer_accounts_customer", []);
        let kept = serde_json::to_string(&kept).expect("text");
        for personal in ["ario", "ossi", "02 1", "secret", "vip"] {
            assert!(!kept.contains(personal), "{personal}: {kept}");
        }
        eraser.post_form(&path, &[("confirm", "(erased)")]).expect(409);
        let audit = harness.effects().audits.last().expect("audited").clone();
        assert_eq!(
            (audit.action.as_str(), audit.object_name.as_str()),
            ("customer.erased", "(erased)")
        );
    });
}

#[test]
fn only_who_may_is_offered_either() {
    on_each(|harness| {
        let page = format!("/crm/customers/{}", id(&entered(&reseller(harness), "A")));
        let html = reseller(harness).get(&page).expect(200).html().to_owned();
        assert!(!html.contains("personal-data") && !html.contains("/erase"), "{html}");
        let html = harness.superadmin().get(&page).expect(200).html().to_owned();
        assert!(html.contains("personal-data") && html.contains("/erase"), "{html}");
    });
}
