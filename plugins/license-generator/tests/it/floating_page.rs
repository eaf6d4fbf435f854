//! The page of the floating seats of a licence: who has them, and for whom some are kept.

use serde_json::json;

use crate::floating::{floating, give_back, keep, out, take};
use crate::{on_each, text};

#[test]
fn a_seat_kept_for_somebody_is_given_to_nobody_else() {
    on_each(|shop| {
        let licence = floating(shop, 2, &json!({}));
        let key = text(&licence, "chiave_licenza");
        let page = format!("/crm/licences/{}/seats", text(&licence, "id"));
        let reserve = |kind: &str, name: &str| {
            let form = [("tipo", kind), ("nome", name)];
            shop.seller().post_form(&format!("{page}/reserve"), &form)
        };
        reserve("user", "Anna Bianchi").expect(303);
        assert!(reserve("user", " ANNA bianchi ").expect(422).html().contains("already"));
        reserve("user", " ").expect(422);
        take(shop, &key, "pc-1", &json!({})).expect(201);
        let refused = take(shop, &key, "pc-2", &json!({})).expect(409).json();
        assert_eq!(refused["posti_fuori"], 1, "{refused}");
        let seat = take(shop, &key, "pc-3", &json!({"utente": "anna bianchi"})).expect(201).json();
        assert_eq!(out(shop), (2, 2));
        // She has hers: on a second device she is one of all the others.
        take(shop, &key, "pc-4", &json!({"utente": "Anna Bianchi"})).expect(409);
        let html = shop.seller().get(&page).expect(200).text().to_owned();
        assert!(html.contains("Anna Bianchi") && html.contains("PC pc-1"), "{html}");

        give_back(shop, &key, &seat).expect(200);
        take(shop, &key, "pc-2", &json!({})).expect(409);
        reserve("device", "PC pc-2").expect(303);
        assert!(reserve("device", "pc-9").expect(422).html().contains("Every seat"));
        // Two are kept and one is out: the first of those they are kept for gets the other.
        let kept = take(shop, &key, "pc-2", &json!({})).expect(201).json();
        take(shop, &key, "pc-3", &json!({"utente": "Anna Bianchi"})).expect(409);
        assert_eq!(out(shop), (2, 2));
        give_back(shop, &key, &kept).expect(200);
        let all =
            "select reservation_id from license_generator_seat_reservation where kind = 'user'";
        let id = text(&shop.harness.rows(all, [])[0], "reservation_id");
        let undo = [("riserva", id.as_str())];
        shop.seller().post_form(&format!("{page}/unreserve"), &undo).expect(303);
        take(shop, &key, "pc-4", &json!({})).expect(409);
        take(shop, &key, "pc-2", &json!({})).expect(201);
        assert_eq!(shop.harness.effects().actions().last(), Some(&"seat.unreserved"));
    });
}

#[test]
fn a_seat_can_be_taken_from_a_device() {
    on_each(|shop| {
        let licence = floating(shop, 1, &json!({}));
        let key = text(&licence, "chiave_licenza");
        let seat = take(shop, &key, "pc-1", &json!({})).expect(201).json();
        let page = format!("/crm/licences/{}/seats", text(&licence, "id"));
        let free = || {
            let form = [("posto", text(&seat["posto"], "id"))];
            let form = [(form[0].0, form[0].1.as_str())];
            shop.seller().post_form(&format!("{page}/free"), &form).expect(303).notice()
        };
        assert_eq!(free(), "The seat was freed.");
        assert_eq!(free(), "This seat was free already.");
        assert_eq!(shop.harness.effects().actions().last(), Some(&"seat.freed"));
        keep(shop, &key, &seat).expect(404);
        take(shop, &key, "pc-2", &json!({})).expect(201);
        assert_eq!(out(shop), (1, 1));
    });
}

#[test]
fn the_page_belongs_to_its_branch_and_to_floating_licences() {
    on_each(|shop| {
        let licence = floating(shop, 1, &json!({}));
        let page = format!("/crm/licences/{}/seats", text(&licence, "id"));
        assert_eq!(shop.sibling().get(&page).status, 404);
        let free = shop.sibling().post_form(&format!("{page}/free"), &[("posto", "x")]);
        assert_eq!(free.status, 404);
        let form = [("tipo", "user"), ("nome", "Anna")];
        assert_eq!(shop.sibling().post_form(&format!("{page}/reserve"), &form).status, 404);
        shop.seller().get(&page).expect(200);
        let html = shop.seller().get(&page.replace("/seats", "")).expect(200).text().to_owned();
        assert!(html.contains("Floating seats"), "{html}");
        let device = shop.issue(&json!({}));
        let page = format!("/crm/licences/{}/seats", text(&device, "id"));
        assert_eq!(shop.seller().get(&page).status, 404);
    });
}
