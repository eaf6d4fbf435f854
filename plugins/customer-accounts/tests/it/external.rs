//! `/api/admin/clienti/esterno/{rif}`.

use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{AGENT, count, on_each, reseller, sibling};

const PATH: &str = "/api/admin/clienti/esterno/CRM-1";

fn rossi() -> Json {
    json!({"ragione_sociale": "Rossi", "telefono": "02 1", "indirizzo": {"citta": "Milano"}})
}

fn get(client: &Client) -> Json {
    client.get(PATH).expect(200).json()
}

#[test]
fn the_same_request_again_changes_nothing() {
    on_each(|harness| {
        let client = reseller(harness);
        client.get(PATH).expect(404);
        let made = client.put_json(PATH, rossi()).expect(201);
        let id = made.json()["id"].as_str().unwrap_or_default().to_owned();
        assert_eq!(made.header("location"), Some(&*format!("/api/admin/clienti/{id}")));
        assert_eq!(made.json()["riferimento_esterno"], "CRM-1");
        let audits = harness.effects().audits.len();
        let again = client.put_json(PATH, rossi()).expect(200);
        assert_eq!(again.json(), made.json());
        assert_eq!(again.header("etag"), Some("\"1\""));
        assert_eq!(harness.effects().audits.len(), audits, "nothing changed, nothing is told");
        assert_eq!(count(harness), 1);
        assert_eq!(get(&client)["id"], id.as_str());
    });
}

#[test]
fn what_is_not_sent_is_emptied_but_the_state_stays() {
    on_each(|harness| {
        let client = reseller(harness);
        client.put_json(PATH, rossi()).expect(201);
        let agent = harness.in_branch(&harness.organisations().reseller, &AGENT);
        let now = agent.put_json(PATH, json!({"ragione_sociale": "Rossi 2"})).expect(200).json();
        assert_eq!(now["ragione_sociale"], "Rossi 2");
        assert_eq!((&now["telefono"], &now["indirizzo"]["citta"]), (&Json::Null, &Json::Null));
        assert_eq!(now["stato"], "convalidato");
        let suspended = json!({"ragione_sociale": "Rossi", "stato": "sospeso", "motivo": "x"});
        agent.put_json(PATH, suspended).expect(403);
    });
}

#[test]
fn if_match_guards_a_replacement_and_is_not_asked_for() {
    on_each(|harness| {
        let client = reseller(harness);
        client.clone().header("if-match", "\"1\"").put_json(PATH, rossi()).expect(412);
        client.put_json(PATH, rossi()).expect(201);
        client.clone().header("if-match", "\"7\"").put_json(PATH, rossi()).expect(412);
        let now = json!({"ragione_sociale": "Rossi 2"});
        client.clone().header("if-match", "\"1\"").put_json(PATH, now).expect(200);
    });
}

#[test]
fn references_of_siblings_do_not_meet() {
    on_each(|harness| {
        let (mine, theirs) = (reseller(harness), sibling(harness));
        mine.put_json(PATH, rossi()).expect(201);
        theirs.get(PATH).expect(404);
        theirs.put_json(PATH, json!({"ragione_sociale": "Others"})).expect(201);
        assert_eq!(get(&mine)["ragione_sociale"], "Rossi");
        assert_eq!(get(&theirs)["ragione_sociale"], "Others");
        // The vendor sees both, and means neither by a reference of its own.
        let vendor = harness.with_permissions(&crate::ALL);
        vendor.get(PATH).expect(404);
        vendor.put_json(PATH, json!({"ragione_sociale": "Own"})).expect(201);
        assert_eq!(count(harness), 3);
    });
}

#[test]
fn a_customer_entered_in_another_way_is_taken_up() {
    on_each(|harness| {
        let client = reseller(harness);
        let entered = json!({"ragione_sociale": "Rossi", "riferimento_esterno": "CRM-1"});
        let known = client.post_json("/api/admin/clienti", &entered).expect(201).json();
        assert_eq!(client.put_json(PATH, rossi()).expect(200).json()["id"], known["id"]);
        let other = "/api/admin/clienti/esterno/CRM-2";
        let entered = json!({"ragione_sociale": "Twin", "riferimento_esterno": "CRM-2"});
        client.post_json("/api/admin/clienti", &entered).expect(201);
        client.post_json("/api/admin/clienti", &entered).expect(201);
        let refused = client.put_json(other, rossi()).expect(409);
        assert_eq!(refused.problem(), "external_reference_ambiguous");
    });
}

#[test]
fn many_at_once_make_one_customer() {
    on_each(|harness| {
        let client = reseller(harness);
        let answers = harness.parallel(8, |_| client.put_json(PATH, rossi()).status);
        assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 7, "{answers:?}");
        assert_eq!(count(harness), 1);
        assert_eq!(harness.scalar("select count(*) from customer_accounts_external", []), 1);
    });
}

#[test]
fn a_body_that_says_another_reference_is_refused() {
    on_each(|harness| {
        let client = reseller(harness);
        let body = json!({"ragione_sociale": "Rossi", "riferimento_esterno": "CRM-2"});
        let refused = client.put_json(PATH, body).expect(422);
        assert_eq!(refused.json()["errors"][0]["pointer"], "/riferimento_esterno");
        let long = format!("/api/admin/clienti/esterno/{}", "x".repeat(121));
        client.put_json(&long, rossi()).expect(422);
        client.put_json("/api/admin/clienti/esterno/%20", rossi()).expect(422);
        client.put_json(PATH, json!({})).expect(422);
        client
            .clone()
            .with_permissions(&["customer-accounts:read"])
            .put_json(PATH, rossi())
            .expect(403);
        assert_eq!(count(harness), 0);
    });
}
