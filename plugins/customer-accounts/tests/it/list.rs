//! `/crm/customers`.

use crate::{entered, on_each, reseller, sibling};

#[test]
fn the_list_is_searched_without_regard_to_case_and_accents() {
    on_each(|harness| {
        let client = reseller(harness);
        for name in ["Società Agricola Nuraghe", "Caseificio Valtorta", "100% Pane_Vino"] {
            entered(&client, name);
        }
        let found = |q: &str| {
            let page = client.get(&format!("/crm/customers?q={q}")).expect(200);
            let html = page.html();
            ["Nuraghe", "Valtorta", "Pane_Vino"].map(|name| html.contains(name))
        };
        assert_eq!(found("SOCIETA"), [true, false, false]);
        assert_eq!(found("valt%20case"), [false, true, false]);
        assert_eq!(found("%25"), [false, false, true]);
        assert_eq!(found("e_v"), [false, false, true]);
        assert_eq!(found("nobody"), [false, false, false]);
        assert_eq!(found(""), [true, true, true]);
    });
}

#[test]
fn names_are_escaped() {
    on_each(|harness| {
        let client = reseller(harness);
        entered(&client, "<script>alert(1)</script>");
        let page = client.get("/crm/customers").expect(200);
        assert!(!page.html().contains("<script>"), "{}", page.html());
        assert!(page.html().contains("&#60;script&#62;"), "{}", page.html());
    });
}

#[test]
fn each_branch_lists_its_own_and_what_lies_below() {
    on_each(|harness| {
        let below = harness.in_branch(&harness.organisations().agent, &crate::ALL);
        entered(&below, "Of the agent");
        entered(&sibling(harness), "Of the sibling");
        let sees = |client: &plugin_testing::Client| {
            let page = client.get("/crm/customers").expect(200);
            ["Of the agent", "Of the sibling"].map(|name| page.html().contains(name))
        };
        assert_eq!(sees(&reseller(harness)), [true, false]);
        assert_eq!(sees(&below), [true, false]);
        assert_eq!(sees(&sibling(harness)), [false, true]);
        assert_eq!(sees(&harness.superadmin()), [true, true]);
    });
}

#[test]
fn an_empty_list_says_what_to_do_to_who_may_do_it() {
    on_each(|harness| {
        let page = reseller(harness).get("/crm/customers").expect(200);
        assert!(page.html().contains("No customers yet"), "{}", page.html());
        assert!(page.html().contains("href=\"/crm/customers/new\""), "{}", page.html());
        let reader =
            harness.in_branch(&harness.organisations().reseller, &["customer-accounts:read"]);
        assert!(!reader.get("/crm/customers").html().contains("/crm/customers/new"));
        harness.anonymous().get("/crm/customers").expect(401);
    });
}

#[test]
fn the_export_has_the_names_of_the_api() {
    on_each(|harness| {
        let client = reseller(harness);
        entered(&client, "=1+1");
        let csv = client.get("/crm/customers/export?format=csv").expect(200);
        assert!(csv.text().contains("=1+1"), "{csv}");
        let json = client.get("/crm/customers/export?format=json").expect(200);
        assert!(json.text().contains("\"ragione_sociale\""), "{json}");
    });
}
