//! What other plugins may ask, and the view they may read.

use plugin_api::contracts::accounts::{
    Account, AccountKind, AccountState, FIND, Find, SEARCH, Search,
};

use crate::{entered, id, on_each, reseller, sibling};

#[test]
fn an_account_is_found_in_its_branch_only() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "A");
        let asked = Find { account_id: id(&customer).to_owned() };
        let found = harness.service(&FIND, reseller(harness).caller(), &asked).unwrap();
        let account = found.expect("the account");
        assert_eq!((account.name.as_str(), account.state), ("A", AccountState::Validated));
        assert_eq!(account.kind, AccountKind::Customer);
        assert_eq!(account.organisation_id, harness.effects().organisations[0].organisation_id);
        assert_eq!(harness.service(&FIND, sibling(harness).caller(), &asked), Ok(None));
        assert_eq!(harness.service(&FIND, harness.anonymous().caller(), &asked), Ok(None));
        let odd = Find { account_id: "è'--".to_owned() };
        assert_eq!(harness.service(&FIND, reseller(harness).caller(), &odd), Ok(None));
    });
}

#[test]
fn a_search_matches_the_beginning_of_words_best_first() {
    on_each(|harness| {
        let client = reseller(harness);
        for name in ["Studio Rossi", "Rossi & Figli", "Grossi", "Rössi Ag", "50% Rosso", "Rosa_x"]
        {
            entered(&client, name);
            harness.clock().advance(1);
        }
        entered(&sibling(harness), "Rossi altrove");
        let found = |text: &str, limit| {
            let asked = Search { text: text.to_owned(), limit };
            let found: Vec<Account> = harness.service(&SEARCH, client.caller(), &asked).unwrap();
            found.into_iter().map(|account| account.name).collect::<Vec<_>>()
        };
        assert_eq!(found(" ROSSI", 10), ["Rossi & Figli", "Rössi Ag", "Studio Rossi"]);
        assert_eq!(found("rossi", 1), ["Rossi & Figli"]);
        assert_eq!(found("%", 10), Vec::<String>::new());
        assert_eq!(found("rosa_", 10), ["Rosa_x"]);
        assert_eq!(found("ros_", 10), Vec::<String>::new());
        assert_eq!(found("", 2), ["Rosa_x", "50% Rosso"]);
        assert_eq!(found("", 0).len(), 1);
    });
}

#[test]
fn the_view_has_what_the_contract_promises() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "Società A");
        let rows = harness.rows(
            "select account_id, name, name_folded, state, organisation_id from customer_accounts_v1",
            [],
        );
        let node = harness.effects().organisations[0].organisation_id.clone();
        let expected = serde_json::json!({
            "account_id": id(&customer), "name": "Società A", "name_folded": "societa a",
            "state": "validated", "organisation_id": node
        });
        assert_eq!(rows, [expected]);
    });
}
