//! Contacts, sites and notes of a customer, by page and by API.

use serde_json::{Value as Json, json};

use crate::{AGENT, entered, id, on_each, reseller, sibling};

fn api(customer: &Json, parts: &str) -> String {
    format!("/api/admin/clienti/{}/{parts}", id(customer))
}

#[test]
fn a_contact_is_entered_changed_and_deleted_with_audit() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let base = format!("/crm/customers/{}/contacts", id(&customer));
        let people = format!("/crm/customers/{}/people", id(&customer));
        assert!(client.get(&people).expect(200).html().contains("No contacts yet"));
        let anna = [("name", "Anna <b>"), ("email", "anna@a.it"), ("is_primary", "true")];
        let answer = client.post_form(&format!("{base}/new"), &anna).expect(303);
        assert_eq!(
            (answer.location(), answer.notice()),
            (people.clone(), "The contact is saved.".into())
        );
        let html = client.get(&people).expect(200).html().to_owned();
        assert!(html.contains("Anna &#60;b&#62;") && html.contains("Main contact"), "{html}");

        let second = [("name", "Bruno"), ("is_primary", "on")];
        client.post_form(&format!("{base}/new"), &second).expect(303);
        let list = client.get(&api(&customer, "contatti")).expect(200).json();
        assert_eq!(list["dati"][0]["nome"], "Bruno");
        assert_eq!(list["dati"][0]["principale"], true);
        assert_eq!(list["dati"][1]["principale"], false);

        let anna = format!("{base}/{}", list["dati"][1]["id"].as_str().expect("an id"));
        assert!(client.get(&anna).expect(200).html().contains("value=\"Anna &#60;b&#62;\""));
        let wrong = client.post_form(&anna, &[("name", " "), ("email", "x")]).expect(422);
        assert!(wrong.html().contains("href=\"#f-name\""), "{}", wrong.html());
        client.post_form(&anna, &[("name", "Anna")]).expect(303);
        client.post_form(&format!("{anna}/delete"), &[]).expect(303);
        client.post_form(&format!("{anna}/delete"), &[]).expect(404);
        let effects = harness.effects();
        let actions = effects.actions();
        let contact = ["contact.created", "contact.created", "contact.updated", "contact.deleted"];
        assert_eq!(actions[1..], contact);
        assert_eq!(
            harness.effects().audits[3].before.as_ref().expect("known")["email"],
            "anna@a.it"
        );
    });
}

#[test]
fn sites_and_notes_are_kept_by_the_api() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let seat = json!({"nome": "Sede", "legale": true,
            "indirizzo": {"via": "Via Po 1", "cap": "10121", "citta": "Torino", "provincia": "to"}});
        let first = client.post_json(&api(&customer, "sedi"), &seat).expect(201).json();
        assert_eq!(first["indirizzo"]["provincia"], "TO");
        assert_eq!(first["indirizzo"]["paese"], "IT");
        let wrong = json!({"nome": "", "indirizzo": {"cap": "1"}});
        let refused = client.post_json(&api(&customer, "sedi"), wrong).expect(422).json();
        let pointers: Vec<&str> = refused["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .filter_map(|e| e["pointer"].as_str())
            .collect();
        assert_eq!(pointers, ["/nome", "/indirizzo/cap"]);
        let one = format!("{}/{}", api(&customer, "sedi"), id(&first));
        let moved = client.put_json(&one, json!({"nome": "Nuova"})).expect(200).json();
        assert_eq!(
            (moved["legale"].clone(), moved["indirizzo"]["via"].clone()),
            (json!(false), Json::Null)
        );
        client.delete(&one).expect(204);
        client.delete(&one).expect(404);

        client.post_json(&api(&customer, "note"), json!({"testo": "one"})).expect(201);
        harness.clock().advance(1_000);
        client.post_json(&api(&customer, "note"), json!({"testo": "two"})).expect(201);
        let notes = client.get(&api(&customer, "note")).expect(200).json();
        assert_eq!(notes["dati"][0]["testo"], "two");
        assert_eq!(notes["dati"][1]["scritta"], "2026-01-15T10:00:00Z");
        let page = client.get(&format!("/crm/customers/{}", id(&customer))).expect(200);
        assert!(page.html().contains("two"), "{}", page.html());
    });
}

#[test]
fn another_branch_neither_sees_nor_touches_them() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let other = entered(&sibling(harness), "B");
        let contact = client.post_json(&api(&customer, "contatti"), json!({"nome": "Anna"})).json();
        let one = |of: &Json| format!("{}/{}", api(of, "contatti"), id(&contact));
        sibling(harness).get(&api(&customer, "contatti")).expect(404);
        sibling(harness).put_json(&one(&customer), json!({"nome": "X"})).expect(404);
        // Under a customer of his own, the id of a foreign contact names nothing.
        sibling(harness).put_json(&one(&other), json!({"nome": "X"})).expect(404);
        sibling(harness).delete(&one(&other)).expect(404);
        let page = format!("/crm/customers/{}/contacts/{}", id(&other), id(&contact));
        sibling(harness).get(&page).expect(404);
        sibling(harness).post_form(&page, &[("name", "X")]).expect(404);
        let reader = harness.in_branch(&harness.organisations().reseller, &AGENT[..1]);
        reader.post_json(&api(&customer, "contatti"), json!({"nome": "X"})).expect(403);
        let list = reader.get(&api(&customer, "contatti")).expect(200).json();
        assert_eq!(list["dati"][0]["nome"], "Anna");
    });
}
