//! Who registers by himself, who receives him, and what he is told.

use plugin_api::Caller;
use plugin_api::contracts::licences::{ISSUED, LicenceOfAccount, OF_ACCOUNT};
use plugin_api::lent::Event;
use plugin_testing::{Client, Harness};
use serde_json::{Value as Json, json};

use crate::{ALL, count, id, on_each, sibling};

const REGISTER: &str = "/api/clienti/registrazione";
const RULES: [&str; 4] = [ALL[0], ALL[1], ALL[2], "customer-accounts:rules"];

fn rossi() -> Json {
    json!({ "ragione_sociale": "Rossi", "email": "a@rossi.example", "partita_iva": "12345678903",
        "indirizzo": { "provincia": "MI" } })
}

fn with(mut body: Json, name: &str, value: &str) -> Json {
    body[name] = json!(value);
    body
}

fn registered(harness: &Harness, body: &Json) -> Json {
    harness.anonymous().post_json(REGISTER, body).expect(201).json()
}

fn outcome(harness: &Harness, registered: &Json) -> Json {
    let code = registered["codice_consultazione"].as_str().expect("a code");
    let path = format!("{REGISTER}/{}", id(registered));
    harness.anonymous().header("x-codice-consultazione", code).get(&path).expect(200).json()
}

fn reseller(harness: &Harness) -> Client {
    harness.in_branch(&harness.organisations().reseller, &RULES)
}

fn with_code(harness: &Harness, code: &str) {
    let organisation = harness.organisations().reseller.id.clone();
    let fields = [("code", code), ("organisation", organisation.as_str())];
    harness.superadmin().post_form("/crm/customers/rules/codes", &fields).expect(303);
}

fn rule(client: &Client, name: &str, conditions: &[(&str, &str)], receiver: &str) {
    let mut fields = vec![("name", name), ("receiver", receiver)];
    fields.extend_from_slice(conditions);
    client.post_form("/crm/customers/rules/new", &fields).expect(303);
}

fn parent(harness: &Harness, customer: &Json) -> String {
    let rows = harness.rows(
        "select o.parent_id from customer_accounts_customer c \
         join host_organisation o on o.organisation_id = c.organisation_id where c.customer_id = ?",
        [id(customer).into()],
    );
    rows[0]["parent_id"].as_str().expect("a parent").to_owned()
}

#[test]
fn who_registers_waits_and_is_told_what_became_of_him() {
    on_each(|harness| {
        harness.service_fake(&OF_ACCOUNT, |asked| {
            vec![LicenceOfAccount {
                licence_id: asked.account_id,
                product: "Studio".to_owned(),
                product_code: "STUDIO".to_owned(),
                tipo: "trial".to_owned(),
                stato: "demo".to_owned(),
                expires_at: None,
                key_hint: String::new(),
                path: "/crm/licences/x".to_owned(),
            }]
        });
        let taken = registered(harness, &rossi());
        assert_eq!(taken["stato"], "in_attesa");
        assert_eq!(taken["codice_consultazione"].as_str().map(str::len), Some(32));
        let told = outcome(harness, &taken);
        assert_eq!(
            (&told["stato"], &told["licenze"][0]["stato"]),
            (&json!("in_attesa"), &json!("demo"))
        );

        let path = format!("{REGISTER}/{}", id(&taken));
        harness.anonymous().get(&path).expect(404);
        harness.anonymous().get(&format!("{path}?codice=0")).expect(404);
        let nobody = format!("{REGISTER}/00000000-0000-7000-8000-00000000ffff?codice=0");
        harness.anonymous().get(&nobody).expect(404);

        let validator = harness.superadmin();
        validator.get(&format!("/crm/customers/waiting/{}", id(&taken))).expect(200);
        let state = format!("/crm/customers/{}/state", id(&taken));
        let version =
            harness.scalar("select version from customer_accounts_customer", []).to_string();
        let fields =
            [("state", "suspended"), ("version", version.as_str()), ("reason", "not a company")];
        validator.post_form(&state, &fields).expect(303);
        let told = outcome(harness, &taken);
        assert_eq!(
            (&told["stato"], &told["motivo"]),
            (&json!("rifiutato"), &json!("not a company"))
        );
        assert!(harness.effects().mails.is_empty());

        let code = taken["codice_consultazione"].as_str().expect("a code");
        let everything = harness.rows("select * from customer_accounts_registration", []);
        assert!(!format!("{everything:?}{:?}", harness.effects()).contains(code));
    });
}

