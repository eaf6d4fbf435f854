//! What people decide: installations assigned and given back, companies, products, suggestions.

use plugin_testing::{Client, Harness};
use registration_inventory::plugin;
use serde_json::json;

const ALL: &[&str] = &[
    "registration-inventory:read",
    "registration-inventory:classify",
    "registration-inventory:quarantine",
];

fn report(harness: &Harness, software: &str, version: &str, company: &str, id: &str) {
    let body = json!({ "nome_software": software, "versione": version,
        "cliente": { "ragione_sociale": company }, "id_installazione": id, "totale_ordini": 3 });
    harness.anonymous().post_json("/api/registrazione-software", body).expect(201);
}

fn text(harness: &Harness, sql: &str) -> String {
    let rows = harness.rows(sql, []);
    rows.first()
        .and_then(|row| row.as_object()?.values().next()?.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn count(harness: &Harness, sql: &str) -> i64 {
    harness.scalar(sql, [])
}

const INSTALLATIONS: &str = "select count(*) from registration_inventory_installation where ";

/// The tally says the same as the installations.
fn tallied(harness: &Harness) {
    let tally = "select count(*) from (select organisation_id, state, software_id, \
        sum(installations) as n from registration_inventory_tally \
        group by organisation_id, state, software_id) t left join (select organisation_id, state, \
        software_id, count(*) as n from registration_inventory_installation \
        group by organisation_id, state, software_id) i on i.organisation_id = t.organisation_id \
        and i.state = t.state and i.software_id = t.software_id where t.n <> coalesce(i.n, 0)";
    assert_eq!(count(harness, tally), 0, "the tally drifted");
}

fn last_decision(harness: &Harness) -> String {
    let sql = "select decision_id from registration_inventory_decision \
        order by decision_id desc limit 1";
    text(harness, sql)
}

fn decide(
    client: &Client,
    act: &str,
    ids: &[&str],
    more: &[(&str, &str)],
) -> plugin_testing::Answer {
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("selected", *id)).collect();
    form.push(("step", "decide"));
    form.extend_from_slice(more);
    client.post_form(&format!("/crm/installations/decide/{act}"), &form)
}

fn ids(harness: &Harness) -> Vec<String> {
    let sql = "select installation_id from registration_inventory_installation order by 1";
    let rows = harness.rows(sql, []);
    let id = |row: &serde_json::Value| row["installation_id"].as_str().map(str::to_owned);
    rows.iter().filter_map(id).collect()
}

#[test]
fn installations_are_assigned_seen_by_their_branch_and_given_back() {
    Harness::on_each(plugin, |harness| {
        let node = &harness.organisations().reseller;
        let acme = harness.account(node, "Acme");
        for n in 0..3 {
            report(harness, "Gestionale", "1.0", "Acme Srl", &format!("pc-{n}"));
        }
        let (client, all) = (harness.with_permissions(ALL), ids(harness));
        let reseller = harness.in_branch(node, &["registration-inventory:read"]);
        let page = format!("/crm/installations/{}", all[0]);
        reseller.get(&page).expect(404);
        decide(&reseller, "assign", &[&all[0]], &[("account", &acme.account_id)]).expect(403);
        let asked = client.post_form("/crm/installations/decide/assign", &[("selected", &all[0])]);
        assert!(asked.expect(200).html().contains("Acme"), "the customer is offered");
        let two = [all[0].as_str(), all[1].as_str()];
        decide(&client, "assign", &two, &[]).expect(422);
        decide(&client, "assign", &two, &[("account", &acme.account_id)]).expect(303);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'assigned'")), 2);
        tallied(harness);
        let seen = reseller.get(&page).expect(200);
        assert!(!seen.html().contains("/crm/installations/decide/"), "he may only look");
        let effects = harness.effects();
        assert!(effects.actions().contains(&"installation.classified"));
        assert!(effects.event_names().contains(&"timeline.happened.v1"));

        // One of them moves on: undoing leaves it as it is.
        let decision = last_decision(harness);
        decide(&client, "ignore", &[&all[1]], &[]).expect(303);
        client.get(&format!("/crm/inventory-decisions/{decision}")).expect(200);
        let undo = format!("/crm/inventory-decisions/{decision}/undo");
        let undone = client.post_form(&undo, &[]).expect(303);
        assert!(undone.notice().contains('1'), "{}", undone.notice());
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'pending'")), 2);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'ignored'")), 1);
        tallied(harness);
        client.post_form(&undo, &[]).expect(303);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'pending'")), 2);
        client.get("/crm/inventory-decisions").expect(200);
        reseller.get(&page).expect(404);
    });
}

