//! Duplicates and their merge.

use std::sync::{Arc, Mutex};

use plugin_api::contracts::accounts::{FIND, Find, MERGED};
use plugin_api::contracts::people::MOVE;
use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{ALL, entered, id, on_each, reseller};

const API: &str = "/api/admin/clienti";

fn merger(harness: &plugin_testing::Harness) -> Client {
    let may = [ALL[0], ALL[1], ALL[2], "customer-accounts:merge"];
    harness.in_branch(&harness.organisations().reseller, &may)
}

fn two(client: &Client) -> (Json, Json) {
    let into = json!({"ragione_sociale": "Rossi Srl", "partita_iva": "12345678903",
        "email": "a@rossi.it", "etichette": ["vip"], "note": "one"});
    let from = json!({"ragione_sociale": "Rossi S.r.l.", "partita_iva": "12345678903",
        "email": "b@rossi.it", "telefono": "02 1", "etichette": ["VIP", "nord"], "note": "two"});
    let enter = |body| client.post_json(API, body).expect(201).json();
    (enter(into), enter(from))
}

#[test]
fn duplicates_are_found_within_the_branch_alone() {
    on_each(|harness| {
        let client = merger(harness);
        let page = || client.get("/crm/customers/duplicates").expect(200).html().to_owned();
        let same = |name: &str| json!({"ragione_sociale": name, "partita_iva": "12345678903"});
        client.post_json(API, same("Mine")).expect(201);
        crate::sibling(harness).post_json(API, same("Foreign")).expect(201);
        assert!(page().contains("No duplicates"), "{}", page());
        client.post_json(API, same("Mine too")).expect(201);
        assert!(page().contains("Same VAT number: IT 12345678903"), "{}", page());
        assert!(!page().contains("Foreign"));
        for _ in 0..2 {
            let named = json!({"ragione_sociale": "Élite", "indirizzo": {"citta": "Como"}});
            client.post_json(API, named).expect(201);
        }
        assert!(page().contains("Same name and city: Élite"), "{}", page());
        assert!(page().contains("/merge?other="));
        assert!(!reseller(harness).get("/crm/customers/duplicates").html().contains("/merge?"));
    });
}

#[test]
fn one_record_survives_with_what_both_had() {
    on_each(|harness| {
        let client = merger(harness);
        let (into, from) = two(&client);
        let of = |c: &Json, parts: &str| format!("{API}/{}/{parts}", id(c));
        client.post_json(&of(&from, "contatti"), json!({"nome": "Anna", "principale": true}));
        client.post_json(&of(&into, "contatti"), json!({"nome": "Bruno", "principale": true}));
        client.post_json(&of(&from, "note"), json!({"testo": "N"})).expect(201);
        let merge = format!("/crm/customers/{}/merge", id(&into));
        let html =
            client.get(&format!("{merge}?other={}", id(&from))).expect(200).html().to_owned();
        assert!(html.contains("b@rossi.it") && html.contains("value=\"from\""), "{html}");
        let mut answers =
            vec![("other", id(&from)), ("version", "1"), ("other_version", "1"), ("email", "from")];
        client.post_form(&merge, &answers).expect(422);
        answers.push(("confirm", "true"));
        client.post_form(&merge, &answers).expect(303);

        let now = client.get(&format!("{API}/{}", id(&into))).expect(200).json();
        assert_eq!(
            (now["ragione_sociale"].as_str(), now["email"].as_str()),
            (Some("Rossi Srl"), Some("b@rossi.it"))
        );
        assert_eq!(
            (now["telefono"].clone(), now["etichette"].clone()),
            (json!("02 1"), json!(["vip", "nord"]))
        );
        assert_eq!(now["note"], "one\n\ntwo");
        let contacts = client.get(&of(&into, "contatti")).json();
        let named = |at: usize| {
            (contacts["dati"][at]["nome"].clone(), contacts["dati"][at]["principale"].clone())
        };
        assert_eq!(
            [named(0), named(1)],
            [(json!("Bruno"), json!(true)), (json!("Anna"), json!(false))]
        );
        assert_eq!(client.get(&of(&into, "note")).json()["dati"][0]["testo"], "N");
        let history = client.get(&of(&into, "storia")).expect(200).json();
        let acts: Vec<&str> = history["dati"]
            .as_array()
            .expect("rows")
            .iter()
            .filter_map(|row| row["atto"].as_str())
            .collect();
        assert_eq!(acts.iter().filter(|act| **act == "inserito").count(), 2, "{acts:?}");
        assert!(acts.contains(&"unito"));

        let gone = client.get(&format!("{API}/{}", id(&from))).expect(200);
        assert_eq!(gone.json()["unita_a"], into["id"]);
        let list = client.get(API).json();
        assert_eq!(list["dati"].as_array().expect("rows").len(), 1);
        let page = client.get(&format!("/crm/customers/{}", id(&from))).expect(200);
        assert!(page.html().contains("merged into another"), "{}", page.html());
        let effects = harness.effects();
        let event = effects.events.iter().find(|event| event.name == MERGED).expect("told");
        assert_eq!(event.payload["from"]["account_id"], from["id"]);
        assert_eq!(effects.audits.last().expect("audited").action, "customer.merged");
    });
}

