//! The ledger: booked by people, software and other plugins; settled and corrected.

use plugin_api::contracts::ledger::{self, Book, Settlement, TransactionKind};
use plugin_api::time::{DAY, parse_date};
use plugin_testing::{Client, Harness};
use serde_json::{Value as Json, json};

use crate::{entered, id, on_each};

const LEDGER: [&str; 5] = [
    "customer-accounts:read",
    "customer-accounts:write",
    "customer-accounts:transactions",
    "customer-accounts:book",
    "customer-accounts:portal",
];
const API: &str = "/api/admin/transazioni";

fn reseller(harness: &Harness) -> Client {
    harness.in_branch(&harness.organisations().reseller, &LEDGER)
}

fn sibling(harness: &Harness) -> Client {
    harness.in_branch(&harness.organisations().sibling, &LEDGER)
}

fn postponed(customer: &Json, amount: i64, due: &str) -> Json {
    json!({
        "cliente": id(customer), "tipo": "posticipata",
        "importo": { "importo": amount, "valuta": "EUR" }, "data": "2025-01-01", "scadenza": due,
    })
}

fn booking(customer: &Json, reference: &str) -> Book {
    Book {
        account_id: id(customer).to_owned(),
        kind: TransactionKind::Activation,
        amount: 12_000,
        currency: "EUR".to_owned(),
        at: plugin_testing::START,
        due_at: None,
        method: "card".to_owned(),
        notes: String::new(),
        licence_id: String::new(),
        licence_name: "Studio Pro".to_owned(),
        reference: reference.to_owned(),
    }
}

fn rows(harness: &Harness) -> i64 {
    harness.scalar("select count(*) from customer_accounts_transaction", [])
}

#[test]
fn an_entry_is_booked_settled_reopened_and_corrected_but_never_changed_or_deleted() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Rossi");
        let entry =
            client.post_json(API, postponed(&customer, 12_050, "2026-01-14")).expect(201).json();
        assert_eq!(
            (&entry["aperta"], &entry["importo"]["importo"]),
            (&json!(true), &json!(12_050))
        );
        let page = format!("/crm/transactions/{}", id(&entry));
        let html = client.get(&page).expect(200).html().to_owned();
        assert!(html.contains("Overdue") && html.contains("120.50 EUR"), "{html}");

        let salda = format!("{API}/{}/salda", id(&entry));
        let paid = json!({ "data": "2026-01-15", "metodo": "bonifico" });
        let settled = client.post_json(&salda, &paid).expect(200).json();
        assert_eq!(
            (&settled["saldata"], &settled["metodo_saldo"]),
            (&json!("2026-01-15"), &json!("bonifico"))
        );
        client.post_json(&salda, &paid).expect(200);
        let other = client.post_json(&salda, json!({ "data": "2026-01-10" }));
        assert_eq!(other.problem(), "transaction_changed");

        client.post_form(&format!("{page}/reopen"), &[]).expect(303);
        client.post_form(&format!("{page}/reopen"), &[]).expect(409);
        assert_eq!(client.get(&format!("{API}/{}", id(&entry))).json()["aperta"], true);

        client.post_form(&format!("{page}/reverse"), &[("reason", "a mistake")]).expect(303);
        client.post_form(&format!("{page}/reverse"), &[]).expect(409);
        client.post_form(&format!("{page}/settle"), &[("date", "2026-01-15")]).expect(409);
        let list = client.get(API).expect(200).json();
        let amounts: Vec<_> = list["dati"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["importo"]["importo"].clone())
            .collect();
        assert_eq!(amounts, [json!(-12_050), json!(12_050)]);
        let actions = harness.effects();
        let ours: Vec<_> = actions
            .actions()
            .into_iter()
            .filter(|action| action.starts_with("transaction"))
            .map(str::to_owned)
            .collect();
        assert_eq!(
            ours,
            [
                "transaction.booked",
                "transaction.settled",
                "transaction.reopened",
                "transaction.reversed"
            ]
        );
        let told = harness.scalar(
            "select count(*) from customer_accounts_timeline where kind like 'transaction.%'",
            [],
        );
        assert_eq!(told, 4);
    });
}

