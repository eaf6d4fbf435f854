//! Licences bound to people.

use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use super::ask;
use crate::{Shop, on_each, text};

fn issue(shop: &Shop<'_>, people: i64, devices: i64) -> Json {
    let more = json!({"associazione": "utente", "utenti": people, "dispositivi": devices});
    shop.issue(&more)
}

fn activate(shop: &Shop<'_>, key: &str, device: &str, user: &str) -> Answer {
    let device = json!({ "impronta": device, "nome": device });
    ask(shop, "attiva", key, &device, &json!({ "utente": user }))
}

fn validate(shop: &Shop<'_>, key: &str, device: &str, user: &str) -> String {
    let device = json!({ "impronta": device });
    let answer = ask(shop, "valida", key, &device, &json!({ "utente": user }));
    text(&answer.expect(200).json(), "codice")
}

#[test]
fn each_person_has_a_seat_and_some_devices() {
    on_each(|shop| {
        let key = text(&issue(shop, 2, 2), "chiave_licenza");
        let answer = activate(shop, &key, "pc-1", "Anna").expect(200).json();
        let claims = shop.harness.claims("licenza+jwt", &text(&answer, "chiave_computer"));
        let claims = Json::Object(claims.expect("signed by us"));
        assert_eq!((&claims["ute"], claims.get("dev")), (&json!("Anna"), None));
        // The same person and device in another spelling, and a second device.
        let again = activate(shop, &key, "pc-1", " ANNA ").expect(200).json();
        assert_eq!(again["attivazione"]["id"], answer["attivazione"]["id"]);
        activate(shop, &key, "pc-2", "Anna").expect(200);
        assert_eq!(
            activate(shop, &key, "pc-3", "Anna").expect(409).problem(),
            "limite_dispositivi"
        );
        // Two people on one device are two people.
        activate(shop, &key, "pc-1", "Bruno").expect(200);
        let full = activate(shop, &key, "pc-9", "Carla").expect(409);
        assert_eq!(full.problem(), "limite_utenti");
        assert_eq!(full.json()["utenti_massimi"], 2);
        assert_eq!(shop.seats(), (3, 3));
        assert_eq!(validate(shop, &key, "pc-1", "Bruno"), "valida");
        assert_eq!(validate(shop, &key, "pc-2", "Bruno"), "dispositivo_non_attivato");
        let nobody = ask(shop, "attiva", &key, &json!({"impronta": "pc-1"}), &json!({}));
        assert_eq!(nobody.expect(422).problem(), "utente_richiesto");
        let token = json!({ "chiave_computer": text(&answer, "chiave_computer") });
        assert_eq!(shop.call("valida", token).expect(200).json()["valida"], true);
    });
}

#[test]
fn a_device_given_back_leaves_the_person_his_seat() {
    on_each(|shop| {
        let key = text(&issue(shop, 1, 1), "chiave_licenza");
        activate(shop, &key, "pc-1", "Anna").expect(200);
        let device = json!({ "impronta": "pc-1" });
        ask(shop, "disattiva", &key, &device, &json!({"utente": "Anna"})).expect(200);
        assert_eq!(activate(shop, &key, "pc-1", "Bruno").expect(409).problem(), "limite_utenti");
        activate(shop, &key, "pc-2", "Anna").expect(200);
        assert_eq!(shop.seats(), (1, 1));
    });
}

#[test]
fn administrators_name_free_and_keep_out_people() {
    on_each(|shop| {
        let licence = issue(shop, 2, 1);
        let (key, id) = (text(&licence, "chiave_licenza"), text(&licence, "id"));
        let path = format!("/crm/licences/{id}/users");
        let seller = shop.seller();
        let act = |act: &str, field: &str, value: &str| {
            seller.post_form(&path, &[("azione", act), (field, value)])
        };
        act("reserve", "nome", "Anna").expect(303);
        act("reserve", "nome", "Bruno").expect(303);
        act("reserve", "nome", "anna").expect(303);
        assert_eq!(act("reserve", "nome", "Carla").expect(409).status, 409);
        act("reserve", "nome", "  ").expect(422);
        shop.sibling().post_form(&path, &[("azione", "reserve"), ("nome", "X")]).expect(404);
        let stranger = activate(shop, &key, "pc-1", "Carla");
        assert_eq!(stranger.expect(422).problem(), "utente_non_ammesso");
        activate(shop, &key, "pc-1", "Bruno").expect(200);
        let user = |name: &str| {
            let sql = "select user_id from license_generator_named_user where name = ?";
            text(&shop.harness.rows(sql, [name.into()])[0], "user_id")
        };
        act("free", "utente", &user("Bruno")).expect(303);
        assert_eq!(shop.seats(), (0, 0));
        assert_eq!(validate(shop, &key, "pc-1", "Bruno"), "dispositivo_non_attivato");
        activate(shop, &key, "pc-1", "Carla").expect(200);
        act("bar", "utente", &user("Carla")).expect(303);
        assert_eq!(
            activate(shop, &key, "pc-1", "Carla").expect(422).problem(),
            "utente_non_ammesso"
        );
        assert_eq!(validate(shop, &key, "pc-1", "Carla"), "utente_non_ammesso");
        act("free", "utente", &user("Carla")).expect(303);
        activate(shop, &key, "pc-1", "Carla").expect(200);
        let page = seller.get(&format!("/crm/licences/{id}")).expect(200).text().to_owned();
        assert!(page.contains("Carla") && page.contains("Seat kept"), "{page}");
        let effects = shop.harness.effects();
        let actions = effects.actions();
        for action in ["user.reserved", "user.freed", "user.barred"] {
            assert!(actions.contains(&action), "{actions:?}");
        }
    });
}

#[test]
fn fifty_people_at_once_get_exactly_three_seats() {
    on_each(|shop| {
        let key = text(&issue(shop, 3, 2), "chiave_licenza");
        let answers = shop.harness.parallel(50, |n| {
            activate(shop, &key, &format!("pc-{n}"), &format!("Persona {}", n % 25))
        });
        let seated = answers.iter().filter(|answer| answer.status == 200).count();
        let people = "select count(*) from license_generator_named_user where state = 'active'";
        assert_eq!(shop.harness.scalar(people, []), 3);
        let (used, rows) = shop.seats();
        assert_eq!(used, rows);
        assert_eq!(usize::try_from(rows).expect("few"), seated);
    });
}
