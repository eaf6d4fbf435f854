//! The customers of `cockpit demo`.

use serde_json::json;

use crate::{count, on_each};

/// What the sample fills.
const TABLES: [&str; 9] =
    ["customer", "contact", "site", "note", "state", "registration", "code", "rule", "transaction"];

#[test]
fn customers_in_every_state_with_all_that_belongs_to_them_once() {
    on_each(|harness| {
        let caller = harness.job_caller("demo");
        let nodes = harness.organisations();
        let levels = json!({ "organisations": {
            "reseller": nodes.reseller.id, "sub_company": nodes.sub_company.id,
            "agent": nodes.agent.id, "sibling": nodes.sibling.id,
        } });
        let rows = |table: &str| {
            harness.scalar(&format!("select count(*) from customer_accounts_{table}"), [])
        };
        assert_eq!(harness.call("sample", &caller, levels.clone()), Ok(json!({})));
        let made = TABLES.map(rows);
        assert!(made.iter().all(|rows| *rows > 1), "{made:?}");
        assert_eq!(harness.call("sample", &caller, levels), Ok(json!({})));
        assert_eq!(TABLES.map(rows), made);
        assert_eq!(count(harness), 49);
        for (column, value) in [
            ("state", "validated"),
            ("state", "awaiting"),
            ("state", "suspended"),
            ("kind", "customer"),
            ("kind", "prospect"),
        ] {
            let select =
                format!("select count(*) from customer_accounts_customer where {column} = ?");
            assert!(harness.scalar(&select, [value.into()]) > 2, "{value}");
        }
        let page = harness.superadmin().get("/crm/customers?q=zurich").expect(200);
        assert!(page.html().contains("Zürichberg Treuhand GmbH"));
        let queue = harness.superadmin().get("/crm/customers/waiting").expect(200);
        assert!(queue.html().contains("NORDEST"), "a code that was typed");
        let twins = harness.in_branch(&nodes.agent, &["customer-accounts:read"]);
        let twins = twins.get("/crm/customers/duplicates").expect(200);
        assert!(twins.html().contains("Studio Ferrandi Avvocati Associati"));
        let ageing = harness.superadmin().get("/crm/transactions/ageing").expect(200);
        assert!(ageing.html().contains("Cantine Torre Grigia Soc. Coop."));
    });
}
