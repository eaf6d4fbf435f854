//! Prices: by the catalogue, by the list nearest to the customer, and as far as a role may go.

use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

/// A product with a price of its own and a module that has one.
fn enter(shop: &Shop<'_>, per_seat: bool) -> String {
    let body = json!({
        "codice": "CARO", "nome": "Caro", "prezzo_per_posto": per_seat,
        "prezzo_base": {"importo": 10_000, "valuta": "EUR"},
        "moduli": [
            {"codice": "a", "nome": "A", "incluso": true,
             "prezzo": {"importo": 2_000, "valuta": "EUR"}},
            {"codice": "b", "nome": "B", "prezzo": {"importo": 500, "valuta": "EUR"}},
        ],
    });
    let made = shop.harness.superadmin().post_json("/api/admin/prodotti", body).expect(201);
    text(&made.json(), "id")
}

fn order(shop: &Shop<'_>, more: &Json) -> Json {
    let mut order = shop.order(&json!({"prodotto": "CARO"}));
    order.as_object_mut().expect("an object").extend(more.as_object().expect("one").clone());
    order
}

/// What a licence with `more` costs: amount and currency.
fn price(shop: &Shop<'_>, more: &Json) -> (i64, String) {
    let made = shop.seller().post_json("/api/admin/licenze", order(shop, more)).expect(201).json();
    (made["prezzo"]["importo"].as_i64().unwrap_or(-1), text(&made["prezzo"], "valuta"))
}

/// A list with these prices for the nodes.
fn list(shop: &Shop<'_>, name: &str, currency: &str, nodes: &[&str], prices: &[(&str, &str)]) {
    let admin = shop.harness.superadmin();
    let mut form = vec![("nome", name), ("valuta", currency)];
    form.extend(nodes.iter().map(|node| ("organizzazioni", *node)));
    let made = admin.post_form("/crm/price-lists/new", &form).expect(303);
    let path = made.location().clone();
    let rows = shop
        .harness
        .rows("select product_id from license_generator_product where code = 'CARO'", []);
    let product = text(&rows[0], "product_id");
    let mut form = vec![("versione", "1"), ("prodotto", product.as_str())];
    form.extend(prices);
    admin.get(&format!("{path}?prodotto={product}")).expect(200);
    admin.post_form(&path, &form).expect(303);
}

#[test]
fn a_licence_costs_what_the_catalogue_says_for_all_its_seats() {
    on_each(|shop| {
        enter(shop, true);
        assert_eq!(price(shop, &json!({"dispositivi": 3})), (36_000, "EUR".into()));
        let more = json!({"dispositivi": 1, "moduli": {"b": {"attivo": true}}, "sconto": 10});
        assert_eq!(price(shop, &more), (11_250, "EUR".into()));
        let floating = json!({"associazione": "flottante", "posti": 2});
        assert_eq!(price(shop, &floating).0, 24_000);
        let said = json!({"prezzo": {"importo": 7, "valuta": "CHF"}});
        assert_eq!(price(shop, &said), (7, "CHF".into()));
        for free in [json!({"tipo": "trial"}), json!({"interna": true})] {
            let made =
                shop.seller().post_json("/api/admin/licenze", order(shop, &free)).expect(201);
            assert_eq!(made.json()["prezzo"], Json::Null);
        }
        let row =
            "select list_price, discount, price from license_generator_licence where discount > 0";
        let row = &shop.harness.rows(row, [])[0];
        assert_eq!((&row["list_price"], &row["discount"]), (&json!(12_500), &json!(1_000)));
    });
}

#[test]
fn the_list_nearest_to_the_customer_counts_while_it_is_valid() {
    on_each(|shop| {
        enter(shop, false);
        let nodes = shop.harness.organisations();
        let (vendor, reseller, sibling) =
            (&*nodes.vendor.id, &*nodes.reseller.id, &*nodes.sibling.id);
        let all = [("base:", "50"), ("module:a", "5"), ("module:b", "0")];
        list(shop, "Svizzera", "CHF", &[vendor], &all);
        assert_eq!(price(shop, &json!({})), (5_500, "CHF".into()));
        list(shop, "Rivenditore", "EUR", &[reseller], &[("base:", "90")]);
        list(shop, "Altro", "EUR", &[sibling], &[("base:", "1")]);
        assert_eq!(price(shop, &json!({})), (9_000 + 2_000, "EUR".into()), "a by the catalogue");

        // A list in another currency has to say everything.
        list(shop, "Franchi", "CHF", &[&nodes.sub_company.id], &[("base:", "10")]);
        let below = shop.harness.account(&nodes.sub_company, "Sotto");
        let mut lacking = order(shop, &json!({}));
        lacking["cliente"] = json!(below.account_id);
        let refused = shop.seller().post_json("/api/admin/licenze", lacking.clone()).expect(422);
        assert_eq!(refused.problem(), "prezzo_mancante");
        assert!(
            refused.json()["errors"][0]["detail"]
                .as_str()
                .is_some_and(|text| text.contains("A has no price in CHF")),
            "{refused}"
        );
        lacking["prezzo"] = json!({"importo": 100, "valuta": "EUR"});
        shop.seller().post_json("/api/admin/licenze", lacking.clone()).expect(201);

        // Once it is over, the list above counts again.
        let over = "update license_generator_price_list set valid_until = 1 where name = 'Franchi'";
        shop.harness.sql(over, []);
        lacking.as_object_mut().expect("an object").remove("prezzo");
        let made = shop.seller().post_json("/api/admin/licenze", lacking).expect(201).json();
        assert_eq!(made["prezzo"], json!({"importo": 11_000, "valuta": "EUR"}));
    });
}

