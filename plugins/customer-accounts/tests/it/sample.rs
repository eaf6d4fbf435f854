//! The customers of `cockpit demo`.

use serde_json::json;

use crate::{count, on_each};

#[test]
fn customers_in_every_state_with_all_that_belongs_to_them_once() {
    on_each(|harness| {
        let caller = harness.job_caller("demo");
        assert_eq!(harness.call("sample", &caller, json!({})), Ok(json!({})));
        assert_eq!(harness.call("sample", &caller, json!({})), Ok(json!({})));
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
    });
}
