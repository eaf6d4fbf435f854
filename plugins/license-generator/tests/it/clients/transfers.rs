//! How often devices may be exchanged.

use serde_json::json;

use super::licence;
use crate::{Shop, on_each, text};

fn exchange(shop: &Shop<'_>, key: &str, from: &str, to: &str) -> u16 {
    shop.deactivate(key, from).expect(200);
    shop.activate(key, to).status.as_u16()
}

#[test]
fn an_exchange_too_many_is_refused_until_it_is_old_or_forgiven() {
    on_each(|shop| {
        let conditions = json!({"transfers_max": 1, "transfer_days": 30});
        let licence = licence(shop, &json!({"dispositivi": 1}), &conditions);
        let (key, id) = (text(&licence, "chiave_licenza"), text(&licence, "id"));
        shop.activate(&key, "pc-1").expect(200);
        assert_eq!(exchange(shop, &key, "pc-1", "pc-2"), 200);
        assert_eq!(exchange(shop, &key, "pc-2", "pc-3"), 409);
        let refused = shop.activate(&key, "pc-3").expect(409);
        assert_eq!(refused.problem(), "limite_trasferimenti");
        assert_eq!(refused.json()["trasferimenti_massimi"], 1);
        // A device that was there before may come back.
        shop.activate(&key, "pc-1").expect(200);
        shop.deactivate(&key, "pc-1").expect(200);
        let path = format!("/crm/licences/{id}/transfers");
        shop.sibling().post_form(&path, &[]).expect(404);
        shop.seller().post_form(&path, &[]).expect(303);
        assert!(shop.harness.effects().actions().contains(&"transfers.reset"));
        shop.activate(&key, "pc-3").expect(200);
        assert_eq!(exchange(shop, &key, "pc-3", "pc-4"), 409);
        shop.harness.clock().advance_days(31);
        shop.activate(&key, "pc-4").expect(200);
    });
}

#[test]
fn a_device_that_takes_nobodys_place_is_no_exchange() {
    on_each(|shop| {
        let key = text(&licence(shop, &json!({}), &json!({"transfers_max": 0})), "chiave_licenza");
        for device in ["pc-1", "pc-2", "pc-3"] {
            shop.activate(&key, device).expect(200);
        }
        assert_eq!(exchange(shop, &key, "pc-3", "pc-4"), 409);
        shop.activate(&key, "pc-3").expect(200);
    });
}

#[test]
fn fifty_exchanges_at_once_are_as_many_as_allowed() {
    on_each(|shop| {
        let conditions = json!({"transfers_max": 2});
        let more = json!({"dispositivi": 50});
        let key = text(&licence(shop, &more, &conditions), "chiave_licenza");
        for n in 0..10 {
            shop.activate(&key, &format!("old-{n}")).expect(200);
        }
        for n in 0..10 {
            shop.deactivate(&key, &format!("old-{n}")).expect(200);
        }
        let answers = shop.harness.parallel(50, |n| shop.activate(&key, &format!("new-{n}")));
        let seated = answers.iter().filter(|answer| answer.status == 200).count();
        let refused = answers.iter().filter(|a| a.problem() == "limite_trasferimenti").count();
        assert_eq!((seated, refused), (2, 48));
        assert_eq!(shop.seats(), (2, 2));
    });
}
