//! `POST`, `PUT` and `DELETE /api/licenze/posti`: floating seats, one device at a time.

use plugin_api::time::{DAY, rfc3339};
use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

/// A licence of `seats` floating seats; its lease is 60 s, and it lends for two days.
pub(crate) fn floating(shop: &Shop<'_>, seats: i64, more: &Json) -> Json {
    let mut order = json!({"associazione": "flottante", "posti": seats});
    for (name, value) in more.as_object().expect("an object") {
        order[name] = value.clone();
    }
    let licence = shop.issue(&order);
    conditions(shop, &licence, &json!({"lease_seconds": 60, "borrow_days": 2}));
    licence
}

/// What the licence keeps of its policy.
pub(crate) fn conditions(shop: &Shop<'_>, licence: &Json, conditions: &Json) {
    let sql = "update license_generator_licence set conditions = ? where licence_id = ?";
    shop.harness.sql(sql, [conditions.to_string().into(), text(licence, "id").into()]);
}

/// A device asks for a seat, with `more` than its key and itself.
pub(crate) fn take(shop: &Shop<'_>, key: &str, device: &str, more: &Json) -> Answer {
    let device = json!({"impronta": device, "nome": format!("PC {device}")});
    let mut body = json!({"chiave_licenza": key, "dispositivo": device});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    shop.call("posti", body)
}

fn path(seat: &Json) -> String {
    format!("/api/licenze/posti/{}", text(&seat["posto"], "id"))
}

pub(crate) fn keep(shop: &Shop<'_>, key: &str, seat: &Json) -> Answer {
    shop.harness.anonymous().put_json(&path(seat), json!({"chiave_licenza": key}))
}

pub(crate) fn give_back(shop: &Shop<'_>, key: &str, seat: &Json) -> Answer {
    shop.harness.anonymous().header("x-chiave-licenza", key).delete(&path(seat))
}

/// `seats_out` and the rows of seats.
pub(crate) fn out(shop: &Shop<'_>) -> (i64, i64) {
    let count = |sql: &str| shop.harness.scalar(sql, []);
    (
        count("select cast(sum(seats_out) as signed) from license_generator_licence"),
        count("select count(*) from license_generator_seat"),
    )
}

#[test]
fn a_seat_is_taken_kept_and_given_back() {
    on_each(|shop| {
        let licence = floating(shop, 2, &json!({}));
        let key = text(&licence, "chiave_licenza");
        let now = shop.harness.clock().now();
        let seat = take(shop, &key, "pc-1", &json!({"utente": "Anna"})).expect(201).json();
        assert_eq!(seat["posto"]["scade"], rfc3339(now + 60_000));
        assert_eq!(seat["posto"]["prestito"], false);
        let claims = |seat: &Json| {
            let token = text(seat, "chiave_computer");
            Json::Object(shop.harness.claims("licenza+jwt", &token).expect("signed by us"))
        };
        let told = claims(&seat);
        assert_eq!(told["exp"], (now + 60_000) / 1000);
        assert_eq!(told["jti"], seat["posto"]["id"]);
        assert_eq!(told["sub"], licence["id"]);
        assert_eq!(told["dev"]["impronta"], "pc-1");
        assert_eq!(told["ute"], "Anna");

        shop.harness.clock().advance(50_000);
        let kept = keep(shop, &key, &seat).expect(200).json();
        assert_eq!(kept["posto"]["id"], seat["posto"]["id"]);
        assert_eq!(claims(&kept)["exp"], (now + 110_000) / 1000);
        let again = take(shop, &key, "pc-1", &json!({})).expect(200).json();
        assert_eq!(again["posto"]["id"], seat["posto"]["id"], "the same device keeps its seat");
        assert_eq!(out(shop), (1, 1));

        let freed = give_back(shop, &key, &seat).expect(200).json();
        assert_eq!((&freed["posti_fuori"], &freed["posti_massimi"]), (&json!(0), &json!(2)));
        assert_eq!(out(shop), (0, 0));
        for gone in [keep(shop, &key, &seat), give_back(shop, &key, &seat)] {
            assert_eq!(gone.expect(404).problem(), "posto_sconosciuto");
        }
        let log = ["posto posto_preso", "posto posto_preso", "posto_rendi posto_reso"];
        assert_eq!(shop.outcomes()[..3], log);
    });
}

