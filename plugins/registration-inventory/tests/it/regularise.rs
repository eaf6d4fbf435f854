//! Many installations regularised at once: priced, confirmed, done once, told to whom was chosen.

use plugin_api::contracts::accounts::Account;
use plugin_api::contracts::people::{OF_ORGANISATION, Person, PersonState};
use plugin_testing::{Client, Harness};
use registration_inventory::plugin;
use serde_json::json;

use crate::licensing::{ALL, Keeper, assigned, held, id, installation, report, seen, text};

/// `n` installations of an account that are the product, named `<prefix>-<k>`.
fn several(
    harness: &Harness,
    client: &Client,
    to: &Account,
    prefix: &str,
    n: usize,
) -> Vec<String> {
    let ids = (0..n).map(|k| assigned(harness, client, &format!("{prefix}-{k}"), to)).collect();
    harness.sql("update registration_inventory_software set product_code = 'GEST'", []);
    ids
}

/// The path of the run that these installations become.
fn prepared(client: &Client, ids: &[&str]) -> String {
    let form: Vec<(&str, &str)> = ids.iter().map(|id| ("selected", *id)).collect();
    let answer = client.post_form("/crm/installations/regularise", &form).expect(303);
    assert!(answer.location().starts_with("/crm/inventory-runs/"), "{answer}");
    answer.location()
}

/// Confirms a run with `more` fields, at what `seen` says.
fn start(client: &Client, run: &str, more: &[(&str, &str)], seen: &str) -> plugin_testing::Answer {
    let form = [&[("tipo", "abbonamento"), ("annuncia", "true"), ("visto", seen)], more].concat();
    client.post_form(&format!("{run}/start"), &form)
}

fn licensed(harness: &Harness) -> i64 {
    let sql =
        "select count(*) from registration_inventory_installation where licence_id is not null";
    harness.scalar(sql, [])
}

fn people(harness: &Harness) {
    let one = |n: &str, state| Person {
        id: format!("00000000-0000-7000-8000-00000000000{n}"),
        name: "Anna".to_owned(),
        email: format!("anna{n}@example.com"),
        roles: Vec::new(),
        state,
        signed_in_at: None,
    };
    let known = vec![one("1", PersonState::Active), one("2", PersonState::Barred)];
    harness.service_fake(&OF_ORGANISATION, move |_| known.clone());
}

#[test]
fn a_customer_gets_one_licence_with_as_many_devices_as_installations() {
    Harness::on_each(plugin, |harness| {
        let keeper = Keeper::in_charge(harness);
        people(harness);
        let client = harness.with_permissions(ALL);
        let node = &harness.organisations().reseller;
        let (acme, other) = (harness.account(node, "Acme"), harness.account(node, "Altri"));
        let mut ids = several(harness, &client, &acme, "acme", 3);
        ids.extend(several(harness, &client, &other, "altri", 2));
        report(harness, "pending").expect(201);
        ids.push(text(&installation(harness, "pending"), "installation_id"));
        *held(&keeper.refused) = Some(other.account_id.clone());
        let run = prepared(&client, &ids.iter().map(String::as_str).collect::<Vec<_>>());
        let page = client.get(&run).expect(200);
        assert_eq!(seen(page.html()), "1 + 3000 EUR");
        for said in ["Beyond your rights.", "No customer yet"] {
            assert!(page.html().contains(said), "{said}: {page}");
        }
        let each = [("tipo", "abbonamento"), ("licenze", "installazione")];
        let preview = client.post_form(&format!("{run}/preview"), &each).expect(200);
        assert_eq!(seen(preview.html()), "3 + 3000 EUR");

        // At another price than was seen, nothing happens.
        *held(&keeper.price) = 1100;
        let refused = start(&client, &run, &[], "1 + 3000 EUR").expect(422);
        assert!(refused.html().contains("not what you saw"), "{refused}");
        assert_eq!(licensed(harness), 0);
        start(&client, &run, &[], "1 + 3300 EUR").expect(303);
        let orders = held(&keeper.orders).clone();
        assert_eq!(orders.len(), 1);
        assert_eq!((orders[0].devices, &orders[0].account_id), (Some(3), &acme.account_id));
        assert_eq!(licensed(harness), 3);
        assert_eq!(text(&installation(harness, "acme-1"), "licence_id"), id(1));
        assert_eq!(report(harness, "acme-1").expect(200).json()["licenza_disponibile"], true);
        assert!(harness.effects().mails.is_empty(), "nobody was chosen");
        let page = client.get(&run).expect(200);
        assert!(page.html().contains("Has its licence"), "{page}");
        let file = client.get(&format!("{run}/export?format=csv")).expect(200);
        let file = file.text();
        assert_eq!(file.lines().count(), 7, "{file}");
        client.get("/crm/inventory-runs").expect(200);
        // Pressed again, nothing more is made; nobody else finds it.
        start(&client, &run, &[], "1 + 3300 EUR").expect(303);
        assert_eq!(held(&keeper.orders).len(), 1);
        let sibling = harness.in_branch(&harness.organisations().sibling, ALL);
        sibling.get(&run).expect(404);
        start(&sibling, &run, &[], "").expect(404);
        let kinds =
            "select count(*) from registration_inventory_decision where kind = 'regularise'";
        assert_eq!(harness.scalar(kinds, []), 1);
    });
}

