//! `PATCH /api/admin/clienti/{id}`.

use plugin_testing::{Client, Harness};
use serde_json::{Value as Json, json};

use crate::{AGENT, entered, id, on_each, reseller, sibling};

fn path(customer: &Json) -> String {
    format!("/api/admin/clienti/{}", id(customer))
}

fn at(client: &Client, version: &str) -> Client {
    client.clone().header("if-match", version)
}

#[test]
fn only_what_is_sent_changes_and_null_clears() {
    on_each(|harness| {
        let client = reseller(harness);
        let body = json!({"ragione_sociale": "A", "email": "a@b.it", "telefono": "02 1",
            "indirizzo": {"citta": "Milano", "cap": "20121"}});
        let before = client.post_json("/api/admin/clienti", body).expect(201).json();
        let change = json!({"telefono": null, "indirizzo": {"citta": "Como"}, "note": "N"});
        let answer = at(&client, "\"1\"").patch_json(&path(&before), change).expect(200);
        assert_eq!(answer.header("etag"), Some("\"2\""));
        let after = answer.json();
        assert_eq!(after, client.get(&path(&before)).json());
        assert_eq!(after["email"], "a@b.it");
        assert_eq!(after["telefono"], Json::Null);
        assert_eq!(after["indirizzo"]["citta"], "Como");
        assert_eq!(after["indirizzo"]["cap"], "20121");
        let effects = harness.effects();
        assert_eq!(effects.actions(), ["customer.created", "customer.updated"]);
        let was = json!({"phone": "02 1", "city": "Milano", "notes": ""});
        assert_eq!(effects.audits[1].before, Some(was));
    });
}

#[test]
fn a_change_needs_the_version_it_was_made_from() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let missing = client.patch_json(&path(&customer), json!({"note": "x"})).expect(428);
        assert_eq!(missing.problem(), "precondition_required");
        at(&client, "\"1\"").patch_json(&path(&customer), json!({"note": "x"})).expect(200);
        let stale = at(&client, "\"1\"").patch_json(&path(&customer), json!({"note": "y"}));
        assert_eq!(stale.expect(412).problem(), "precondition_failed");
        at(&client, "W/\"2\"").patch_json(&path(&customer), json!({"note": "y"})).expect(412);
        at(&client, "*").patch_json(&path(&customer), json!({"note": "y"})).expect(200);
        assert_eq!(client.get(&path(&customer)).json()["note"], "y");
    });
}

#[test]
fn of_many_changes_at_once_one_wins() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let answers = harness.parallel(8, |n| {
            let body = json!({"note": format!("by {n}")});
            at(&client, "\"1\"").patch_json(&path(&customer), body).status.as_u16()
        });
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|status| matches!(status, 200 | 412)), "{answers:?}");
        assert_eq!(harness.effects().actions().len(), 2);
    });
}

#[test]
fn the_state_is_changed_by_who_may_and_told() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "A");
        let set = |client: &Client, stato: &str, version: &str| {
            let body = json!({"stato": stato, "motivo": "Unpaid"});
            at(client, version).patch_json(&path(&customer), body)
        };
        let writer = harness.in_branch(&harness.organisations().reseller, &AGENT);
        set(&writer, "sospeso", "\"1\"").expect(403);
        set(&writer, "convalidato", "\"1\"").expect(200);
        let client = reseller(harness);
        let why = at(&client, "\"1\"").patch_json(&path(&customer), json!({"stato": "sospeso"}));
        assert_eq!(why.expect(422).json()["errors"][0]["pointer"], "/motivo");
        assert_eq!(set(&client, "sospeso", "\"1\"").expect(200).json()["stato"], "sospeso");
        let refused = set(&client, "in_attesa", "\"2\"").expect(422);
        assert_eq!(refused.json()["errors"][0]["pointer"], "/stato");
        assert_eq!(harness.effects().events.len(), 1);
    });
}

#[test]
fn a_change_of_nothing_writes_nothing() {
    on_each(|harness: &Harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        let same = json!({"ragione_sociale": " A ", "stato": "convalidato"});
        for body in [json!({}), same] {
            let answer = at(&client, "\"1\"").patch_json(&path(&customer), body).expect(200);
            assert_eq!(answer.header("etag"), Some("\"1\""));
        }
        assert_eq!(harness.effects().actions(), ["customer.created"]);
    });
}

#[test]
fn wrong_changes_and_foreign_customers_are_refused() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "A");
        for body in [
            json!({"ragione_sociale": null}),
            json!({"ragione_sociale": "  "}),
            json!({"indirizzo": {"paese": "XX"}}),
            json!({"indirizzo": null}),
            json!({"id": "x"}),
            json!({"partita_iva": "12345678901"}),
        ] {
            at(&client, "\"1\"").patch_json(&path(&customer), &body).expect(422);
        }
        at(&sibling(harness), "*").patch_json(&path(&customer), json!({"note": "x"})).expect(404);
        assert_eq!(harness.effects().actions(), ["customer.created"]);
    });
}