#[test]
fn the_last_one_is_told_when_to_ask_again_and_how_many_wait() {
    on_each(|shop| {
        let key = text(&floating(shop, 2, &json!({})), "chiave_licenza");
        let start = shop.harness.clock().now();
        take(shop, &key, "pc-1", &json!({})).expect(201);
        shop.harness.clock().advance(10_000);
        take(shop, &key, "pc-2", &json!({})).expect(201);
        let refused = take(shop, &key, "pc-3", &json!({})).expect(409);
        assert_eq!(refused.problem(), "posti_esauriti");
        let told = refused.json();
        assert_eq!((&told["posti_fuori"], &told["posti_massimi"]), (&json!(2), &json!(2)));
        assert_eq!(told["prossimo_ritorno"], rfc3339(start + 60_000));
        assert_eq!(told["in_coda"], 1);
        assert_eq!(refused.header("retry-after"), Some("30"));
        assert_eq!(take(shop, &key, "pc-4", &json!({})).expect(409).json()["in_coda"], 2);
        assert_eq!(take(shop, &key, "pc-4", &json!({})).expect(409).json()["in_coda"], 2);

        // Nobody hears of pc-1 again: its seat is the next one's as soon as its lease ended.
        shop.harness.clock().set(start + 60_000);
        assert_eq!(
            take(shop, &key, "pc-3", &json!({})).expect(409).header("retry-after"),
            Some("1")
        );
        shop.harness.clock().set(start + 60_001);
        take(shop, &key, "pc-3", &json!({})).expect(201);
        assert_eq!(out(shop), (2, 2));
        assert_eq!(take(shop, &key, "pc-1", &json!({})).expect(409).json()["in_coda"], 2);
    });
}

#[test]
fn a_seat_is_lent_within_what_the_licence_lends() {
    on_each(|shop| {
        let key = text(&floating(shop, 1, &json!({})), "chiave_licenza");
        let now = shop.harness.clock().now();
        let borrow = |until: &str| take(shop, &key, "pc-1", &json!({"prestito_fino_a": until}));
        for wrong in ["domani", "2020-01-01", &rfc3339(now + 3 * DAY)] {
            let refused = borrow(wrong).expect(422).json();
            assert_eq!(refused["errors"][0]["pointer"], "/prestito_fino_a", "{refused}");
        }
        let until = rfc3339(now + 2 * DAY);
        let seat = borrow(&until).expect(201).json();
        assert_eq!(
            seat["posto"],
            json!({
                "id": seat["posto"]["id"], "scade": until, "prestito": true,
            })
        );
        shop.harness.clock().advance(DAY);
        assert_eq!(take(shop, &key, "pc-2", &json!({})).expect(409).problem(), "posti_esauriti");
        let kept = keep(shop, &key, &seat).expect(200).json();
        assert_eq!(kept["posto"], seat["posto"], "a heartbeat does not end it");
        give_back(shop, &key, &seat).expect(200);
        take(shop, &key, "pc-2", &json!({})).expect(201);

        let stingy = floating(shop, 1, &json!({}));
        conditions(shop, &stingy, &json!({"lease_seconds": 60}));
        let key = text(&stingy, "chiave_licenza");
        let refused = take(shop, &key, "pc-1", &json!({"prestito_fino_a": rfc3339(now + 9 * DAY)}));
        assert_eq!(refused.expect(422).problem(), "prestito_non_ammesso");
    });
}

#[test]
fn no_lease_goes_beyond_the_licence() {
    on_each(|shop| {
        let end = json!({"tipo": "abbonamento", "durata_giorni": 1});
        let key = text(&floating(shop, 1, &end), "chiave_licenza");
        let now = shop.harness.clock().now();
        let until = json!({"prestito_fino_a": rfc3339(now + 2 * DAY)});
        let seat = take(shop, &key, "pc-1", &until).expect(201).json();
        assert_eq!(seat["posto"]["scade"], rfc3339(now + DAY));
        shop.harness.clock().advance(DAY + 1);
        assert_eq!(take(shop, &key, "pc-1", &json!({})).expect(422).problem(), "licenza_scaduta");
    });
}

#[test]
fn what_cannot_be_has_its_code() {
    on_each(|shop| {
        let device = shop.key(&json!({}));
        assert_eq!(take(shop, &device, "pc-1", &json!({})).expect(422).problem(), "non_flottante");
        let licence = floating(shop, 1, &json!({}));
        let key = text(&licence, "chiave_licenza");
        let other = json!({"prodotto": "ALTRO"});
        assert_eq!(take(shop, &key, "pc-1", &other).expect(422).problem(), "prodotto_errato");
        let newer = json!({"versione": "9.0"});
        assert_eq!(take(shop, &key, "pc-1", &newer).expect(422).problem(), "versione_non_inclusa");
        assert_eq!(
            take(shop, "ciao", "pc-1", &json!({})).expect(400).problem(),
            "chiave_non_valida"
        );
        let long = json!({"utente": "x".repeat(201)});
        take(shop, &key, "pc-1", &long).expect(422);
        let seat = take(shop, &key, "pc-1", &json!({})).expect(201).json();
        shop.change(&licence, "suspend");
        assert_eq!(keep(shop, &key, &seat).expect(422).problem(), "licenza_sospesa");
        assert_eq!(take(shop, &key, "pc-2", &json!({})).expect(422).problem(), "licenza_sospesa");
        // A seat may come back whatever the state.
        give_back(shop, &key, &seat).expect(200);
        let bare = shop.harness.anonymous().delete(&path(&seat));
        assert_eq!(bare.status, 415, "{bare}");
    });
}

