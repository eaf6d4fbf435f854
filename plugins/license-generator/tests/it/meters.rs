//! `POST /api/licenze/consumi`: meters of modules.

use plugin_api::time::DAY;
use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

fn metered(shop: &Shop<'_>, module: &Json) -> Json {
    shop.issue(&json!({"moduli": {"pdf": module}}))
}

fn monthly(limit: i64, overage: i64) -> Json {
    json!({"attivo": true, "periodo": "mese", "limite": limit, "sforamento": overage})
}

fn consume(shop: &Shop<'_>, key: &str, quantity: i64, more: &Json) -> Answer {
    let mut body = json!({"chiave_licenza": key, "modulo": "pdf", "quantita": quantity});
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    shop.call("consumi", body)
}

#[test]
fn what_is_used_is_counted_up_to_what_was_sold_and_begins_anew() {
    on_each(|shop| {
        let key = text(&metered(shop, &monthly(10, 20)), "chiave_licenza");
        let told = consume(shop, &key, 9, &json!({})).expect(200).json();
        let expected = json!({
            "modulo": "pdf", "periodo": "mese", "usato": 9, "limite": 10, "residuo": 3,
            "sforamento": 0, "azzera": "2026-02-01T00:00:00Z",
        });
        assert_eq!(told, expected);
        let refused = consume(shop, &key, 4, &json!({})).expect(409);
        assert_eq!(refused.problem(), "consumo_esaurito");
        assert_eq!(refused.json()["residuo"], 3);
        let told = consume(shop, &key, 3, &json!({})).expect(200).json();
        assert_eq!((&told["sforamento"], &told["residuo"]), (&json!(2), &json!(0)));
        shop.harness.clock().advance(20 * DAY);
        let told = consume(shop, &key, 1, &json!({})).expect(200).json();
        assert_eq!((&told["usato"], &told["residuo"]), (&json!(1), &json!(11)));
        assert_eq!(told["azzera"], "2026-03-01T00:00:00Z");
        assert_eq!(shop.outcomes(), ["consumo consumo_esaurito"]);
    });
}

#[test]
fn the_same_reference_counts_once() {
    on_each(|shop| {
        let key = text(&metered(shop, &monthly(10, 0)), "chiave_licenza");
        let named = json!({"riferimento": "fattura-1"});
        let first = consume(shop, &key, 4, &named).expect(200).json();
        consume(shop, &key, 5, &json!({})).expect(200);
        let again = consume(shop, &key, 4, &named).expect(200).json();
        assert_eq!(again, first);
        let other = consume(shop, &key, 5, &named).expect(422);
        assert_eq!(other.problem(), "riferimento_riusato");
        assert_eq!(consume(shop, &key, 1, &json!({})).expect(200).json()["usato"], 10);
        shop.harness.clock().advance(20 * DAY);
        let next = consume(shop, &key, 4, &named).expect(200).json();
        assert_eq!(next["usato"], 4, "another period");
    });
}

#[test]
fn an_idempotency_key_counts_once_for_each_licence() {
    on_each(|shop| {
        let ask = |key: &str| {
            let body = json!({"chiave_licenza": key, "modulo": "pdf", "quantita": 2});
            let client = shop.harness.anonymous().header("idempotency-key", "1");
            client.post_json("/api/licenze/consumi", body).expect(200).json()["usato"].clone()
        };
        let one = text(&metered(shop, &monthly(10, 0)), "chiave_licenza");
        let other = text(&metered(shop, &monthly(10, 0)), "chiave_licenza");
        assert_eq!([ask(&one), ask(&one), ask(&other)], [json!(2), json!(2), json!(2)]);
        assert_eq!(consume(shop, &one, 1, &json!({})).expect(200).json()["usato"], 3);
    });
}

