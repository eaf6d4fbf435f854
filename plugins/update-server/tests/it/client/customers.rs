//! Staff see what updates a customer has, and what was downloaded.

use plugin_api::contracts::licences::NotEntitled;
use serde_json::json;

use super::{Customer, DAY, KEY, LICENCE, on_each};

const SEES: &[&str] = &["update-server:installations"];
const DOWNLOADS: &str = "/crm/update-downloads";

fn page(customer: &Customer<'_>) -> String {
    format!("/crm/customers/{}/updates", customer.account.account_id)
}

#[test]
fn staff_see_what_each_licence_gets_and_why() {
    on_each(|customer| {
        let second = customer.two_releases();
        let harness = customer.vendor.harness;
        let staff = harness.in_branch(&harness.organisations().reseller, SEES);
        let path = page(customer);
        for language in ["en", "it"] {
            let shown = staff.clone().language(language).get(&path).expect(200);
            assert!(shown.html().contains("1.1.0") && !shown.html().contains('⟦'), "{shown}");
        }
        let shown = || staff.get(&path).expect(200).html().to_owned();
        assert!(shown().contains("the newest") && shown().contains("None yet"));

        customer.includes(|licence| licence.until = second - DAY);
        assert!(shown().contains("not 1.1.0, which was published after"), "{}", shown());
        customer.includes(|licence| {
            licence.until = i64::MAX;
            licence.newest = Some((1, Some(0)));
        });
        assert!(shown().contains("a version the licence does not cover"), "{}", shown());
        customer.includes(|licence| licence.newest = None);
        let stages = json!([{ "percentuale": 0, "dopo_ore": 0 }]);
        customer.vendor.staged("1.2.0", &["stable"], &stages);
        assert!(shown().contains("whose rollout is at 0 %"), "{}", shown());
        customer.refused(NotEntitled::Suspended);
        assert!(!shown().contains("Gets in"), "{}", shown());
        customer.access("closed");
        assert!(shown().contains("Nobody may have updates"), "{}", shown());
    });
}

#[test]
fn the_page_is_a_tab_of_the_customer_and_of_nobody_elses() {
    on_each(|customer| {
        customer.two_releases();
        let address = customer.address();
        let check = format!(
            "/api/aggiornamenti/verifica?prodotto=STUDIO&key={KEY}&versione=1.0.0&installazione=a"
        );
        customer.get(&check).expect(200);
        let harness = customer.vendor.harness;
        let path = page(customer);
        let own = harness.in_branch(&harness.organisations().reseller, SEES);
        let shown = own.get(&path).expect(200).html().to_owned();
        assert!(shown.contains("aria-current"), "{shown}");
        assert!(!shown.contains(&address), "the secret is on the page of the address alone");
        assert!(!shown.contains("/crm/update-addresses/"), "he may not see addresses: {shown}");
        let seller =
            own.clone().with_permissions(&["update-server:installations", "update-server:tokens"]);
        assert!(seller.get(&path).expect(200).html().contains("/crm/update-addresses/"));
        let list = own.get(&format!("{path}/export?format=json")).expect(200).json();
        assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");

        let other = harness.in_branch(&harness.organisations().sibling, SEES);
        other.get(&path).expect(404);
        other.get(&format!("{path}/export")).expect(404);
        customer.person().get(&path).expect(403);
    });
}

#[test]
fn downloads_are_summed_up_by_licence_within_the_branch() {
    on_each(|customer| {
        customer.two_releases();
        let address = customer.address();
        let file = |version: &str| format!("{address}/files/{version}/Acme-{version}-setup.exe");
        customer.get(&file("1.0.0")).expect(200);
        let harness = customer.vendor.harness;
        harness.clock().advance_days(1);
        customer.get(&file("1.1.0")).expect(200);
        customer.get(&file("1.1.0")).expect(200);
        customer.access("public");
        customer.get("/u/~STUDIO/files/1.1.0/Acme-1.1.0-setup.exe").expect(200);

        let vendor = harness.with_permissions(SEES);
        for language in ["en", "it"] {
            let page = vendor.clone().language(language).get(DOWNLOADS).expect(200);
            assert!(page.html().contains("7D91A") && !page.html().contains('⟦'), "{page}");
        }
        let sums = |query: &str| {
            vendor.get(&format!("{DOWNLOADS}/licences?format=json{query}")).expect(200).json()
        };
        let all = sums("");
        assert_eq!((&all[0]["licenza"], &all[0]["download"]), (&json!(LICENCE), &json!(3)));
        assert_eq!((&all[0]["byte"], &all[1]["download"]), (&json!(21), &json!(1)));
        let today = plugin_api::time::date(harness.clock().now());
        let of_today = sums(&format!("&giorno.from={today}&licenza=%3D{LICENCE}"));
        assert_eq!(of_today.as_array().map(Vec::len), Some(1), "{of_today}");
        assert_eq!(of_today[0]["byte"], 14);
        assert_eq!(sums("&file=1.0.0")[0]["byte"], 7);
        let lines = vendor.get(&format!("{DOWNLOADS}/export?format=json")).expect(200).json();
        assert_eq!(lines.as_array().map(Vec::len), Some(3), "{lines}");
        vendor.get(&format!("{DOWNLOADS}/licences?format=pdf")).expect(400);

        let own = harness.in_branch(&harness.organisations().reseller, SEES);
        let shown = own.get(DOWNLOADS).expect(200).html().to_owned();
        assert!(!shown.contains("Without a licence"), "{shown}");
        let shown = own.get(&page(customer)).expect(200).html().to_owned();
        assert!(shown.contains("3 files, 21 B"), "{shown}");
        let other = harness.in_branch(&harness.organisations().sibling, SEES);
        assert!(other.get(DOWNLOADS).expect(200).html().contains("Nothing was downloaded"));
    });
}
