//! The quick test key: a trial for one device, for a customer chosen or named.

use serde_json::json;

use crate::{on_each, text};

#[test]
fn a_chosen_customer_gets_a_trial_that_works() {
    on_each(|shop| {
        let list = shop.seller().get("/crm/licences").expect(200);
        assert!(list.html().contains("action=\"/crm/licences/quick\""), "{list}");
        let form = [("cliente", shop.account.account_id.as_str()), ("prodotto", "STUDIO")];
        let location = shop.seller().post_form("/crm/licences/quick", &form).expect(303).location();
        let id = location.rsplit('/').next().expect("an id");
        let licence = shop.seller().get(&format!("/api/admin/licenze/{id}")).json();
        assert_eq!((&licence["tipo"], &licence["dispositivi"]), (&json!("trial"), &json!(1)));
        assert_eq!(licence["scadenza"], "2026-02-14T10:00:00Z");
        shop.activate(&text(&licence, "chiave_licenza"), "pc-1").expect(200);
    });
}

#[test]
fn a_name_is_enough_when_it_means_one_customer() {
    on_each(|shop| {
        let reseller = &shop.harness.organisations().reseller;
        shop.harness.account(reseller, "Rossi");
        shop.harness.account(reseller, "Rossini");
        let ask = |name: &str| {
            let form = [("cerca", name), ("prodotto", "STUDIO")];
            shop.seller().post_form("/crm/licences/quick", &form)
        };
        ask("bianchi").expect(303);
        ask("rossi").expect(303);
        let many = ask("ross").expect(422);
        assert!(many.html().contains("Several customers match"), "{many}");
        assert!(many.html().contains("Rossini"), "{many}");
        let none = ask("zzz").expect(422);
        assert!(none.html().contains("No customer is called like that"), "{none}");
        let empty = ask("").expect(422);
        assert!(empty.html().contains("A licence needs a customer"), "{empty}");
    });
}