#[test]
fn a_price_list_is_changed_and_deleted_by_whoever_read_it_last() {
    on_each(|shop| {
        let id = enter(shop, false);
        let admin = shop.harness.superadmin();
        let reseller = shop.harness.organisations().reseller.id.clone();
        list(shop, "Uno", "EUR", &[&reseller], &[("base:", "1,50")]);
        let rows = shop.harness.rows("select price_list_id from license_generator_price_list", []);
        let path = format!("/crm/price-lists/{}", text(&rows[0], "price_list_id"));
        let page = admin.get(&format!("{path}/prices?prodotto={id}")).expect(200);
        assert!(page.html().contains("value=\"1.50\""), "{page}");
        assert!(
            admin.get(&format!("/crm/products/{id}/prices")).expect(200).html().contains("Uno")
        );
        assert!(admin.get("/crm/price-lists").expect(200).html().contains("Uno"));
        let taken = [("nome", "UNO"), ("valuta", "EUR")];
        let taken = admin.post_form("/crm/price-lists/new", &taken).expect(422);
        assert!(taken.html().contains("already in use"), "{taken}");
        let wrong = [
            ("nome", ""),
            ("valuta", "x"),
            ("dal", "2026-02-01"),
            ("al", "2026-01-01"),
            ("organizzazioni", "0199d7c0-0000-7000-8000-000000000001"),
        ];
        let wrong = admin.post_form("/crm/price-lists/new", &wrong).expect(422);
        for field in ["f-nome", "f-valuta", "f-al", "f-organizzazioni"] {
            assert!(wrong.html().contains(&format!("href=\"#{field}\"")), "{field}: {wrong}");
        }
        admin
            .post_form(&path, &[("nome", "Due"), ("valuta", "EUR"), ("versione", "1")])
            .expect(422);
        admin
            .post_form(&path, &[("nome", "Due"), ("valuta", "EUR"), ("versione", "2")])
            .expect(303);
        let given = "select count(*) from license_generator_price_list_use";
        assert_eq!(shop.harness.scalar(given, []), 0, "nobody was ticked");
        admin.post_form(&format!("{path}/delete"), &[("versione", "1")]).expect(409);
        admin.post_form(&format!("{path}/delete"), &[("versione", "3")]).expect(303);
        let left = "select count(*) from license_generator_list_price";
        assert_eq!(shop.harness.scalar(left, []), 0);
        shop.seller().get("/crm/price-lists").expect(403);
    });
}

#[test]
fn a_role_goes_as_far_as_its_limit_says_and_the_furthest_role_counts() {
    on_each(|shop| {
        enter(shop, false);
        let admin = shop.harness.superadmin();
        admin.get("/crm/discounts").expect(200);
        let wrong = admin.post_form("/crm/discounts", &[("sconto:agent", "101")]).expect(422);
        assert!(wrong.html().contains("Write a percentage"), "{wrong}");
        let form =
            [("sconto:agent", "5"), ("sconto:reseller", "12,5"), ("prezzo:reseller", "true")];
        admin.post_form("/crm/discounts", &form).expect(303);
        assert!(admin.get("/crm/discounts").expect(200).html().contains("value=\"12.5\""));

        let ask = |roles: &[&str], more: Json| {
            shop.seller().with_roles(roles).post_json("/api/admin/licenze", order(shop, &more))
        };
        let refused = ask(&["agent"], json!({"sconto": 5.01})).expect(422);
        assert_eq!(refused.problem(), "sconto_eccessivo");
        assert!(
            refused.json()["errors"][0]["detail"].as_str().is_some_and(|text| text.contains("5 %"))
        );
        ask(&["agent"], json!({"sconto": 5})).expect(201);
        ask(&["agent", "reseller"], json!({"sconto": 12.5})).expect(201);
        ask(&[], json!({"sconto": 100})).expect(201);
        let own = |amount: i64| json!({"prezzo": {"importo": amount, "valuta": "EUR"}});
        let refused = ask(&["agent"], own(11_399)).expect(422);
        assert_eq!(refused.problem(), "prezzo_non_modificabile");
        ask(&["agent"], own(11_400)).expect(201);
        ask(&["reseller"], own(1)).expect(201);
        // A renewal goes as far, and no further.
        let made = ask(&[], json!({"tipo": "abbonamento", "scadenza": "2027-12-31"})).expect(201);
        let path = format!("/api/admin/licenze/{}/rinnova", text(&made.json(), "id"));
        let renew = |roles: &[&str], more: Json| {
            let may = ["license-generator:read", "license-generator:renew"];
            let client = shop.seller().with_roles(roles).with_permissions(&may);
            client.post_json(&path, more).problem()
        };
        assert_eq!(renew(&["agent"], json!({"sconto": 5.01})), "sconto_eccessivo");
        assert_eq!(renew(&["agent"], own(1)), "prezzo_non_modificabile");
        shop.harness.set_setting("max-discount", json!(3));
        assert_eq!(
            ask(&["auditor"], json!({"sconto": 4})).expect(422).problem(),
            "sconto_eccessivo"
        );
        let everything = admin.post_json("/api/admin/licenze", order(shop, &json!({"sconto": 99})));
        everything.expect(201);
    });
}
