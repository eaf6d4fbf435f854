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

#[test]
fn a_branch_a_node_and_a_tag_are_found_exactly() {
    on_each(|harness| {
        let all = harness.superadmin();
        let tree = harness.organisations();
        let enter = |name: &str, node: &str, tags: &[&str]| {
            let body = serde_json::json!({"ragione_sociale": name, "assegnato_a": node, "etichette": tags});
            all.post_json("/api/admin/clienti", body).expect(201);
        };
        enter("Of reseller", &tree.reseller.id, &["vip"]);
        enter("Of agent", &tree.agent.id, &["Città", "vip clienti"]);
        enter("Of sibling", &tree.sibling.id, &["vip"]);
        let found = |client: &plugin_testing::Client, query: &str| {
            let page = client.get(&format!("/api/admin/clienti?{query}")).expect(200).json();
            page["dati"].as_array().expect("rows").len()
        };
        assert_eq!(found(&all, &format!("sotto={}", tree.vendor.id)), 3);
        assert_eq!(found(&all, &format!("sotto={}", tree.reseller.id)), 2);
        assert_eq!(found(&all, &format!("assegnato_a={}", tree.reseller.id)), 1);
        assert_eq!(found(&all, "etichetta=VIP"), 2);
        assert_eq!(found(&all, "etichetta=citta"), 1);
        assert_eq!(found(&all, "etichetta=clienti"), 0);
        let foreign = sibling(harness);
        assert_eq!(found(&foreign, &format!("sotto={}", tree.reseller.id)), 0);
        assert_eq!(found(&foreign, "sotto=nothing"), 0);
        assert_eq!(found(&all, "sotto=%C3%A8"), 0);
        assert_eq!(found(&all, "assegnato_a=%C3%A8"), 0);
        let path = format!("/crm/customers?sotto={}", tree.reseller.id);
        let page = all.get(&path).expect(200).html().to_owned();
        assert!(page.contains("Of agent") && !page.contains("Of sibling"), "{page}");
        assert!(page.contains(&format!("Only customers of {}", tree.reseller.name)), "{page}");
        assert!(page.contains(&format!("name=\"sotto\" value=\"{}\"", tree.reseller.id)), "{page}");
        let file = format!("/crm/customers/export?format=csv&sotto={}", tree.agent.id);
        let file = all.get(&file).expect(200).text().to_owned();
        assert!(file.contains("Of agent") && !file.contains("Of reseller"), "{file}");
    });
}