#[test]
fn each_gets_its_own_and_whom_was_chosen_is_told_once() {
    Harness::on_each(plugin, |harness| {
        let keeper = Keeper::in_charge(harness);
        people(harness);
        let client = harness.with_permissions(ALL);
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        let ids = several(harness, &client, &acme, "acme", 2);
        let run = prepared(&client, &ids.iter().map(String::as_str).collect::<Vec<_>>());
        let more = [("licenze", "installazione"), ("avvisa", "cliente")];
        start(&client, &run, &more, "2 + 2000 EUR").expect(303);
        let orders = held(&keeper.orders).clone();
        assert_eq!(orders.iter().map(|order| order.devices).collect::<Vec<_>>(), [Some(1); 2]);
        assert_ne!(
            text(&installation(harness, "acme-0"), "licence_id"),
            text(&installation(harness, "acme-1"), "licence_id"),
        );
        let mails = harness.effects().mails;
        assert!(mails.iter().all(|mail| mail.to == "anna1@example.com"), "{mails:?}");
        let keys: std::collections::BTreeSet<_> =
            mails.iter().map(|mail| mail.unique_key.clone()).collect();
        assert_eq!(keys.len(), 1, "the host sends it once");
        assert!(mails.iter().all(|mail| !mail.secret && mail.link.is_some()));
    });
}

#[test]
fn a_large_run_is_a_job_that_goes_on_where_it_was_cut_off() {
    Harness::on_each(plugin, |harness| {
        let keeper = Keeper::in_charge(harness);
        let client = harness.with_permissions(ALL);
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        let ids = several(harness, &client, &acme, "acme", 21);
        let run = prepared(&client, &ids.iter().map(String::as_str).collect::<Vec<_>>());
        let each = [("licenze", "installazione")];
        start(&client, &run, &each, "21 + 21000 EUR").expect(303);
        assert_eq!(licensed(harness), 0);
        let page = client.get(&run).expect(200);
        assert!(page.html().contains("/stop"), "{page}");
        // Somebody else decides about one before the job gets there.
        let form = [("selected", ids[0].as_str()), ("step", "decide")];
        client.post_form("/crm/installations/decide/ignore", &form).expect(303);
        harness.run_jobs();
        assert_eq!(licensed(harness), 20);
        assert_eq!(held(&keeper.orders).len(), 20);
        let sql = "select state, done, failed from registration_inventory_run";
        assert_eq!(harness.rows(sql, [])[0], json!({"state": "done", "done": 20, "failed": 1}));
        // What was cut off right behind a licence goes on there.
        harness.sql("update registration_inventory_run set state = 'running', job_id = ''", []);
        assert!(client.get(&run).expect(200).html().contains("cut off"));
        client.post_form(&format!("{run}/start"), &[]).expect(303);
        assert_eq!(held(&keeper.orders).len(), 20);
        assert_eq!(harness.rows(sql, [])[0]["state"], "done");
        let actions = harness.effects();
        assert!(actions.actions().contains(&"inventory_run.finished"));
    });
}

#[test]
fn what_nobody_confirmed_is_forgotten_and_too_little_or_too_much_is_told() {
    Harness::on_each(plugin, |harness| {
        let client = harness.with_permissions(ALL);
        let form = [("selected", "00000000-0000-7000-8000-000000000001")];
        let path = "/crm/installations/regularise";
        client.post_form(path, &form).expect(404);
        assert!(!client.get("/crm/installations").expect(200).html().contains(path));
        let keeper = Keeper::in_charge(harness);
        let page = client.get("/crm/installations").expect(200);
        assert_eq!(client.post_form(path, &form).expect(303).location(), "/crm/installations");
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        let ids = several(harness, &client, &acme, "acme", 1);
        assert!(client.get("/crm/installations").expect(200).html().contains(path), "{page}");
        let reader = harness.with_permissions(&["registration-inventory:read"]);
        reader.post_form(path, &[("selected", ids[0].as_str())]).expect(403);
        let run = prepared(&client, &[&ids[0]]);
        // What is refused as the form stands at first may be fine with other terms.
        *held(&keeper.refused) = Some(acme.account_id.clone());
        let page = client.get(&run).expect(200);
        assert!(page.html().contains("Beyond your rights."), "{page}");
        assert!(page.html().contains("Create the licences"), "{page}");
        harness.clock().advance_days(8);
        harness.call("job:sweep-runs", &harness.job_caller("sweep-runs"), json!({})).unwrap();
        let rows = "select (select count(*) from registration_inventory_run) \
            + (select count(*) from registration_inventory_run_item)";
        assert_eq!(harness.scalar(rows, []), 0);
    });
}