#[test]
fn a_licence_that_only_watches_lets_everybody_in_and_notes_it() {
    on_each(|shop| {
        let licence = floating(shop, 1, &json!({}));
        let watch = "update license_generator_licence set shadow = 1 where licence_id = ?";
        shop.harness.sql(watch, [text(&licence, "id").into()]);
        let key = text(&licence, "chiave_licenza");
        take(shop, &key, "pc-1", &json!({})).expect(201);
        take(shop, &key, "pc-2", &json!({})).expect(201);
        let sql = "select outcome, would_refuse from license_generator_activation_log \
                   order by at, log_id";
        let lines = shop.harness.rows(sql, []);
        assert_eq!(lines[1], json!({"outcome": "posto_preso", "would_refuse": "posti_esauriti"}));
        assert_eq!(out(shop), (2, 2));
    });
}

#[test]
fn a_lower_limit_lets_nobody_in_until_enough_came_back() {
    on_each(|shop| {
        let key = text(&floating(shop, 3, &json!({})), "chiave_licenza");
        let seats: Vec<Json> = ["pc-1", "pc-2", "pc-3"]
            .iter()
            .map(|device| take(shop, &key, device, &json!({})).expect(201).json())
            .collect();
        let lower = "update license_generator_licence set seats_max = 1, seats_limit = 1 \
                     where binding = 'floating'";
        shop.harness.sql(lower, []);
        keep(shop, &key, &seats[0]).expect(200);
        give_back(shop, &key, &seats[1]).expect(200);
        take(shop, &key, "pc-4", &json!({})).expect(409);
        give_back(shop, &key, &seats[2]).expect(200);
        take(shop, &key, "pc-4", &json!({})).expect(409);
        give_back(shop, &key, &seats[0]).expect(200);
        take(shop, &key, "pc-4", &json!({})).expect(201);
    });
}

#[test]
fn the_job_counts_seats_nobody_asks_for_and_corrects_the_number() {
    on_each(|shop| {
        let key = text(&floating(shop, 3, &json!({})), "chiave_licenza");
        take(shop, &key, "pc-1", &json!({})).expect(201);
        take(shop, &key, "pc-2", &json!({})).expect(201);
        let job = || {
            let caller = shop.harness.job_caller("seats");
            shop.harness.call("job:seats", &caller, json!(null)).expect("done");
        };
        job();
        assert_eq!(out(shop), (2, 2));
        shop.harness.sql("update license_generator_licence set seats_out = 7", []);
        job();
        assert_eq!(out(shop), (2, 2));
        shop.harness.clock().advance(60_001);
        job();
        assert_eq!(out(shop), (0, 0));
        let peak = "select cast(max(peak) as signed) from license_generator_seat_peak";
        assert_eq!(shop.harness.scalar(peak, []), 2);
        // A number that is wrong without any seat is found by who is refused for it.
        shop.harness.sql("update license_generator_licence set seats_out = 3", []);
        take(shop, &key, "pc-1", &json!({})).expect(201);
        assert_eq!(out(shop), (1, 1));
    });
}

#[test]
fn who_holds_a_seat_is_valid_until_its_lease_ends() {
    on_each(|shop| {
        let key = text(&floating(shop, 2, &json!({})), "chiave_licenza");
        assert_eq!(shop.validate(&key, "pc-1")["codice"], "dispositivo_non_attivato");
        let seat = take(shop, &key, "pc-1", &json!({})).expect(201).json();
        let end = (shop.harness.clock().now() + 60_000) / 1000;
        let by_key = shop.validate(&key, "pc-1");
        let token = json!({"chiave_computer": seat["chiave_computer"]});
        let by_token = shop.call("valida", token.clone()).expect(200).json();
        for told in [by_key, by_token] {
            assert_eq!(told["codice"], "valida", "{told}");
            let fresh = text(&told, "chiave_computer");
            let claims = shop.harness.claims("licenza+jwt", &fresh).expect("signed by us");
            assert_eq!(claims["exp"], end, "no longer than the lease");
        }
        shop.harness.clock().advance(60_001);
        let told = shop.call("valida", token).expect(200).json();
        assert_eq!(told["codice"], "dispositivo_non_attivato");
        assert_eq!(shop.activate(&key, "pc-1").expect(422).problem(), "usa_posti");
    });
}