#[test]
fn a_company_is_a_customer_and_later_installations_are_only_suggested() {
    Harness::on_each(plugin, |harness| {
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        harness.account(&harness.organisations().sibling, "Beta");
        report(harness, "Gestionale", "1.0", "Acme Italia Srl", "pc-1");
        let client = harness.with_permissions(ALL);
        let company = text(harness, "select company_id from registration_inventory_company");
        let page = format!("/crm/companies/{company}");
        let form = [("step", "decide"), ("account", acme.account_id.as_str())];
        client.get("/crm/companies").expect(200);
        client.post_form(&page, &form[..1]).expect(422);
        client.post_form(&page, &[("step", "decide"), ("account", "nobody")]).expect(404);
        client.post_form(&page, &form).expect(303);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} account_id is not null")), 1);
        report(harness, "Gestionale", "1.0", "Acme Italia Srl", "pc-2");
        assert_eq!(count(harness, &format!("{INSTALLATIONS} account_id is null")), 1);
        let html = client.get(&page).expect(200).html().to_owned();
        assert!(html.contains("were given to this customer before"), "the reason is told");
        // Undoing takes back what was said of the company, too.
        let undo = format!("/crm/inventory-decisions/{}/undo", last_decision(harness));
        client.post_form(&undo, &[]).expect(303);
        let mapped =
            "select count(*) from registration_inventory_company where account_id is not null";
        assert_eq!(count(harness, mapped), 0);
        tallied(harness);
        client.get("/crm/companies/nobody").expect(404);
        client.clone().with_permissions(&["registration-inventory:read"]).get(&page).expect(403);
    });
}

#[test]
fn the_best_suggestions_are_accepted_together() {
    Harness::on_each(plugin, |harness| {
        let reseller = &harness.organisations().reseller;
        let acme = harness.account(reseller, "Acme");
        harness.account(reseller, "Beta");
        for (n, company) in ["Acme", "Beta", "Gamma"].into_iter().enumerate() {
            report(harness, "Gestionale", "1.0", company, &format!("pc-{n}"));
        }
        let caller = harness.job_caller("suggest");
        harness.call("job:suggest", &caller, json!({})).expect("the job runs");
        assert_eq!(count(harness, "select count(*) from registration_inventory_suggestion"), 2);
        let client = harness.with_permissions(ALL);
        let list = client.get("/crm/companies?motivo=same_name").expect(200).html().to_owned();
        assert!(list.contains("Acme") && !list.contains("Gamma"));
        let asked = client.post_form("/crm/companies/accept", &[("all", "1"), ("matching", "")]);
        let html = asked.expect(200).html().to_owned();
        assert!(html.contains("Acme") && html.contains("Beta") && !html.contains("Gamma"));
        let form = [("all", "1"), ("matching", ""), ("step", "decide")];
        client.post_form("/crm/companies/accept", &form).expect(303);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'assigned'")), 2);
        let given = format!("{INSTALLATIONS} account_id = '{}'", acme.account_id);
        assert_eq!(count(harness, &given), 1);
        tallied(harness);
    });
}

