//! Renewals: by hand, by key, by themselves; what is paid later, and what happens when it is not.

use std::sync::{Arc, Mutex};

use plugin_api::contracts::Contract;
use plugin_api::contracts::ledger::{self, Book, Booked, Paid, Settlement, TransactionKind};
use plugin_api::lent::Event;
use plugin_api::time::DAY;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

/// Answers for whoever keeps the ledger, and remembers what it booked.
pub(crate) fn ledger(shop: &Shop<'_>) -> Arc<Mutex<Vec<Book>>> {
    let booked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&booked);
    shop.harness.service_fake(&ledger::BOOK, move |book| {
        let mut seen = seen.lock().expect("alone");
        seen.push(book);
        Booked { transaction_id: format!("T{}", seen.len()) }
    });
    shop.harness.service_fake(&ledger::SETTLE, |_| true);
    booked
}

fn renewer(shop: &Shop<'_>) -> plugin_testing::Client {
    shop.seller().with_permissions(&[
        "license-generator:read",
        "license-generator:issue",
        "license-generator:renew",
    ])
}

fn subscription(shop: &Shop<'_>, more: &Json) -> Json {
    let mut order = json!({
        "tipo": "abbonamento", "scadenza": "2026-12-31",
        "prezzo": {"importo": 12_000, "valuta": "EUR"},
    });
    for (name, value) in more.as_object().expect("an object") {
        order[name] = value.clone();
    }
    shop.issue(&order)
}

fn run(shop: &Shop<'_>, job: &str) {
    let caller = shop.harness.job_caller(job);
    shop.harness.call(&format!("job:{job}"), &caller, json!(null)).expect("it ran");
}

fn read(shop: &Shop<'_>, licence: &Json) -> Json {
    shop.seller().get(&format!("/api/admin/licenze/{}", text(licence, "id"))).expect(200).json()
}

fn settled(shop: &Shop<'_>, transaction_id: &str, settlement: Settlement, event_id: &str) {
    let paid = Paid {
        transaction_id: transaction_id.to_owned(),
        account_id: shop.account.account_id.clone(),
        licence_id: String::new(),
        reference: String::new(),
        settlement,
        at: shop.harness.clock().now(),
    };
    let event = Event {
        event_id: event_id.to_owned(),
        name: ledger::PAID.to_owned(),
        source: "customer-accounts".to_owned(),
        at: shop.harness.clock().now(),
        payload: serde_json::to_value(paid).expect("JSON"),
    };
    let caller = shop.harness.job_caller("event");
    let event = serde_json::to_value(event).expect("JSON");
    shop.harness.call(&format!("event:{}", ledger::PAID), &caller, event).expect("heard");
}

#[test]
fn a_renewal_moves_the_end_and_books_one_transaction() {
    on_each(|shop| {
        let booked = ledger(shop);
        let licence = subscription(shop, &json!({}));
        let path = format!("/api/admin/licenze/{}/rinnova", text(&licence, "id"));
        let body = json!({"periodo": "P6M", "sconto": 10.0, "metodo": "bonifico"});
        let answer = renewer(shop).post_json(&path, &body).expect(200).json();
        assert_eq!(answer["licenza"]["scadenza"], "2027-06-30T23:59:59Z");
        assert_eq!(answer["rinnovo"]["importo"], json!({"importo": 5_400, "valuta": "EUR"}));
        assert_eq!(answer["licenza"]["rinnovi"], 1);
        let booked = booked.lock().expect("alone");
        let kinds: Vec<_> = booked.iter().map(|book| (book.kind, book.amount)).collect();
        let expected = [(TransactionKind::Activation, 12_000), (TransactionKind::Renewal, 5_400)];
        assert_eq!(kinds, expected);
        assert_eq!(booked[1].method, "bank_transfer");
        assert!(shop.harness.effects().event_names().contains(&"licences.renewed.v1"));
        let page = renewer(shop).get(&format!("/crm/licences/{}", text(&licence, "id")));
        assert!(page.expect(200).html().contains("Renewal: 54.00 EUR"));
    });
}

#[test]
fn a_reference_renews_once() {
    on_each(|shop| {
        let booked = ledger(shop);
        let licence = subscription(shop, &json!({}));
        let key = text(&licence, "chiave_licenza");
        let body = json!({
            "chiave_licenza": key, "periodo": 12, "modalita": "posticipato", "riferimento": "o-1",
        });
        let client = renewer(shop);
        let first = client.post_json("/api/licenze/rinnova", &body).expect(200).json();
        let again = client.post_json("/api/licenze/rinnova", &body).expect(200).json();
        assert_eq!(first, again);
        assert_eq!(first["licenza"]["scadenza"], "2027-12-31T23:59:59Z");
        assert_eq!(first["transazione"]["modalita"], "posticipato");
        assert_eq!(booked.lock().expect("alone").len(), 2);
        assert!(read(shop, &licence)["pagamento_entro"].is_string());
    });
}