#[test]
fn the_form_books_once_and_tells_what_is_wrong() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Rossi");
        let form = format!("/crm/customers/{}/transactions/new", id(&customer));
        client.get(&form).expect(200);
        let wrong = client
            .post_form(
                &form,
                &[
                    ("kind", "postponed"),
                    ("amount", "<i>"),
                    ("currency", "EUR"),
                    ("date", "2026-01-15"),
                ],
            )
            .expect(422);
        assert!(
            wrong.html().contains("href=\"#f-amount\"") && wrong.html().contains("href=\"#f-due\"")
        );
        assert!(!wrong.html().contains("<i>"));
        let fields = [
            ("transaction_id", "00000000-0000-7000-8000-00000000beef"),
            ("kind", "renewal"),
            ("amount", "99,90"),
            ("currency", "eur"),
            ("date", "2026-01-15"),
            ("method", "cash"),
        ];
        let first = client.post_form(&form, &fields).expect(303).location();
        assert_eq!(client.post_form(&form, &fields).expect(303).location(), first);
        assert_eq!(rows(harness), 1);
        let tab = client.get(&format!("/crm/customers/{}/transactions", id(&customer))).expect(200);
        assert!(tab.html().contains("99.90 EUR"), "{}", tab.html());
        let ledger = client.get("/crm/transactions?tipo=rinnovo").expect(200);
        assert!(ledger.html().contains("Totals") && ledger.html().contains("99.90 EUR"));
        let csv = client.get("/crm/transactions/export?format=csv").expect(200);
        assert!(csv.text().contains("Rossi"), "{}", csv.text());
    });
}

#[test]
fn the_same_reference_is_booked_once_however_often_and_however_fast() {
    on_each(|harness| {
        let client = reseller(harness);
        let (rossi, bianchi) = (entered(&client, "Rossi"), entered(&client, "Bianchi"));
        let book = |customer: &Json, reference: &str| {
            harness
                .service(&ledger::BOOK, client.caller(), &booking(customer, reference))
                .expect("booked")
                .transaction_id
        };
        let first = book(&rossi, "licence:1");
        assert_eq!(book(&rossi, "licence:1"), first);
        assert_ne!(book(&bianchi, "licence:1"), first);
        assert_ne!(book(&rossi, ""), book(&rossi, ""));
        assert_eq!(rows(harness), 4);

        let ids = harness.parallel(8, |_| book(&rossi, "licence:2"));
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(rows(harness), 5);

        let outside =
            harness.service(&ledger::BOOK, sibling(harness).caller(), &booking(&rossi, "x"));
        assert_eq!(outside.expect_err("refused").kind, plugin_api::FaultKind::NotFound);
        let odd = Book { due_at: Some(1), ..booking(&rossi, "y") };
        assert!(harness.service(&ledger::BOOK, client.caller(), &odd).is_err());
        assert_eq!(rows(harness), 5);
    });
}

