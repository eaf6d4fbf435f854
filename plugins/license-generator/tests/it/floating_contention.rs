//! Floating seats when many want them at once, and when clients never come back.

use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::json;

use crate::floating::{conditions, floating, give_back, keep, out, take};
use crate::{on_each, text};

/// Seats of the licence.
const SEATS: i64 = 20;

#[test]
fn two_hundred_at_once_take_twenty_seats() {
    on_each(|shop| {
        let key = text(&floating(shop, SEATS, &json!({})), "chiave_licenza");
        let asked =
            shop.harness.parallel(200, |n| take(shop, &key, &format!("pc-{n}"), &json!({})));
        let seated = asked.iter().filter(|answer| answer.status == 201).count();
        let refused = asked.iter().filter(|answer| answer.problem() == "posti_esauriti").count();
        assert_eq!((seated, refused), (20, 180));
        assert_eq!(out(shop), (SEATS, SEATS));
        // All of them crash. When the leases have ended, two hundred others ask.
        shop.harness.clock().advance(60_001);
        let asked =
            shop.harness.parallel(200, |n| take(shop, &key, &format!("tablet-{n}"), &json!({})));
        let seated = asked.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(seated, 20);
        assert_eq!(out(shop), (SEATS, SEATS));
    });
}

#[test]
fn one_device_that_asks_fifty_times_at_once_has_one_seat() {
    on_each(|shop| {
        let key = text(&floating(shop, SEATS, &json!({})), "chiave_licenza");
        let mut ids = shop.harness.parallel(50, |_| {
            let answer = take(shop, &key, "pc-1", &json!({}));
            assert!([200, 201].contains(&answer.status.as_u16()), "{answer}");
            text(&answer.json()["posto"], "id")
        });
        ids.dedup();
        assert_eq!(ids.len(), 1, "{ids:?}");
        assert_eq!(out(shop), (1, 1));
    });
}

/// Two hundred clients come and go while time passes; a third of them crash, which is never to give
/// back. How many hold a seat is counted here, from what they were told.
#[test]
fn clients_that_crash_never_make_it_twenty_one() {
    on_each(|shop| {
        let licence = floating(shop, SEATS, &json!({}));
        conditions(shop, &licence, &json!({"lease_seconds": 2}));
        let key = text(&licence, "chiave_licenza");
        let now = || shop.harness.clock().now();
        let most = AtomicI64::new(0);
        shop.harness.parallel(200, |n| {
            for round in 0..3 {
                let answer = take(shop, &key, &format!("pc-{n}-{round}"), &json!({}));
                if answer.status == 409 {
                    shop.harness.clock().advance(7);
                    continue;
                }
                let seat = answer.expect(201).json();

                let sql = "select count(*) from license_generator_seat where lease_until >= ?";
                let held = shop.harness.scalar(sql, [now().into()]);
                most.fetch_max(held, Ordering::SeqCst);
                match (n + round) % 3 {
                    // It crashes.
                    0 => {}
                    1 => {
                        keep(shop, &key, &seat);
                    }
                    _ => {
                        give_back(shop, &key, &seat);
                    }
                }
                shop.harness.clock().advance(13);
            }
        });
        let most = most.load(Ordering::SeqCst);
        assert!((1..=SEATS).contains(&most), "{most} seats were out");
        let (counted, rows) = out(shop);
        assert_eq!(counted, rows);
        assert!(counted <= SEATS, "{counted}");
        // Lease and five seconds later all of them are free again, by the job or by who asks.
        shop.harness.clock().advance(2_000 + 5_000);
        let asked =
            shop.harness.parallel(20, |n| take(shop, &key, &format!("late-{n}"), &json!({})));
        assert!(asked.iter().all(|answer| answer.status == 201));
        assert_eq!(out(shop), (SEATS, SEATS));
    });
}
