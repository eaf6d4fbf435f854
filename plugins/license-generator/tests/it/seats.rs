//! Seats: never more than there are, one for each device, whoever asks at the same moment.

use serde_json::json;

use crate::{Shop, on_each, text};

#[test]
fn the_same_device_twice_has_one_seat() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let first = shop.activate(&key, "pc-1").expect(200).json();
        let second = shop.activate(&key, " pc-1 ").expect(200).json();
        assert_eq!(first["attivazione"], second["attivazione"]);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn components_in_another_order_are_the_same_device() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let ask = |text: &str| {
            let fingerprint: serde_json::Value = serde_json::from_str(text).expect("JSON");
            let device = json!({ "impronta": fingerprint });
            let body = json!({"chiave_licenza": key, "dispositivo": device});
            shop.call("attiva", body).expect(200).json()["attivazione"]["id"].clone()
        };
        let first = ask(r#"{"componenti": {"cpu": "A", "disco": "B"}}"#);
        assert_eq!(ask(r#"{"componenti": {"disco": "B", "cpu": "A"}}"#), first);
        assert_ne!(ask(r#"{"componenti": {"disco": "B", "cpu": "C"}}"#), first);
        assert_eq!(shop.seats(), (2, 2));
    });
}

#[test]
fn a_device_too_many_is_refused_with_how_many_there_are() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        for device in ["pc-1", "pc-2", "pc-3"] {
            shop.activate(&key, device).expect(200);
        }
        let answer = shop.activate(&key, "pc-4").expect(409);
        assert_eq!(answer.problem(), "limite_dispositivi");
        assert_eq!(answer.json()["dispositivi_usati"], 3);
        assert_eq!(answer.json()["dispositivi_massimi"], 3);
        shop.activate(&key, "pc-3").expect(200);
        assert_eq!(shop.seats(), (3, 3));
        assert_eq!(shop.outcomes()[3], "attiva limite_dispositivi");
    });
}

#[test]
fn fifty_devices_at_once_get_exactly_three_seats() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let answers = shop.harness.parallel(50, |n| shop.activate(&key, &format!("pc-{n}")));
        let seated = answers.iter().filter(|answer| answer.status == 200).count();
        let refused = answers.iter().filter(|a| a.problem() == "limite_dispositivi").count();
        assert_eq!((seated, refused), (3, 47));
        assert_eq!(shop.seats(), (3, 3));
    });
}

#[test]
fn one_device_that_asks_fifty_times_at_once_gets_one_seat() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let ask = |_: usize| {
            let answer = shop.activate(&key, "pc-1").expect(200).json();
            text(&answer["attivazione"], "id")
        };
        let mut ids = shop.harness.parallel(50, ask);
        ids.dedup();
        assert_eq!(ids.len(), 1);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn seats_stay_right_while_devices_come_and_go() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        shop.harness.parallel(12, |n| {
            let device = format!("pc-{}", n % 6);
            for _ in 0..5 {
                let activated = shop.activate(&key, &device);
                assert!([200, 409].contains(&activated.status.as_u16()), "{activated}");
                let freed = shop.deactivate(&key, &device);
                assert!([200, 422].contains(&freed.status.as_u16()), "{freed}");
            }
        });
        let (used, rows) = shop.seats();
        assert_eq!(used, rows);
        assert!(used <= 3);
    });
}

#[test]
fn a_device_that_comes_back_has_its_old_seat() {
    on_each(|shop: &Shop<'_>| {
        let key = shop.key(&json!({"dispositivi": 1}));
        let first = shop.activate(&key, "pc-1").expect(200).json();
        shop.deactivate(&key, "pc-1").expect(200);
        let again = shop.activate(&key, "pc-1").expect(200).json();
        assert_eq!(first["attivazione"], again["attivazione"]);
        assert_eq!(shop.seats(), (1, 1));
    });
}
