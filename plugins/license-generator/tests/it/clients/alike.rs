//! Devices known by some of their components.

use serde_json::{Value as Json, json};

use super::{ask, key};
use crate::{Shop, on_each, text};

fn machine(cpu: &str, disk: &str, network: &str, board: &str) -> Json {
    let parts = json!({"cpu": cpu, "disco": disk, "rete": network, "scheda": board});
    json!({ "impronta": {"componenti": parts} })
}

fn activate(shop: &Shop<'_>, key: &str, device: &Json) -> String {
    let answer = ask(shop, "attiva", key, device, &json!({})).expect(200).json();
    text(&answer["attivazione"], "id")
}

fn validate(shop: &Shop<'_>, key: &str, device: &Json) -> String {
    text(&ask(shop, "valida", key, device, &json!({})).expect(200).json(), "codice")
}

#[test]
fn a_device_with_one_part_changed_is_the_same_and_is_known_by_its_new_parts() {
    on_each(|shop| {
        let key = key(shop, &json!({}), &json!({"match_components": 3}));
        let first = activate(shop, &key, &machine("A", "A", "A", "A"));
        assert_eq!(activate(shop, &key, &machine("A", "B", "A", "A")), first);
        // Step by step it may change altogether, but not at once.
        assert_eq!(validate(shop, &key, &machine("A", "B", "B", "A")), "valida");
        assert_eq!(activate(shop, &key, &machine("A", "B", "B", "B")), first);
        assert_ne!(activate(shop, &key, &machine("A", "A", "A", "A")), first);
        assert_eq!(shop.seats(), (2, 2));
        let rows = "select count(*) from license_generator_component";
        assert_eq!(shop.harness.scalar(rows, []), 8);
    });
}

#[test]
fn without_the_condition_every_part_counts() {
    on_each(|shop| {
        let key = key(shop, &json!({}), &json!({}));
        activate(shop, &key, &machine("A", "A", "A", "A"));
        let other = machine("A", "B", "A", "A");
        assert_eq!(validate(shop, &key, &other), "dispositivo_non_attivato");
    });
}

#[test]
fn a_computer_key_is_good_on_a_device_with_a_part_changed_and_on_no_other() {
    on_each(|shop| {
        let key = key(shop, &json!({}), &json!({"match_components": 3}));
        let device = machine("A", "A", "A", "A");
        let answer = ask(shop, "attiva", &key, &device, &json!({})).expect(200).json();
        let token = text(&answer, "chiave_computer");
        let with = |device: Json| {
            let body = json!({"chiave_computer": token, "dispositivo": device});
            text(&shop.call("valida", body).expect(200).json(), "codice")
        };
        assert_eq!(with(machine("B", "B", "A", "A")), "dispositivo_non_attivato");
        assert_eq!(with(machine("A", "A", "A", "B")), "valida");
    });
}

#[test]
fn the_one_with_more_in_common_is_chosen() {
    on_each(|shop| {
        let key = key(shop, &json!({}), &json!({"match_components": 2}));
        let one = activate(shop, &key, &machine("A", "A", "A", "A"));
        let two = activate(shop, &key, &machine("B", "B", "B", "A"));
        assert_ne!(one, two);
        assert_eq!(activate(shop, &key, &machine("A", "B", "B", "C")), two);
    });
}

#[test]
fn an_old_seat_with_the_very_fingerprint_gives_way_to_the_device_that_is_there() {
    on_each(|shop| {
        let key = key(shop, &json!({}), &json!({"match_components": 3}));
        let (old, new) = (machine("A", "A", "A", "A"), machine("A", "A", "B", "B"));
        let first = activate(shop, &key, &old);
        ask(shop, "disattiva", &key, &old, &json!({})).expect(200);
        let second = activate(shop, &key, &new);
        assert_ne!(first, second);
        // Half way back: like the one that is there, in one more step exactly the one that left.
        assert_eq!(activate(shop, &key, &machine("A", "A", "A", "B")), second);
        assert_eq!(activate(shop, &key, &old), second);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn a_device_that_gave_its_seat_back_comes_back_with_a_part_changed() {
    on_each(|shop| {
        let key = key(shop, &json!({}), &json!({"match_components": 3}));
        let first = activate(shop, &key, &machine("A", "A", "A", "A"));
        let changed = machine("A", "A", "A", "B");
        ask(shop, "disattiva", &key, &changed, &json!({})).expect(200);
        assert_eq!(shop.seats(), (0, 0));
        assert_eq!(activate(shop, &key, &machine("A", "A", "A", "C")), first);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn fifty_variants_of_one_device_at_once_have_one_seat() {
    on_each(|shop| {
        let key = key(shop, &json!({"dispositivi": 50}), &json!({"match_components": 3}));
        let answers = shop.harness.parallel(50, |n| {
            let device = machine("A", "A", &format!("{n}"), "A");
            ask(shop, "attiva", &key, &device, &json!({}))
        });
        for answer in &answers {
            assert_eq!(answer.status, 200, "{answer}");
        }
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn fifty_different_devices_at_once_have_a_seat_each() {
    on_each(|shop| {
        let key = key(shop, &json!({"dispositivi": 40}), &json!({"match_components": 3}));
        let answers = shop.harness.parallel(50, |n| {
            let n = n.to_string();
            ask(shop, "attiva", &key, &machine(&n, &n, &n, "A"), &json!({}))
        });
        let seated = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(seated, 40);
        assert_eq!(shop.seats(), (40, 40));
    });
}