#[test]
fn what_cannot_be_counted_has_its_code() {
    on_each(|shop| {
        let licence = metered(shop, &json!({"attivo": true, "limite": 5}));
        let key = text(&licence, "chiave_licenza");
        let code = |answer: Answer| answer.expect(422).problem();
        assert_eq!(code(consume(shop, &key, 1, &json!({}))), "modulo_non_contato");
        let none = json!({"modulo": "boh"});
        assert_eq!(code(consume(shop, &key, 1, &none)), "modulo_non_incluso");
        for quantity in [0, -1, 1_000_000_001] {
            assert_eq!(code(consume(shop, &key, quantity, &json!({}))), "validation");
        }
        let off = json!({"attivo": false, "periodo": "mai"});
        let key = text(&metered(shop, &off), "chiave_licenza");
        assert_eq!(code(consume(shop, &key, 1, &json!({}))), "modulo_non_incluso");
        let ending = json!({"attivo": true, "periodo": "mai", "fino_a": "2026-01-16"});
        let licence = metered(shop, &ending);
        let key = text(&licence, "chiave_licenza");
        let told = consume(shop, &key, 1, &json!({})).expect(200).json();
        let rest = (&told["limite"], &told["residuo"], &told["azzera"]);
        assert_eq!(rest, (&Json::Null, &Json::Null, &Json::Null));
        shop.harness.clock().advance(2 * DAY);
        assert_eq!(code(consume(shop, &key, 1, &json!({}))), "modulo_non_incluso");
        shop.change(&licence, "suspend");
        assert_eq!(code(consume(shop, &key, 1, &json!({}))), "licenza_sospesa");
    });
}

#[test]
fn fifty_at_once_never_use_more_than_there_is() {
    on_each(|shop| {
        let key = text(&metered(shop, &monthly(50, 10)), "chiave_licenza");
        let asked = shop.harness.parallel(50, |_| consume(shop, &key, 2, &json!({})));
        let counted = asked.iter().filter(|answer| answer.status == 200).count();
        let refused = asked.iter().filter(|a| a.problem() == "consumo_esaurito").count();
        assert_eq!((counted, refused), (27, 23), "55 in twos");
        let used = "select cast(max(used) as signed) from license_generator_meter";
        assert_eq!(shop.harness.scalar(used, []), 54);
    });
}

#[test]
fn one_reference_fifty_times_at_once_counts_once() {
    on_each(|shop| {
        let key = text(&metered(shop, &monthly(50, 0)), "chiave_licenza");
        let named = json!({"riferimento": "uno"});
        let asked = shop.harness.parallel(50, |_| consume(shop, &key, 3, &named));
        for answer in &asked {
            assert_eq!(answer.status, 200, "{answer}");
            assert_eq!(answer.json()["usato"], 3);
        }
    });
}

#[test]
fn people_correct_what_was_counted() {
    on_each(|shop| {
        let licence = metered(shop, &monthly(10, 0));
        let key = text(&licence, "chiave_licenza");
        consume(shop, &key, 4, &json!({"riferimento": "<b>uno</b>"})).expect(200);
        let page = format!("/crm/licences/{}/meters", text(&licence, "id"));
        let correct = |quantity: &str, why: &str| {
            let form = [("modulo", "pdf"), ("quantita", quantity), ("nota", why)];
            shop.seller().post_form(&format!("{page}/correct"), &form)
        };
        for (quantity, why) in [("0", "perché"), ("x", "perché"), ("-1", ""), ("-5", "troppo")] {
            correct(quantity, why).expect(422);
        }
        correct("-3", "Un errore del programma").expect(303);
        assert_eq!(shop.harness.effects().actions().last(), Some(&"meter.corrected"));
        assert_eq!(consume(shop, &key, 1, &json!({})).expect(200).json()["usato"], 2);
        correct("20", "Venduto a parte").expect(303);
        consume(shop, &key, 1, &json!({})).expect(409);
        let html = shop.seller().get(&page).expect(200).text().to_owned();
        assert!(html.contains("Un errore del programma") && !html.contains("<b>uno"), "{html}");
        assert!(html.contains("2026-01"), "{html}");
        let csv =
            shop.seller().get(&format!("{page}/export?format=csv")).expect(200).text().to_owned();
        assert!(csv.contains("Venduto a parte"), "{csv}");
        assert_eq!(shop.sibling().get(&page).status, 404);
        assert_eq!(shop.sibling().get(&format!("{page}/export?format=csv")).status, 404);
        let html = shop.seller().get(&page.replace("/meters", "")).expect(200).text().to_owned();
        assert!(html.contains("Use of modules"), "{html}");
    });
}