#[test]
fn wrong_fields_are_named_and_nothing_is_known_of_vat_numbers() {
    on_each(|harness| {
        let wrong = json!({ "ragione_sociale": "", "email": "x", "partita_iva": "12345678901",
            "prodotto": "x".repeat(65) });
        let answer = harness.anonymous().post_json(REGISTER, wrong).expect(422).json();
        let pointers: Vec<_> = answer["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .map(|e| e["pointer"].clone())
            .collect();
        assert_eq!(
            pointers,
            [json!("/ragione_sociale"), json!("/partita_iva"), json!("/email"), json!("/prodotto")]
        );
        registered(harness, &rossi());
        registered(harness, &rossi());
        assert_eq!(count(harness), 2);
        let queue = harness.superadmin().get("/crm/customers/waiting?doppione=true").expect(200);
        assert_eq!(queue.html().matches("/crm/customers/waiting/0").count(), 2, "{}", queue.html());
    });
}

#[test]
fn a_key_registers_once_and_gets_the_same_code_again_also_two_at_once() {
    on_each(|harness| {
        let client = harness.anonymous().header("idempotency-key", "k-1");
        let first = client.post_json(REGISTER, rossi()).expect(201).json();
        assert_eq!(client.post_json(REGISTER, rossi()).expect(201).json(), first);
        assert_eq!(count(harness), 1);
        let answers = harness.parallel(4, |_| {
            let client = harness.anonymous().header("idempotency-key", "k-2");
            client.post_json(REGISTER, rossi()).status
        });
        assert!(answers.iter().all(|status| [201, 409].contains(&status.as_u16())), "{answers:?}");
        assert_eq!(count(harness), 2);
        let kept = harness.rows("select body from host_idempotency", []);
        let code = first["codice_consultazione"].as_str().expect("a code");
        assert!(!format!("{kept:?}").contains(code));
    });
}

#[test]
fn an_address_has_a_budget_by_the_hour_that_wrong_requests_do_not_touch() {
    on_each(|harness| {
        harness.set_setting("registrations-per-hour", 2);
        harness
            .anonymous()
            .post_json(REGISTER, json!({ "ragione_sociale": "", "email": "" }))
            .expect(422);
        registered(harness, &rossi());
        registered(harness, &rossi());
        let refused = harness.anonymous().post_json(REGISTER, rossi()).expect(429);
        let seconds: i64 =
            refused.header("retry-after").expect("a header").parse().expect("seconds");
        assert!((1..=3_600).contains(&seconds));
        harness.clock().advance(seconds * 1_000);
        registered(harness, &rossi());
        assert_eq!(count(harness), 3);
        harness
            .call("job:forget-registration-budgets", &harness.job_caller("x"), json!({}))
            .expect("forgotten");
        let kept = harness.scalar("select count(*) from customer_accounts_registration_budget", []);
        assert_eq!(kept, 1);
    });
}

#[test]
fn the_code_leads_to_its_organisation_and_an_unknown_one_to_the_vendor() {
    on_each(|harness| {
        with_code(harness, "Nord-1");
        let theirs = registered(harness, &with(rossi(), "codice_rivenditore", " NORD-1 "));
        assert_eq!(parent(harness, &theirs), harness.organisations().reseller.id);
        let lost = registered(harness, &with(rossi(), "codice_rivenditore", "nobody"));
        assert_eq!(parent(harness, &lost), harness.organisations().vendor.id);

        let queue = reseller(harness).get("/crm/customers/waiting").expect(200);
        assert!(queue.html().contains(id(&theirs)) && !queue.html().contains(id(&lost)));
        // The other one is not his to know of, not even that there is one.
        let twice = reseller(harness).get("/crm/customers/waiting?doppione=true").expect(200);
        assert!(!twice.html().contains(id(&theirs)));
        sibling(harness).get(&format!("/crm/customers/waiting/{}", id(&theirs))).expect(404);
        let page =
            harness.superadmin().get(&format!("/crm/customers/waiting/{}", id(&lost))).expect(200);
        assert!(page.html().contains("Nobody has the reseller code"), "{}", page.html());
        let counted =
            harness.call("badge:/crm/customers/waiting", reseller(harness).caller(), Json::Null);
        assert_eq!(counted.expect("a number"), json!(1));
    });
}

#[test]
fn rules_are_asked_in_order_and_move_who_waits() {
    on_each(|harness| {
        let tree = harness.organisations();
        let waiting = registered(harness, &with(rossi(), "prodotto", "STUDIO"));
        let vendor = harness.superadmin();
        rule(&vendor, "Milan", &[("provinces", "MI, TO")], &tree.reseller.id);
        rule(&vendor, "Everybody", &[], &tree.sibling.id);
        rule(&reseller(harness), "Studio", &[("products", "studio")], &tree.agent.id);

        let here = registered(harness, &rossi());
        assert_eq!(parent(harness, &here), tree.reseller.id);
        let page = vendor.get("/crm/customers/rules?province=RM&preview=1").expect(200);
        assert!(page.html().contains("by the rule “Everybody”"), "{}", page.html());
        assert!(page.html().contains("1 waiting customer would be handed on"), "{}", page.html());
        vendor.post_form("/crm/customers/rules/apply", &[]).expect(303);
        assert_eq!(parent(harness, &waiting), tree.agent.id);

        let last =
            harness.rows("select rule_id from customer_accounts_rule where name = 'Everybody'", []);
        let path = format!("/crm/customers/rules/{}", last[0]["rule_id"].as_str().expect("an id"));
        vendor.post_form(&format!("{path}/move"), &[("way", "up")]).expect(303);
        let there = registered(harness, &rossi());
        assert_eq!(parent(harness, &there), tree.sibling.id);
        let version = harness
            .scalar("select version from customer_accounts_rule where name = 'Everybody'", []);
        let version = version.to_string();
        vendor.post_form(&format!("{path}/switch"), &[("version", "0")]).expect(409);
        vendor.post_form(&format!("{path}/switch"), &[("version", &version)]).expect(303);
        let again = registered(harness, &rossi());
        assert_eq!(parent(harness, &again), tree.reseller.id);

        reseller(harness).get(&path).expect(404);
        reseller(harness).post_form(&format!("{path}/delete"), &[("version", "3")]).expect(404);
        let refused = reseller(harness).post_form(
            "/crm/customers/rules/new",
            &[("name", "x"), ("receiver", &tree.sibling.id)],
        );
        refused.expect(422);
        vendor.post_form(&format!("{path}/delete"), &[("version", "3")]).expect(303);
        assert_eq!(harness.scalar("select count(*) from customer_accounts_rule", []), 2);
    });
}

#[test]
fn a_licence_moves_who_waits_with_the_vendor_and_moves_him_once() {
    on_each(|harness| {
        let tree = harness.organisations();
        let waiting = registered(harness, &rossi());
        rule(&harness.superadmin(), "Studio", &[("products", "STUDIO")], &tree.sibling.id);
        let event = Event {
            event_id: "00000000-0000-7000-8000-00000000e001".to_owned(),
            name: ISSUED.to_owned(),
            source: "license-generator".to_owned(),
            at: harness.clock().now(),
            payload: json!({ "licence_id": "x", "account_id": id(&waiting), "product_code": "STUDIO" }),
        };
        harness.deliver(&event);
        assert_eq!(parent(harness, &waiting), tree.sibling.id);
        harness.deliver(&event);
        let moved =
            harness.effects().actions().iter().filter(|a| **a == "customer.assigned").count();
        assert_eq!(moved, 1);
    });
}

#[test]
fn a_key_is_of_no_use_elsewhere_and_a_merged_registration_tells_nothing_of_the_other() {
    on_each(|harness| {
        let client = harness.anonymous().header("idempotency-key", "k");
        let first = client.post_json(REGISTER, rossi()).expect(201).json();
        let elsewhere =
            Caller { address: "203.0.113.9".parse().ok(), ..harness.anonymous().caller().clone() };
        let elsewhere = harness.as_caller(elsewhere).header("idempotency-key", "k");
        let answer = elsewhere.post_json(REGISTER, rossi()).expect(422);
        assert_eq!(answer.problem(), "idempotency_key_reused");

        let all = harness.superadmin();
        let known = crate::entered(&all, "Rossi S.p.A.");
        let twice = || all.get("/crm/customers/waiting?doppione=true").expect(200);
        let second = registered(harness, &rossi());
        assert!(twice().html().contains(id(&second)));
        let licence = LicenceOfAccount {
            licence_id: "l".to_owned(),
            product: "Secret".to_owned(),
            product_code: "S".to_owned(),
            tipo: "trial".to_owned(),
            stato: "attiva".to_owned(),
            expires_at: None,
            key_hint: String::new(),
            path: String::new(),
        };
        harness.service_fake(&OF_ACCOUNT, move |_| vec![licence.clone()]);
        assert_eq!(outcome(harness, &first)["licenze"][0]["nome"], "Secret");
        let merge = all.clone().header("if-match", "*");
        let path = format!("/api/admin/clienti/{}/unisci", id(&known));
        merge.post_json(&path, json!({"altro": first["id"]})).expect(200);
        assert_eq!(outcome(harness, &first)["licenze"], json!([]));
        assert_eq!(outcome(harness, &first)["stato"], "convalidato");
        harness.sql(
            "update customer_accounts_customer set vat_number = '' where customer_id = ?",
            [id(&known).into()],
        );
        assert!(!twice().html().contains(id(&second)), "one that went is no double");
    });
}

#[test]
fn several_who_wait_are_handled_at_once_after_one_more_question() {
    on_each(|harness| {
        let tree = harness.organisations();
        let agent = harness.in_branch(&tree.agent, &crate::AGENT);
        let customers: Vec<Json> =
            ["A", "B", "C"].iter().map(|name| crate::entered(&agent, name)).collect();
        let path = "/crm/customers/waiting/several";
        agent.get(path).expect(403);
        let client = reseller(harness);
        let page = client.get(path).expect(200);
        assert!(page.html().contains(id(&customers[2])), "{page}");
        assert!(!sibling(harness).get(path).expect(200).html().contains(id(&customers[2])));
        client.post_form(path, &[("act", "validate")]).expect(422);
        client.post_form(path, &[("customer", id(&customers[0]))]).expect(422);
        let two = [("customer", id(&customers[0])), ("customer", id(&customers[1]))];
        let asked = client.post_form(path, &[two[0], two[1], ("act", "validate")]).expect(200);
        assert!(asked.html().contains("2 customers"), "{asked}");
        let waiting = "select count(*) from customer_accounts_customer where state = 'awaiting'";
        assert_eq!(harness.scalar(waiting, []), 3, "nothing before the answer");
        let sure = ("confirm", "true");
        let foreign = sibling(harness);
        foreign.post_form(path, &[two[0], ("act", "validate"), sure]).expect(422);
        let done = client.post_form(path, &[two[0], two[1], ("act", "validate"), sure]);
        assert_eq!(done.expect(200).html().matches("Done").count(), 2);
        assert_eq!(harness.scalar(waiting, []), 1);
        let third = ("customer", id(&customers[2]));
        let to = |node: &str| {
            let to = ("assigned_to", node);
            client.post_form(path, &[third, ("act", "assign"), to, sure])
        };
        to(&tree.sibling.id).expect(422);
        to(&tree.reseller.id).expect(200);
        assert_eq!(parent(harness, &customers[2]), tree.reseller.id);
    });
}