#[test]
fn only_who_may_renew_does_and_only_in_his_branch() {
    on_each(|shop| {
        ledger(shop);
        let licence = subscription(shop, &json!({}));
        let mut body = json!({
            "chiave_licenza": text(&licence, "chiave_licenza"), "periodo": "P1Y",
            "modalita": "pagamento",
        });
        let path = "/api/licenze/rinnova";
        shop.harness.anonymous().post_json(path, &body).expect(401);
        shop.seller().post_json(path, &body).expect(403);
        let sibling = shop.sibling().with_permissions(&["license-generator:renew"]);
        assert_eq!(sibling.post_json(path, &body).expect(404).problem(), "chiave_sconosciuta");
        body["riferimento"] = json!("pagamento-77");
        let refused = shop.harness.anonymous().post_json(path, &body).expect(403);
        assert_eq!(refused.problem(), "riferimento_non_verificabile");
        for (wrong, pointer) in [("P0M", "/periodo"), ("mai", "/periodo")] {
            body["periodo"] = json!(wrong);
            let answer = renewer(shop).post_json(path, &body).expect(422).json();
            assert_eq!(answer["errors"][0]["pointer"], pointer);
        }
    });
}

#[test]
fn a_licence_renews_itself_once() {
    on_each(|shop| {
        let booked = ledger(shop);
        let licence = subscription(shop, &json!({"rinnovo": "automatico"}));
        let manual = subscription(shop, &json!({}));
        shop.harness
            .clock()
            .set(plugin_api::time::parse_end_of_day("2026-12-31").unwrap() - 60_000);
        for _ in 0..3 {
            run(shop, "renew-automatically");
        }
        assert_eq!(read(shop, &licence)["scadenza"], "2027-12-31T23:59:59Z");
        assert_eq!(read(shop, &manual)["scadenza"], "2026-12-31T23:59:59Z");
        let last = booked.lock().expect("alone").last().cloned().expect("booked");
        assert_eq!((last.kind, last.amount), (TransactionKind::Postponed, 12_000));
        assert_eq!(booked.lock().expect("alone").len(), 3);
    });
}

#[test]
fn a_month_does_not_renew_itself_many_times_ahead() {
    on_each(|shop| {
        let booked = ledger(shop);
        let licence = subscription(shop, &json!({"rinnovo": "automatico"}));
        shop.harness.sql("update license_generator_licence set renewal_months = 1", []);
        shop.harness.set_setting("auto-renew-days", json!(90));
        shop.harness.clock().set(plugin_api::time::parse_end_of_day("2026-12-20").unwrap());
        let sold = booked.lock().expect("alone").len();
        for _ in 0..4 {
            run(shop, "renew-automatically");
        }
        assert_eq!(read(shop, &licence)["scadenza"], "2027-01-31T23:59:59Z");
        assert_eq!(booked.lock().expect("alone").len(), sold + 1);
    });
}

#[test]
fn a_renewal_that_fails_is_seen_and_not_tried_for_ever() {
    on_each(|shop| {
        // What keeps the ledger does not answer as it should.
        let broken = Contract::<Book, Json>::new(ledger::BOOK.name);
        shop.harness.service_fake(&broken, |_| json!(null));
        let order =
            json!({"tipo": "abbonamento", "scadenza": "2026-12-31", "rinnovo": "automatico"});
        let licence = shop.issue(&order);
        shop.harness.sql("update license_generator_licence set price = 12000", []);
        shop.harness.clock().set(plugin_api::time::parse_end_of_day("2026-12-31").unwrap());
        for _ in 0..6 {
            run(shop, "renew-automatically");
            run(shop, "renew-automatically");
            shop.harness.clock().advance_days(1);
        }
        let attempts =
            "select cast(sum(attempts) as signed) from license_generator_renewal_failure";
        assert_eq!(shop.harness.scalar(attempts, []), 3, "it is not tried for ever");
        assert_eq!(read(shop, &licence)["scadenza"], "2026-12-31T23:59:59Z");
        let page = renewer(shop).get("/crm/failed-renewals").expect(200);
        assert!(page.html().contains("Bianchi"), "{page}");
        let page = format!("/crm/licences/{}", text(&licence, "id"));
        assert!(renewer(shop).get(&page).expect(200).html().contains("could not renew itself"));
        ledger(shop);
        run(shop, "renew-automatically");
        assert_eq!(read(shop, &licence)["scadenza"], "2026-12-31T23:59:59Z");
        renewer(shop).post_form(&format!("{page}/renew-again"), &[]).expect(303);
        run(shop, "renew-automatically");
        assert_eq!(read(shop, &licence)["scadenza"], "2027-12-31T23:59:59Z");
        assert_eq!(
            shop.harness.scalar("select count(*) from license_generator_renewal_failure", []),
            0
        );
    });
}

