//! `POST /api/licenze/disattiva`: the seat is free at once, and only once.

use serde_json::json;

use crate::{on_each, text};

#[test]
fn the_seat_is_free_at_once() {
    on_each(|shop| {
        let key = shop.key(&json!({"dispositivi": 1}));
        let first = shop.activate(&key, "pc-1").expect(200).json();
        assert_eq!(shop.activate(&key, "pc-2").problem(), "limite_dispositivi");
        let answer = shop.deactivate(&key, "pc-1").expect(200).json();
        assert_eq!(answer["attivazione"]["id"], first["attivazione"]["id"]);
        assert_eq!(answer["attivazione"]["dispositivi_usati"], 0);
        shop.activate(&key, "pc-2").expect(200);
        assert_eq!(shop.activate(&key, "pc-1").problem(), "limite_dispositivi");
        assert_eq!(shop.validate(&key, "pc-1")["codice"], "dispositivo_non_attivato");
    });
}

#[test]
fn a_device_without_a_seat_has_none_to_give() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        let refused = |device: &str| shop.deactivate(&key, device).expect(422).problem();
        assert_eq!(refused("pc-1"), "dispositivo_non_attivato");
        shop.activate(&key, "pc-1").expect(200);
        shop.deactivate(&key, "pc-1").expect(200);
        assert_eq!(refused("pc-1"), "dispositivo_non_attivato");
        assert_eq!(shop.seats(), (0, 0));
        assert_eq!(shop.deactivate("boh", "pc-1").expect(400).problem(), "chiave_non_valida");
    });
}

#[test]
fn ten_at_once_free_one_seat() {
    on_each(|shop| {
        let key = shop.key(&json!({}));
        shop.activate(&key, "pc-1").expect(200);
        shop.activate(&key, "pc-2").expect(200);
        let answers = shop.harness.parallel(10, |_| shop.deactivate(&key, "pc-1"));
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn a_suspended_licence_lets_its_devices_go() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc-1").expect(200);
        shop.change(&licence, "suspend");
        shop.deactivate(&key, "pc-1").expect(200);
        assert_eq!(shop.outcomes(), ["attiva attivata", "disattiva disattivata"]);
    });
}