#[test]
fn others_settle_an_entry_and_hear_what_became_of_it() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Rossi");
        let due_at = Some(plugin_testing::START + DAY);
        let postponed = Book {
            kind: TransactionKind::Postponed,
            due_at,
            licence_id: "L".to_owned(),
            ..booking(&customer, "licence:9")
        };
        let caller = client.caller();
        let booked = harness.service(&ledger::BOOK, caller, &postponed).expect("booked");
        let asked = ledger::Settle {
            transaction_id: booked.transaction_id.clone(),
            at: plugin_testing::START,
            method: "card".to_owned(),
        };
        let foreign = harness.service(&ledger::SETTLE, sibling(harness).caller(), &asked);
        assert_eq!(foreign.expect_err("refused").kind, plugin_api::FaultKind::NotFound);
        assert!(harness.service(&ledger::SETTLE, caller, &asked).expect("settled"));
        assert!(harness.service(&ledger::SETTLE, caller, &asked).expect("settled already"));
        let page = format!("/crm/transactions/{}", booked.transaction_id);
        client.post_form(&format!("{page}/reopen"), &[]).expect(303);
        client.post_form(&format!("{page}/reverse"), &[("reason", "")]).expect(303);
        assert!(!harness.service(&ledger::SETTLE, caller, &asked).expect("it was taken back"));
        let told: Vec<ledger::Paid> = harness
            .effects()
            .events
            .into_iter()
            .filter(|event| event.name == ledger::PAID)
            .map(|event| serde_json::from_value(event.payload).expect("told"))
            .collect();
        let settlements: Vec<_> = told.iter().map(|told| told.settlement).collect();
        let all = [Settlement::Paid, Settlement::Reopened, Settlement::Cancelled];
        assert_eq!(settlements, all);
        assert!(told.iter().all(|told| told.transaction_id == booked.transaction_id));
        assert_eq!((told[0].reference.as_str(), told[0].licence_id.as_str()), ("licence:9", "L"));
    });
}

#[test]
fn ageing_counts_whole_days_and_what_is_paid_or_corrected_is_gone() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Rossi");
        // START is 2026-01-15, 10:00.
        let today = parse_date("2026-01-15").expect("a day");
        let due = |days: i64| plugin_api::time::date(today - days * DAY);
        for (days, amount) in
            [(-1, 1), (0, 2), (1, 4), (30, 8), (31, 16), (60, 32), (61, 64), (90, 128), (91, 256)]
        {
            client.post_json(API, postponed(&customer, amount, &due(days))).expect(201);
        }
        for gone in ["salda", "storna"] {
            let entry =
                client.post_json(API, postponed(&customer, 9_999, &due(40))).expect(201).json();
            if gone == "salda" {
                client.post_json(&format!("{API}/{}/salda", id(&entry)), json!({})).expect(200);
            } else {
                client
                    .post_form(&format!("/crm/transactions/{}/reverse", id(&entry)), &[])
                    .expect(303);
            }
        }
        client.get("/crm/transactions/ageing").expect(200);
        let json = client.get("/crm/transactions/ageing/export?format=json").expect(200).json();
        let text = json.to_string();
        let row = json.as_array().map_or_else(|| json["dati"][0].clone(), |rows| rows[0].clone());
        let amount = |column: &str| {
            let cell = &row[column];
            cell["importo"]
                .as_i64()
                .or_else(|| cell["minor"].as_i64())
                .or_else(|| cell.as_i64())
                .or_else(|| cell.get("amount").and_then(Json::as_i64))
                .unwrap_or_else(|| panic!("{column}: {text}"))
        };
        assert_eq!(amount("non_scaduto"), 3);
        assert_eq!(amount("giorni_1_30"), 12);
        assert_eq!(amount("giorni_31_60"), 48);
        assert_eq!(amount("giorni_61_90"), 192);
        assert_eq!(amount("oltre_90"), 256);
        assert_eq!(amount("totale"), 511);
    });
}