#[test]
fn a_late_payment_suspends_and_its_arrival_restores() {
    on_each(|shop| {
        ledger(shop);
        let licence = subscription(shop, &json!({"pagamento_entro": "2026-02-01"}));
        let conditions = "update license_generator_licence set conditions = ?";
        shop.harness.sql(conditions, [json!({"suspend_after_days": 15}).to_string().into()]);
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc").expect(200);
        shop.harness.clock().set(plugin_api::time::parse_end_of_day("2026-02-16").unwrap());
        run(shop, "follow-payments");
        assert_eq!(read(shop, &licence)["stato"], "attiva");
        shop.harness.clock().advance(DAY);
        run(shop, "follow-payments");
        let now = read(shop, &licence);
        assert_eq!((&now["stato"], &now["sospesa_per"]), (&json!("sospesa"), &json!("pagamento")));
        assert_eq!(shop.validate(&key, "pc")["codice"], "licenza_sospesa");

        let path = format!("/api/admin/licenze/{}", text(&licence, "id"));
        let refused = shop.seller().post_json(&format!("{path}/riprendi"), json!({})).expect(409);
        assert_eq!(refused.problem(), "sospesa_per_pagamento");
        let due = renewer(shop).get("/crm/licences-due?ritardo=1_30").expect(200);
        assert!(due.html().contains("120.00 EUR"), "{due}");

        settled(shop, "T1", Settlement::Paid, "e1");
        settled(shop, "T1", Settlement::Paid, "e1");
        let now = read(shop, &licence);
        assert_eq!((&now["stato"], &now["sospesa_per"]), (&json!("attiva"), &Json::Null));
        assert!(now["pagata"].is_string());
        assert_eq!(shop.validate(&key, "pc")["valida"], true);
        settled(shop, "T1", Settlement::Reopened, "e2");
        assert_eq!(read(shop, &licence)["sospesa_per"], "pagamento");
        settled(shop, "T1", Settlement::Cancelled, "e3");
        assert_eq!(read(shop, &licence)["stato"], "attiva");
        let due = renewer(shop).get("/crm/licences-due").expect(200);
        assert!(!due.html().contains("120.00 EUR"), "{due}");
    });
}

#[test]
fn a_payment_is_noted_on_the_page_of_its_licence() {
    on_each(|shop| {
        ledger(shop);
        let licence = subscription(shop, &json!({"pagamento_entro": "2026-02-01"}));
        let page = format!("/crm/licences/{}", text(&licence, "id"));
        let html = renewer(shop).get(&page).expect(200).text().to_owned();
        let from = html.find("name=\"pagamento\" value=\"").expect("a form") + 24;
        let payment = html[from..].split('"').next().expect("an id").to_owned();
        let form = [("pagamento", payment.as_str()), ("data", "2026-01-20"), ("metodo", "carta")];
        let client = renewer(shop);
        client.post_form(&format!("{page}/paid"), &form).expect(303);
        assert_eq!(client.post_form(&format!("{page}/paid"), &form).status, 409);
        assert!(read(shop, &licence)["pagata"].is_string());
        let sibling = shop.sibling().with_permissions(&["license-generator:renew"]);
        assert_eq!(sibling.post_form(&format!("{page}/paid"), &form).status, 404);
    });
}

#[test]
fn the_form_says_what_happens_and_renews() {
    on_each(|shop| {
        ledger(shop);
        let licence = subscription(shop, &json!({}));
        let page = format!("/crm/licences/{}/renew", text(&licence, "id"));
        let client = renewer(shop);
        assert!(client.get(&page).expect(200).html().contains("value=\"12\""));
        let fields = [("mesi", "24"), ("modalita", "posticipato"), ("da", "dopo")];
        let told =
            client.post_form(&format!("{page}/preview"), &fields).expect(200).text().to_owned();
        assert!(told.contains("240.00 EUR") && told.contains("2028"), "{told}");
        let wrong = client.post_form(&page, &[("mesi", "0"), ("prezzo", "gratis")]).expect(422);
        assert!(wrong.html().contains("value=\"gratis\""), "{wrong}");
        client.post_form(&page, &fields).expect(303);
        assert_eq!(read(shop, &licence)["scadenza"], "2028-12-31T23:59:59Z");
        let trial = shop.issue(&json!({"tipo": "trial"}));
        let page = format!("/crm/licences/{}/renew", text(&trial, "id"));
        assert_eq!(client.post_form(&page, &fields).status, 422);
    });
}
