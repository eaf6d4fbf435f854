//! Who looks after a customer, its history and its tags.

use serde_json::{Value as Json, json};

use crate::{entered, id, on_each, reseller, sibling};

const API: &str = "/api/admin/clienti";

#[test]
fn a_customer_moves_within_the_branch_and_who_sees_it_changes() {
    on_each(|harness| {
        let tree = harness.organisations();
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let one = format!("{API}/{}", id(&customer));
        let agent = harness.in_branch(&tree.agent, &crate::AGENT);
        agent.get(&one).expect(404);
        let assign = format!("/crm/customers/{}/assign", id(&customer));
        let html = client.get(&assign).expect(200).html().to_owned();
        assert!(html.contains("Agent of A (agent, Sub-company of A)"), "{html}");
        assert!(!html.contains("Reseller B"), "{html}");
        client.post_form(&assign, &[("assigned_to", &tree.agent.id)]).expect(303);
        let seen = agent.get(&one).expect(200).json();
        assert_eq!(seen["agente"], "Agent of A");
        assert_eq!(seen["organizzazione"], "Sub-company of A");
        assert_eq!(seen["assegnato_a"], tree.agent.id.as_str());
        assert_eq!(harness.effects().actions(), ["customer.created", "customer.assigned"]);

        for foreign in [&tree.sibling.id, &tree.vendor.id, id(&customer), "x"] {
            client.post_form(&assign, &[("assigned_to", foreign)]).expect(422);
        }
        sibling(harness).post_form(&assign, &[("assigned_to", &tree.sibling.id)]).expect(404);
        let found = |query: &str| {
            let page = client.get(&format!("{API}?{query}")).expect(200).json();
            page["dati"].as_array().expect("rows").len()
        };
        assert_eq!((found("agente=agent"), found("agente=nobody")), (1, 0));
        assert_eq!((found("organizzazione=sub-company"), found("organizzazione=reseller")), (1, 0));
    });
}

#[test]
fn a_new_customer_is_entered_where_it_belongs() {
    on_each(|harness| {
        let tree = harness.organisations();
        let client = reseller(harness);
        let body = json!({"ragione_sociale": "A", "assegnato_a": tree.agent.id});
        let customer = client.post_json(API, body).expect(201).json();
        assert_eq!(customer["agente"], "Agent of A");
        let foreign = json!({"ragione_sociale": "B", "assegnato_a": tree.sibling.id});
        let refused = client.post_json(API, foreign).expect(422).json();
        assert_eq!(refused["errors"][0]["pointer"], "/assegnato_a");
        let fields = [
            ("kind", "customer"),
            ("name", "C"),
            ("country", "IT"),
            ("assigned_to", &tree.agent.id),
        ];
        let location = client.post_form("/crm/customers/new", &fields).expect(303).location();
        let agent = harness.in_branch(&tree.agent, &crate::AGENT);
        assert!(agent.get(&location).expect(200).html().contains("Agent of A"));
        let moved = json!({"assegnato_a": tree.reseller.id, "note": "N"});
        let one = format!("{API}/{}", id(&customer));
        let answer = client.clone().header("if-match", "\"1\"").patch_json(&one, moved).expect(200);
        assert_eq!(answer.json()["agente"], Json::Null);
        assert_eq!(answer.header("etag"), client.get(&one).expect(200).header("etag"));
    });
}

#[test]
fn the_history_tells_who_when_and_why() {
    on_each(|harness| {
        let client = reseller(harness);
        let body = json!({"ragione_sociale": "A", "stato": "in_attesa"});
        let customer = client.post_json(API, body).expect(201).json();
        harness.clock().advance_days(1);
        let state = format!("/crm/customers/{}/state", id(&customer));
        let refuse = [("state", "suspended"), ("version", "1"), ("reason", "Unknown <b>company")];
        client.post_form(&state, &refuse).expect(303);
        let history = format!("/crm/customers/{}/history", id(&customer));
        let html = client.get(&history).expect(200).html().to_owned();
        assert!(html.contains("Unknown &#60;b&#62;company") && html.contains("Refused"), "{html}");
        client.get(&format!("{history}/export?format=csv")).expect(200);
        sibling(harness).get(&history).expect(404);
        let rows = client.get(&format!("{API}/{}/storia", id(&customer))).expect(200).json();
        assert_eq!(rows["dati"][0]["atto"], "rifiutato");
        assert_eq!(rows["dati"][0]["motivo"], "Unknown <b>company");
        assert_eq!(rows["dati"][0]["quando"], "2026-01-16T10:00:00Z");
        assert_eq!(rows["dati"][1]["atto"], "inserito");
        let timeline =
            client.get(&format!("/crm/customers/{}/timeline", id(&customer))).expect(200);
        assert!(timeline.html().contains("The customer was refused."), "{}", timeline.html());
    });
}

#[test]
fn tags_are_chips_and_filter_the_list() {
    on_each(|harness| {
        let client = reseller(harness);
        let body = json!({"ragione_sociale": "A", "etichette": ["Città nord", "vip", "VIP"]});
        let customer = client.post_json(API, body).expect(201).json();
        assert_eq!(customer["etichette"], json!(["Città nord", "vip"]));
        entered(&client, "B");
        let page = client.get(&format!("/crm/customers/{}", id(&customer))).expect(200);
        assert!(page.html().contains("?etichette=Citt%C3%A0%20nord"), "{}", page.html());
        let list = client.get(&format!("{API}?etichette=citta%20nord")).expect(200).json();
        assert_eq!(list["dati"].as_array().expect("rows").len(), 1);
        let long = json!({"ragione_sociale": "C", "etichette": ["x".repeat(41)]});
        let refused = client.post_json(API, long).expect(422).json();
        assert_eq!(refused["errors"][0]["pointer"], "/etichette");
    });
}