#[test]
fn nobody_sees_or_touches_the_ledger_of_another_branch() {
    on_each(|harness| {
        let (client, other) = (reseller(harness), sibling(harness));
        let customer = entered(&client, "Rossi");
        let entry =
            client.post_json(API, postponed(&customer, 100, "2026-02-01")).expect(201).json();
        let page = format!("/crm/transactions/{}", id(&entry));
        for path in [
            page.clone(),
            format!("{API}/{}", id(&entry)),
            format!("/crm/customers/{}/transactions", id(&customer)),
        ] {
            other.get(&path).expect(404);
        }
        other.post_form(&format!("{page}/settle"), &[("date", "2026-01-15")]).expect(404);
        other.post_form(&format!("{page}/reverse"), &[]).expect(404);
        other.post_json(&format!("{API}/{}/salda", id(&entry)), json!({})).expect(404);
        let refused = other.post_json(API, postponed(&customer, 1, "2026-02-01"));
        assert_eq!(refused.problem(), "validation");
        assert_eq!(other.get(API).json()["dati"], json!([]));
        for path in
            ["/crm/transactions", "/crm/transactions/ageing", "/crm/my-account/transactions"]
        {
            assert!(!other.get(path).expect(200).html().contains("Rossi"), "{path}");
        }
        assert_eq!(rows(harness), 1);
    });
}

#[test]
fn an_end_customer_sees_his_own_entries_and_nothing_to_do_with_them() {
    on_each(|harness| {
        let client = reseller(harness);
        let (rossi, bianchi) = (entered(&client, "Rossi"), entered(&client, "Bianchi"));
        client.post_json(API, postponed(&rossi, 111, "2026-02-01")).expect(201);
        client.post_json(API, postponed(&bianchi, 222, "2026-02-01")).expect(201);
        let nodes = harness.effects().organisations;
        let node = nodes.iter().find(|node| node.name == "Rossi").expect("his node");
        let below = &harness.organisations().reseller;
        let node = plugin_testing::Node {
            id: node.organisation_id.clone(),
            path: format!("{}{}/", below.path, node.organisation_id.replace('-', "")),
            kind: "customer".to_owned(),
            name: "Rossi".to_owned(),
        };
        let own = harness.in_branch(&node, &["customer-accounts:portal"]);
        let page = own.get("/crm/my-account/transactions").expect(200);
        assert!(page.html().contains("1.11 EUR") && !page.html().contains("2.22 EUR"));
        assert!(!page.html().contains("/crm/transactions/"), "{}", page.html());
        own.get("/crm/transactions").expect(403);
    });
}

#[test]
fn nothing_is_booked_on_a_record_that_went() {
    on_each(|harness| {
        let all = harness.superadmin();
        let (into, from) = (entered(&all, "Uno"), entered(&all, "Due"));
        let mine = all.post_json(API, postponed(&into, 100, "2026-01-14")).expect(201).json();
        // Another entry's id neither books nor pretends to.
        let form = [
            ("transaction_id", id(&mine)),
            ("kind", "activation"),
            ("amount", "1"),
            ("currency", "EUR"),
            ("date", "2026-01-01"),
        ];
        let page = format!("/crm/customers/{}/transactions/new", id(&from));
        all.post_form(&page, &form).expect(409);
        let merge = all.clone().header("if-match", "*");
        let path = format!("/api/admin/clienti/{}/unisci", id(&into));
        merge.post_json(&path, json!({"altro": from["id"]})).expect(200);
        let refused = all.post_json(API, postponed(&from, 100, "2026-01-14"));
        assert_eq!(refused.expect(409).problem(), "customer_closed");
        all.get(&page).expect(409);
        harness.service(&ledger::BOOK, all.caller(), &booking(&from, "licence:1")).expect("booked");
        let of = "select count(*) from customer_accounts_transaction where customer_id = ?";
        assert_eq!(harness.scalar(of, [id(&into).into()]), 2);
        let none = all.get(&format!("{API}?cliente_id=%C3%A8")).expect(200).json();
        assert_eq!(none["dati"], json!([]), "what can be no id finds nothing on both databases");
        let salda = format!("{API}/{}/salda", id(&mine));
        all.post_json(&salda, json!({ "data": "2026-01-15" })).expect(200);
        let audit = harness.effects().audits.last().expect("audited").clone();
        let settled = |state: Option<&Json>| state.expect("told")["settled_at"].is_null();
        assert!(settled(audit.before.as_ref()) && !settled(audit.after.as_ref()));
    });
}
