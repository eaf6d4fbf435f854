//! Who runs which version: from checks and from reports, within one's branch.

use plugin_api::contracts::inventory::{Running, RunsVersion, VERSIONS};
use plugin_testing::Client;
use serde_json::{Value as Json, json};

use super::{Customer, KEY, on_each};

const SEES: &[&str] = &["update-server:installations"];
const SUMS: &str = "/crm/update-versions";
const LIST: &str = "/crm/update-clients";

fn check(customer: &Customer<'_>, query: &str) {
    let path = format!("/api/aggiornamenti/verifica?prodotto=STUDIO&key={KEY}&{query}");
    customer.get(&path).expect(200);
}

fn vendor(customer: &Customer<'_>) -> Client {
    customer.vendor.harness.with_permissions(SEES)
}

fn sums(client: &Client, query: &str) -> Json {
    client.get(&format!("{SUMS}/export?format=json{query}")).expect(200).json()
}

fn listed(client: &Client, query: &str) -> usize {
    let list = client.get(&format!("{LIST}/export?format=json&{query}")).expect(200).json();
    list.as_array().map_or(0, Vec::len)
}

#[test]
fn who_runs_what_is_summed_up_and_each_number_leads_to_those_it_counts() {
    on_each(|customer| {
        customer.two_releases();
        for n in 0..3 {
            check(customer, &format!("versione=1.0.0&piattaforma=windows&installazione=pc{n}"));
        }
        check(customer, "versione=1.1.0&installazione=pc9&piattaforma=linux");
        check(customer, "versione=11.1.0&installazione=pc8");
        // What it does not say stays as it said it.
        check(customer, "installazione=pc0");
        let client = vendor(customer);
        for language in ["en", "it"] {
            for path in [SUMS, LIST] {
                let page = client.clone().language(language).get(path).expect(200);
                assert!(page.html().contains("1.1.0") && !page.html().contains('⟦'), "{page}");
            }
        }
        let line = |version: &str, all: i64, outdated: i64, behind: i64| {
            json!({ "prodotto": "STUDIO", "versione": version, "da_controlli": all,
                "superate": outdated, "ritirate": 0, "da_aggiornare": behind })
        };
        let expected =
            json!([line("11.1.0", 1, 0, 0), line("1.1.0", 1, 0, 0), line("1.0.0", 3, 3, 3)]);
        assert_eq!(sums(&client, ""), expected);
        assert_eq!(sums(&client, "&piattaforma=linux"), json!([line("1.1.0", 1, 0, 0)]));
        assert_eq!(sums(&client, "&canale=beta"), json!([]));
        // The version itself, not every one that contains it.
        assert_eq!(listed(&client, "versione=1.1.0"), 2);
        assert_eq!(listed(&client, "versione=%3D1.1.0"), 1);
        assert_eq!(listed(&client, "versione=%3D1.0.0&stato_versione=superata"), 3);
        let page = client.get(SUMS).expect(200);
        assert!(page.html().contains("versione=%3D1.0.0"), "{page}");
        for wrong in ["giorni=0", "giorni=x", "piattaforma=amiga", "canale=%C3%A8"] {
            client.get(&format!("{SUMS}?{wrong}")).expect(400);
            client.get(&format!("{SUMS}/export?{wrong}")).expect(400);
        }
        client.get(&format!("{SUMS}/export?format=pdf")).expect(400);
    });
}