#[test]
fn a_customer_is_entered_from_what_a_company_said() {
    Harness::on_each(plugin, |harness| {
        // The stand-in enters nobody and finds by the whole name.
        harness.account(&harness.organisations().reseller, "Acme");
        report(harness, "Gestionale", "1.0", "Acme", "pc-1");
        report(harness, "Gestionale", "1.0", "Gamma", "pc-2");
        let client = harness.with_permissions(ALL);
        let of = |name: &str| {
            let sql = "select company_id from registration_inventory_company where name = ";
            format!("/crm/companies/{}/customer", text(harness, &format!("{sql}'{name}'")))
        };
        assert!(client.get(&of("Acme")).expect(200).html().contains("value=\"Acme\""));
        client.post_form(&of("Acme"), &[("name", "Acme")]).expect(422);
        let form = [("name", "Acme"), ("email", "info@acme.example")];
        client.post_form(&of("Acme"), &form).expect(303);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'assigned'")), 1);
        let form = [("name", "Gamma"), ("email", "info@gamma.example")];
        client.post_form(&of("Gamma"), &form).expect(422);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'assigned'")), 1);
    });
}

#[test]
fn names_and_versions_are_products() {
    Harness::on_each(plugin, |harness| {
        for (n, version) in ["1.0", "2.5", "10.0"].into_iter().enumerate() {
            report(harness, "Gestionale", version, "Acme", &format!("pc-{n}"));
        }
        let client = harness.with_permissions(ALL);
        let id = text(harness, "select software_id from registration_inventory_software");
        let page = format!("/crm/software/{id}");
        client.get("/crm/software").expect(200);
        client.get(&page).expect(200);
        client.post_form(&page, &[("product", "gest"), ("note", "x")]).expect(303);
        assert_eq!(
            text(harness, "select product_code from registration_inventory_software"),
            "gest"
        );
        let rules = format!("{page}/rules");
        let rule = |from: &str, to: &str| {
            client.post_form(&rules, &[("from", from), ("to", to), ("rule_product", "gest-2")])
        };
        rule("", "").expect(422);
        rule("3", "2").expect(422);
        rule(&"1".repeat(65), "").expect(422);
        let delete = || {
            let id = text(harness, "select rule_id from registration_inventory_version_rule");
            client.post_form(&format!("{rules}/{id}/delete"), &[]).expect(303)
        };
        // A decision about nothing has no page.
        assert_eq!(rule("0.1", "0.2").expect(303).location(), page);
        assert_eq!(delete().location(), page);
        rule("2", "").expect(303);
        let ruled = format!("{INSTALLATIONS} product_code = 'gest-2'");
        assert_eq!(count(harness, &ruled), 2, "10.0 is above 2, too");
        assert!(rule("9", "11").expect(422).html().contains("already"));
        // Somebody says something else of one: the rule no longer does.
        let one = text(
            harness,
            "select installation_id from registration_inventory_installation where version = '2.5'",
        );
        decide(&client, "product", &[&one], &[("product", "special")]).expect(303);
        delete();
        assert_eq!(count(harness, &ruled), 0);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} product_code = 'special'")), 1);
        let form = [("selected", id.as_str()), ("step", "decide"), ("product", "other")];
        client.post_form("/crm/software/several", &form).expect(303);
        assert_eq!(
            text(harness, "select product_code from registration_inventory_software"),
            "other"
        );
        let undo = format!("/crm/inventory-decisions/{}/undo", last_decision(harness));
        client.post_form(&undo, &[]).expect(303);
        assert_eq!(
            text(harness, "select product_code from registration_inventory_software"),
            "gest"
        );
        tallied(harness);
    });
}

#[test]
fn many_are_left_to_a_job() {
    Harness::on_each(plugin, |harness| {
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        for n in 0..205 {
            report(harness, "Gestionale", "1.0", "Acme", &format!("pc-{n}"));
        }
        let client = harness.with_permissions(ALL);
        let form =
            [("all", "1"), ("matching", ""), ("step", "decide"), ("account", &acme.account_id)];
        client.post_form("/crm/installations/decide/assign", &form).expect(303);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'assigned'")), 0);
        harness.run_jobs();
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'assigned'")), 205);
        let kept = "select installations from registration_inventory_decision";
        assert_eq!(harness.scalar(kept, []), 205, "one decision for all of them");
        let undo = format!("/crm/inventory-decisions/{}/undo", last_decision(harness));
        client.post_form(&undo, &[]).expect(303);
        assert_eq!(count(harness, &format!("{INSTALLATIONS} state = 'pending'")), 205);
        tallied(harness);
    });
}
