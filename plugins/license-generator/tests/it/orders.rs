//! What other plugins ask about licences to be issued: products, prices, issuing on the caller's rights.

use plugin_api::Caller;
use plugin_api::contracts::licences::{FIND, ISSUE, Order, PRODUCTS, QUOTE};

use crate::{Shop, on_each};

fn order(shop: &Shop<'_>) -> Order {
    Order {
        account_id: shop.account.account_id.clone(),
        product_code: "STUDIO".to_owned(),
        tipo: "permanente".to_owned(),
        devices: Some(2),
        modules: Some(vec!["pdf".to_owned()]),
        ..Order::default()
    }
}

fn issued(shop: &Shop<'_>) -> i64 {
    shop.harness.scalar("select count(*) from license_generator_licence", [])
}

fn caller(shop: &Shop<'_>) -> Caller {
    shop.seller().caller().clone()
}

#[test]
fn products_are_told_with_their_modules() {
    on_each(|shop| {
        let products = shop.harness.service(&PRODUCTS, &caller(shop), &()).unwrap();
        assert_eq!((products.len(), products[0].code.as_str()), (1, "STUDIO"));
        let modules = &products[0].modules;
        let told = modules.iter().map(|one| (one.code.as_str(), one.by_default));
        assert_eq!(told.collect::<Vec<_>>(), [("base", true), ("pdf", false)]);
    });
}

#[test]
fn a_quote_writes_nothing_and_an_order_is_issued_as_it_was_quoted() {
    on_each(|shop| {
        let (caller, order) = (caller(shop), order(shop));
        let quoted = shop.harness.service(&QUOTE, &caller, &order).unwrap();
        assert_eq!(quoted.problem, "");
        assert_eq!(quoted.price, Some((1250, "EUR".to_owned())));
        assert_eq!(issued(shop), 0);
        let ordered = shop.harness.service(&ISSUE, &caller, &order).unwrap();
        assert_eq!((ordered.problem.as_str(), issued(shop)), ("", 1));
        let ids = vec![ordered.licence_id.clone(), "nobody".to_owned()];
        let found = shop.harness.service(&FIND, &caller, &ids).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].stato.as_str(), found[0].product_code.as_str()), ("attiva", "STUDIO"));
        let sibling = shop.sibling().caller().clone();
        assert!(shop.harness.service(&FIND, &sibling, &ids).unwrap().is_empty());
        // Only the modules it names are active.
        let sql = "select count(*) from license_generator_licence_module where active = 1";
        assert_eq!(shop.harness.scalar(sql, []), 1);
    });
}

#[test]
fn what_the_caller_may_not_issue_is_said_in_a_sentence_and_not_written() {
    on_each(|shop| {
        let nobody = shop.harness.with_permissions(&["license-generator:read"]);
        let sibling = shop.sibling();
        let fine = order(shop);
        let wrong = [
            (nobody.caller().clone(), fine.clone()),
            (sibling.caller().clone(), fine.clone()),
            (caller(shop), Order { product_code: "NONE".to_owned(), ..fine.clone() }),
            (caller(shop), Order { tipo: "eterna".to_owned(), ..fine.clone() }),
            (caller(shop), Order { modules: Some(vec!["none".to_owned()]), ..fine.clone() }),
            (caller(shop), Order { devices: Some(0), ..fine }),
        ];
        for (caller, order) in wrong {
            let quoted = shop.harness.service(&QUOTE, &caller, &order).unwrap();
            assert!(quoted.problem.ends_with('.'), "{order:?}: {quoted:?}");
            let ordered = shop.harness.service(&ISSUE, &caller, &order).unwrap();
            assert_eq!((ordered.problem, ordered.licence_id.as_str()), (quoted.problem, ""));
        }
        assert_eq!(issued(shop), 0);
        let italian = Caller { language: "it".to_owned(), ..nobody.caller().clone() };
        let said = |caller| shop.harness.service(&QUOTE, caller, &order(shop)).unwrap().problem;
        assert_ne!(said(&italian), said(nobody.caller()));
    });
}