#[test]
fn what_was_taken_back_stands_out() {
    on_each(|customer| {
        customer.vendor.released("1.0.0", &["stable"]);
        let bad = customer.vendor.released("1.1.0", &["stable"]);
        check(customer, "versione=1.1.0&installazione=a");
        check(customer, "versione=1.0.0&installazione=b");
        let client = vendor(customer);
        let standing = |of: &str| listed(&client, &format!("stato_versione={of}"));
        assert_eq!((standing("attuale"), standing("superata")), (1, 1));
        let path = format!("/api/admin/rilasci/{bad}/ritira");
        customer.vendor.client.post_json(&path, json!({ "motivo": "it loses data" })).expect(200);
        assert_eq!((standing("ritirata"), standing("superata"), standing("attuale")), (1, 0, 1));
        check(customer, "versione=1.1.0&installazione=a");
        let sums = sums(&client, "");
        assert_eq!((&sums[0]["ritirate"], &sums[0]["da_aggiornare"]), (&json!(1), &json!(1)));
        let body = json!({ "prodotto": "STUDIO", "versione": "1.0.0", "riuscito": false,
            "installazione": "a", "errore": "disk full" });
        let program = customer.program().header("x-licence-key", KEY);
        program.post_json("/api/aggiornamenti/esito", body).expect(200);
        assert_eq!(listed(&client, "esito=fallito&errore=disk"), 1);
        let page = client.get(LIST).expect(200);
        let mut links = page.html().split("href=\"").filter_map(|rest| rest.split('"').next());
        let failed = links.find(|link| link.contains("esito=fallito")).expect("a tab of failures");
        let failed = client.get(&failed.replace("&#38;", "&")).expect(200);
        assert!(failed.html().contains("disk full"), "{failed}");
    });
}

#[test]
fn a_reseller_sees_his_branch_alone_and_reports_stand_beside() {
    on_each(|customer| {
        customer.two_releases();
        check(customer, "versione=1.0.0&installazione=a");
        let harness = customer.vendor.harness;
        let own = harness.in_branch(&harness.organisations().reseller, SEES);
        let other = harness.in_branch(&harness.organisations().sibling, SEES);
        assert_eq!(listed(&own, ""), 1);
        assert_eq!(listed(&other, ""), 0);
        assert_eq!(sums(&own, "")[0]["da_controlli"], 1);
        assert_eq!(sums(&own, "")[0].get("da_segnalazioni"), None, "nobody takes reports");
        assert_eq!(sums(&other, ""), json!([]));
        let page = other.get(SUMS).expect(200);
        assert!(page.html().contains("Nobody asked yet"), "{page}");

        harness.service_fake(&VERSIONS, |_| {
            let line = |product: &str, version: &str, installations| RunsVersion {
                product_code: product.to_owned(),
                version: version.to_owned(),
                installations,
                path: format!("/crm/installations?versione=%3D{version}"),
            };
            let versions = vec![
                line("STUDIO", "v1.0", 4),
                line("STUDIO", "1.0.0", 2),
                line("NOBODY-UPDATES", "1.0", 9),
            ];
            Running { versions, is_cut: false }
        });
        let lines = sums(&own, "");
        assert_eq!(lines.as_array().map(Vec::len), Some(1), "{lines}");
        assert_eq!(
            (&lines[0]["da_controlli"], &lines[0]["da_segnalazioni"]),
            (&1.into(), &6.into())
        );
        let page = own.get(SUMS).expect(200).html().to_owned();
        assert!(page.contains("/crm/installations?versione=%3Dv1.0"), "{page}");
        // What reports do not tell cannot be asked of them.
        assert_eq!(sums(&own, "&canale=stable")[0].get("da_segnalazioni"), None);
    });
}

#[test]
fn who_was_not_heard_of_for_long_is_forgotten() {
    on_each(|customer| {
        customer.two_releases();
        check(customer, "versione=1.0.0&installazione=a");
        let (harness, client) = (customer.vendor.harness, vendor(customer));
        harness.clock().advance_days(29);
        assert_eq!(sums(&client, "").as_array().map(Vec::len), Some(1));
        harness.clock().advance_days(1);
        assert_eq!(sums(&client, ""), json!([]));
        assert_eq!(sums(&client, "&giorni=90").as_array().map(Vec::len), Some(1));
        harness.clock().advance_days(401);
        let job = harness.job_caller("forget-update-clients");
        harness.call("job:forget-update-clients", &job, json!(null)).expect("it runs");
        assert_eq!(harness.scalar("select count(*) from update_server_client", []), 0);
    });
}
