//! What updates a licence includes, of each type and in each state.

use plugin_api::Caller;
use plugin_api::contracts::licences::{ENTITLEMENT, Entitlement, EntitlementOf, NotEntitled};
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

/// Whoever checked a credential: every row is within reach.
fn anybody(shop: &Shop<'_>) -> Caller {
    shop.harness.superadmin().caller().clone()
}

fn of(shop: &Shop<'_>, licence: &Json) -> Result<Entitlement, NotEntitled> {
    let asked = EntitlementOf::Licence(text(licence, "id"));
    shop.harness.service(&ENTITLEMENT, &anybody(shop), &asked).expect("an answer")
}

fn of_key(shop: &Shop<'_>, key: &str) -> Result<Entitlement, NotEntitled> {
    let asked = EntitlementOf::Key(key.to_owned());
    shop.harness.service(&ENTITLEMENT, &anybody(shop), &asked).expect("an answer")
}

/// The last millisecond of a day in 2026.
fn end_of(shop: &Shop<'_>, licence: &Json, column: &str) -> i64 {
    let sql = format!("select {column} from license_generator_licence where licence_id = ?");
    shop.harness.scalar(&sql, [text(licence, "id").into()])
}

#[test]
fn a_licence_is_found_by_its_id_and_by_its_key_however_that_is_typed() {
    on_each(|shop| {
        let licence = shop.issue(&json!({ "moduli": { "pdf": { "attivo": false } } }));
        let told = of(shop, &licence).expect("entitled");
        assert_eq!(told.product_code, "STUDIO");
        assert_eq!((told.until, told.newest), (i64::MAX, Some((3, None))));
        assert_eq!(told.modules, Some(vec!["base".to_owned()]));
        assert_eq!(told.account_id, shop.account.account_id);
        assert_eq!(told.organisation_id, shop.account.organisation_id);
        let key = text(&licence, "chiave_licenza").to_lowercase().replace('-', " ");
        assert_eq!(of_key(shop, &key), Ok(told));
        for wrong in ["", "no key", "00000-00000-00000-00000-00000"] {
            assert_eq!(of_key(shop, wrong), Err(NotEntitled::Unknown));
        }
        // Without a credential only the own branch is within reach.
        let asked = EntitlementOf::Licence(text(&licence, "id"));
        let sibling = shop.sibling().caller().clone();
        let told = shop.harness.service(&ENTITLEMENT, &sibling, &asked).expect("an answer");
        assert_eq!(told, Err(NotEntitled::Unknown));
    });
}

#[test]
fn the_window_ends_with_the_licence_or_its_maintenance_and_stays_open_for_what_was_before() {
    on_each(|shop| {
        let maintained = shop.issue(&json!({ "manutenzione_fino_a": "2026-02-28" }));
        let rented = shop.issue(&json!({ "tipo": "abbonamento", "scadenza": "2026-03-31" }));
        let trial = shop.issue(&json!({ "tipo": "trial" }));
        let ends = [
            (&maintained, end_of(shop, &maintained, "maintenance_until")),
            (&rented, end_of(shop, &rented, "expires_at")),
            (&trial, end_of(shop, &trial, "expires_at")),
        ];
        for days in [0, 400] {
            shop.harness.clock().advance_days(days);
            for (licence, end) in &ends {
                assert_eq!(of(shop, licence).expect("entitled").until, *end);
            }
        }
    });
}

#[test]
fn what_somebody_decided_closes_it() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        shop.change(&licence, "suspend");
        assert_eq!(of(shop, &licence), Err(NotEntitled::Suspended));
        shop.change(&licence, "resume");
        assert!(of(shop, &licence).is_ok());
        shop.change(&licence, "revoke");
        assert_eq!(of(shop, &licence), Err(NotEntitled::Revoked));
        assert_eq!(of_key(shop, &text(&licence, "chiave_licenza")), Err(NotEntitled::Revoked));

        let waiting = shop.issue(&json!({}));
        let sql = "update license_generator_licence set state_stored = 'awaiting' \
             where licence_id = ?";
        shop.harness.sql(sql, [text(&waiting, "id").into()]);
        assert_eq!(of(shop, &waiting), Err(NotEntitled::Awaiting));

        let later = shop.issue(&json!({ "inizio": "2026-02-01" }));
        assert_eq!(of(shop, &later), Err(NotEntitled::Awaiting));
        shop.harness.clock().advance_days(20);
        assert!(of(shop, &later).is_ok());
    });
}
