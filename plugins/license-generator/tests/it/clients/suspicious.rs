//! What looks suspicious, and what is done about it.

use serde_json::json;

use super::licence;
use crate::{Shop, on_each, text};

fn watch(shop: &Shop<'_>) {
    let caller = shop.harness.job_caller("watch-use");
    shop.harness.call("job:watch-use", &caller, json!(null)).expect("watches");
}

/// Reasons and counts, by reason.
fn noted(shop: &Shop<'_>) -> Vec<(String, i64)> {
    let sql = "select reason, count from license_generator_suspicion order by reason, licence_id";
    let rows = shop.harness.rows(sql, []);
    rows.iter().map(|row| (text(row, "reason"), row["count"].as_i64().expect("a count"))).collect()
}

#[test]
fn refusals_exchanges_shared_devices_and_addresses_are_noted() {
    on_each(|shop| {
        let refused = shop.key(&json!({"dispositivi": 1}));
        shop.activate(&refused, "pc-1").expect(200);
        for _ in 0..20 {
            shop.activate(&refused, "pc-2").expect(409);
        }
        let exchanged = licence(shop, &json!({"dispositivi": 1}), &json!({"transfers_max": 9}));
        let exchanged = text(&exchanged, "chiave_licenza");
        for n in 0..4 {
            shop.activate(&exchanged, &format!("x-{n}")).expect(200);
            shop.deactivate(&exchanged, &format!("x-{n}")).expect(200);
        }
        let other = shop.harness.account(&shop.harness.organisations().reseller, "Verdi");
        let foreign = shop.key(&json!({"cliente": other.account_id}));
        shop.activate(&foreign, "pc-1").expect(200);
        let travelled = shop.issue(&json!({}));
        for n in 0..10 {
            shop.activate(&text(&travelled, "chiave_licenza"), "t-1").expect(200);
            shop.harness.sql(
                "update license_generator_activation_log set address = ? \
                 where licence_id = ? and address in ('', '192.0.2.1', '127.0.0.1')",
                [format!("198.51.100.{n}").into(), text(&travelled, "id").into()],
            );
        }
        watch(shop);
        watch(shop);
        let expected =
            [("addresses", 10), ("refusals", 20), ("shared", 1), ("shared", 1), ("transfers", 3)];
        let expected = expected.map(|(reason, count)| (reason.to_owned(), count));
        assert_eq!(noted(shop), expected);
        // An expired licence whose devices go on asking is no suspect, and a month later nobody is.
        shop.harness.clock().advance_days(31);
        watch(shop);
        assert_eq!(noted(shop), []);
    });
}

#[test]
fn what_was_dismissed_comes_back_when_it_happens_again() {
    on_each(|shop| {
        let licence = shop.issue(&json!({"dispositivi": 1}));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc-1").expect(200);
        let annoy = || {
            for _ in 0..20 {
                shop.activate(&key, "pc-2").expect(409);
            }
        };
        annoy();
        watch(shop);
        let id = text(
            &shop.harness.rows("select suspicion_id from license_generator_suspicion", [])[0],
            "suspicion_id",
        );
        let seller = shop.seller();
        let open = || seller.get("/crm/suspicious?stato=aperto").expect(200).text().to_owned();
        assert!(open().contains("Refused again and again"));
        let page = seller.get(&format!("/crm/suspicious/{id}")).expect(200).text().to_owned();
        assert!(page.contains("Dismiss") && page.contains("Suspend"), "{page}");
        let path = format!("/crm/suspicious/{id}/dismiss");
        shop.sibling().get(&format!("/crm/suspicious/{id}")).expect(404);
        shop.sibling().post_form(&path, &[]).expect(404);
        seller.post_form(&path, &[]).expect(303);
        assert!(shop.harness.effects().actions().contains(&"suspicion.dismissed"));
        watch(shop);
        assert!(open().contains("Nothing suspicious") || !open().contains("Bianchi"));
        shop.harness.clock().advance_days(1);
        annoy();
        watch(shop);
        assert!(open().contains("Bianchi"));
    });
}
