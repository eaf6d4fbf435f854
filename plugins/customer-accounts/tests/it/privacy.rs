//! Export and erasure of personal data.

use std::sync::{Arc, Mutex};

use plugin_api::contracts::licences;
use plugin_api::contracts::people::{DATA, ERASE};
use plugin_api::contracts::timeline::{Entry, HAPPENED};
use plugin_api::lent::Event;
use serde_json::{Value as Json, json};

use crate::{entered, id, import, on_each, reseller, sibling};

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

#[test]
fn what_other_places_keep_of_him_goes_too_and_nothing_late_comes_back() {
    on_each(|harness| {
        let client = reseller(harness);
        let file = "Ragione sociale;Email\nMario Rossi;mario@rossi.it\nAltri;a@altri.it\n";
        let done = import::checked(harness, &client, file);
        client.post_form(&format!("{done}/apply"), &[]).expect(303);
        import::ran(harness);
        let waiting = import::checked(harness, &client, file);
        let found = client.get(&format!("{API}?q=mario")).expect(200).json();
        let mario = found["dati"][0].clone();
        let devices = Arc::new(Mutex::new(0));
        let seen = Arc::clone(&devices);
        harness.service_fake(&licences::ERASE, move |_| *seen.lock().expect("alone") += 1);
        let may = &[READ, "customer-accounts:erase", "customer-accounts:disclose"];
        let eraser = harness.in_branch(&harness.organisations().reseller, may);
        let kept = eraser.get(&format!("/crm/customers/{}/personal-data", id(&mario)));
        assert_eq!(kept.expect(200).json()["imports"][0]["name"], "Mario Rossi");
        assert_eq!(harness.effects().audits.last().expect("audited").action, "customer.disclosed");
        let path = format!("/crm/customers/{}/erase", id(&mario));
        eraser.post_form(&path, &[("confirm", "Mario Rossi")]).expect(303);
        assert_eq!(*devices.lock().expect("alone"), 1);
        let rows = harness.rows("select name, told from customer_accounts_import_row", []);
        let rows = serde_json::to_string(&rows).expect("text");
        assert!(!rows.contains("Mario") && rows.contains("Altri"), "{rows}");
        client.get(&waiting).expect(404);
        client.get(&done).expect(200);
        let late = Entry {
            account_id: id(&mario).to_owned(),
            kind: "device.activated".to_owned(),
            text: [("en".to_owned(), "Mario's laptop".to_owned())].into(),
            ..Entry::default()
        };
        harness.deliver(&Event {
            event_id: "0199d7c0-0000-7000-8000-000000000001".to_owned(),
            name: HAPPENED.to_owned(),
            source: "license-generator".to_owned(),
            at: 0,
            payload: serde_json::to_value(late).expect("an entry is JSON"),
        });
        let lines = "select count(*) from customer_accounts_timeline where customer_id = ?";
        assert_eq!(harness.scalar(lines, [id(&mario).into()]), 0);
    });
}

#[test]
fn nobody_is_erased_who_may_do_more_and_a_merged_record_only_with_its_survivor() {
    on_each(|harness| {
        let client = reseller(harness);
        let (into, from) = (entered(&client, "Uno"), entered(&client, "Due"));
        let all = harness.superadmin();
        let erase = |of: &Json, name: &str| {
            let path = format!("/crm/customers/{}/erase", id(of));
            all.post_form(&path, &[("confirm", name)])
        };
        let merge = all.clone().header("if-match", "*");
        let path = format!("{API}/{}/unisci", id(&into));
        merge.post_json(&path, json!({"altro": from["id"]})).expect(200);
        assert_eq!(erase(&from, "Due").expect(409).header("x"), None);
        harness.service_refused(&ERASE);
        erase(&into, "Uno").expect(409);
        let named = client.get(&format!("{API}/{}", id(&into))).expect(200).json();
        assert_eq!(named["ragione_sociale"], "Uno", "nothing was written");
        harness.service_fake(&ERASE, |_| ());
        erase(&into, "Uno").expect(303);
        for one in [&into, &from] {
            let now = client.get(&format!("{API}/{}", id(one))).expect(200).json();
            assert_eq!(now["ragione_sociale"], "(erased)");
        }
    });
}