#[test]
fn a_record_that_went_takes_no_changes_and_is_not_merged_twice() {
    on_each(|harness| {
        let client = merger(harness);
        let (into, from) = two(&client);
        let third = entered(&client, "Third");
        let merge = |c: &Json, other: &Json| {
            let client = client.clone().header("if-match", "*");
            client.post_json(
                &format!("{API}/{}/unisci", id(c)),
                json!({"altro": other["id"], "dal_altro": ["email"]}),
            )
        };
        assert_eq!(merge(&into, &from).expect(200).json()["email"], "b@rossi.it");
        assert_eq!(merge(&third, &from).expect(409).problem(), "customer_closed");
        assert_eq!(merge(&third, &third).expect(422).problem(), "merge_with_itself");
        let one = format!("{API}/{}", id(&from));
        let change = client.clone().header("if-match", "*").patch_json(&one, json!({"note": "x"}));
        assert_eq!(change.expect(409).problem(), "customer_closed");
        client.post_json(&format!("{one}/contatti"), json!({"nome": "X"})).expect(409);
        client.get(&format!("/crm/customers/{}/edit", id(&from))).expect(409);
        client.get(&format!("/crm/customers/{}/assign", id(&from))).expect(409);
    });
}

#[test]
fn nothing_foreign_is_merged_and_not_without_permission() {
    on_each(|harness| {
        let client = merger(harness);
        let mine = entered(&client, "Mine");
        let foreign = entered(&crate::sibling(harness), "Foreign");
        let path = format!("{API}/{}/unisci", id(&mine));
        let body = json!({"altro": foreign["id"]});
        client.clone().header("if-match", "*").post_json(&path, &body).expect(404);
        client
            .get(&format!("/crm/customers/{}/merge?other={}", id(&mine), id(&foreign)))
            .expect(404);
        reseller(harness).header("if-match", "*").post_json(&path, &body).expect(403);
        let found =
            client.get(&format!("/crm/customers/{}/merge?q=foreign", id(&mine))).expect(200);
        assert!(found.html().contains("Nobody in your branch"), "{}", found.html());
    });
}

#[test]
fn of_two_merges_at_once_one_wins() {
    on_each(|harness| {
        let client = merger(harness);
        let (into, from) = two(&client);
        let answers = harness.parallel(4, |_| {
            let client = client.clone().header("if-match", "\"1\"");
            let path = format!("{API}/{}/unisci", id(&into));
            client.post_json(&path, json!({"altro": from["id"]})).status.as_u16()
        });
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|status| matches!(status, 200 | 409 | 412)), "{answers:?}");
    });
}

#[test]
fn who_signs_in_moves_with_the_record_and_nobody_beyond_the_caller_is_touched() {
    on_each(|harness| {
        let client = merger(harness);
        let (into, from) = two(&client);
        let path = format!("{API}/{}/unisci", id(&into));
        let merge = || {
            let client = client.clone().header("if-match", "*");
            client.post_json(&path, json!({"altro": from["id"]}))
        };
        harness.service_refused(&MOVE);
        assert_eq!(merge().expect(409).problem(), "people_beyond");
        let now = client.get(&format!("{API}/{}", id(&from))).expect(200).json();
        assert_eq!(now["unita_a"], Json::Null, "nothing was written");
        let asked = Arc::new(Mutex::new(None));
        let seen = Arc::clone(&asked);
        harness.service_fake(&MOVE, move |moving| *seen.lock().expect("alone") = Some(moving));
        merge().expect(200);
        let moved = asked.lock().expect("alone").take().expect("people were moved");
        let node = |customer: &Json| -> String {
            let of = "select organisation_id from customer_accounts_customer where customer_id = ?";
            harness.rows(of, [id(customer).into()])[0]["organisation_id"]
                .as_str()
                .expect("id")
                .into()
        };
        assert_eq!((moved.from, moved.into), (node(&from), node(&into)));
        // Who still asks for the one that went is told of the one that stands for it.
        let find = Find { account_id: id(&from).to_owned() };
        let found = harness.service(&FIND, client.caller(), &find).expect("asked");
        assert_eq!(found.expect("found").account_id, id(&into));
    });
}

#[test]
fn a_record_that_went_is_read_where_its_survivor_is() {
    on_each(|harness| {
        let all = harness.superadmin();
        let tree = harness.organisations();
        let enter = |name: &str, node: &str| {
            let body = json!({"ragione_sociale": name, "assegnato_a": node});
            all.post_json(API, body).expect(201).json()
        };
        let (into, from) = (enter("Uno", &tree.reseller.id), enter("Due", &tree.sibling.id));
        let of_from = format!("{API}/{}", id(&from));
        crate::sibling(harness).get(&of_from).expect(200);
        let client = all.clone().header("if-match", "*");
        let path = format!("{API}/{}/unisci", id(&into));
        client.post_json(&path, json!({"altro": from["id"]})).expect(200);
        crate::sibling(harness).get(&of_from).expect(404);
        reseller(harness).get(&of_from).expect(200);
    });
}
