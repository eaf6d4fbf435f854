//! `/crm/customers/{id}/timeline` and `…/cronologia`.

use plugin_api::contracts::timeline::{Entry, HAPPENED};
use plugin_api::lent::Event;
use plugin_testing::Harness;
use serde_json::Value as Json;

use crate::{entered, id, on_each, reseller, sibling};

fn told(harness: &Harness, n: i64, entry: Entry) {
    let entry = Entry {
        at: harness.clock().now() + n,
        icon: "key".to_owned(),
        text: [("en", "Licence issued"), ("it", "Licenza emessa")]
            .map(|(code, text)| (code.to_owned(), format!("{text} {n} <b>")))
            .into(),
        ..entry
    };
    harness.deliver(&Event {
        event_id: format!("0199d7c0-0000-7000-8000-{n:012}"),
        name: HAPPENED.to_owned(),
        source: "license-generator".to_owned(),
        at: entry.at,
        payload: serde_json::to_value(entry).expect("an entry is JSON"),
    });
}

fn lines(page: &Json) -> Vec<String> {
    let lines = page["dati"].as_array().cloned().unwrap_or_default();
    lines.iter().map(|line| line["tipo"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_line_is_taken_in_once_and_read_in_the_readers_language() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Rossi");
        let entry = Entry {
            account_id: id(&customer).to_owned(),
            kind: "licence.issued".to_owned(),
            path: "/crm/licences/1".to_owned(),
            actor: "Anna".to_owned(),
            ..Entry::default()
        };
        told(harness, 1, entry.clone());
        told(harness, 1, entry.clone());
        told(harness, 2, Entry { path: "https://evil.example".to_owned(), ..entry.clone() });
        told(harness, 3, Entry { account_id: "nobody".to_owned(), ..entry });
        let api = format!("/api/admin/clienti/{}/cronologia", id(&customer));
        let page = client.clone().language("it").get(&api).expect(200).json();
        assert_eq!(lines(&page), ["licence.issued", "licence.issued", "customer.created"]);
        assert_eq!(page["dati"][1]["testo"], "Licenza emessa 1 <b>");
        assert_eq!(page["dati"][1]["collegamento"], "/crm/licences/1");
        assert_eq!(page["dati"][0]["collegamento"], Json::Null);
        let path = format!("/crm/customers/{}/timeline", id(&customer));
        let html = client.get(&path).expect(200);
        assert!(html.html().contains("Licence issued 1 &#60;b&#62;"), "{}", html.html());
        let only = client.get(&format!("{path}?kind=customer.created")).expect(200);
        assert!(!only.html().contains("Licence issued"), "{}", only.html());
        client.get(&format!("{path}?kind=nonsense%26&cursor=x")).expect(200);
    });
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Rossi");
        for n in 1..=7 {
            let account_id = id(&customer).to_owned();
            told(harness, n, Entry { account_id, kind: "a.b".to_owned(), ..Entry::default() });
        }
        let api = format!("/api/admin/clienti/{}/cronologia?limit=3", id(&customer));
        let mut all = Vec::new();
        let mut next = String::new();
        loop {
            let page = client.get(&format!("{api}{next}")).expect(200).json();
            all.extend(page["dati"].as_array().cloned().unwrap_or_default());
            let Some(cursor) = page["prossimo"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        assert_eq!(all.len(), 8);
        client.get(&format!("{api}&cursor=x")).expect(400);
        client.get(&format!("{api}0000")).expect(400);
    });
}

#[test]
fn the_timeline_of_a_foreign_customer_does_not_exist() {
    on_each(|harness| {
        let customer = entered(&reseller(harness), "Rossi");
        let other = sibling(harness);
        other.get(&format!("/crm/customers/{}/timeline", id(&customer))).expect(404);
        other.get(&format!("/api/admin/clienti/{}/cronologia", id(&customer))).expect(404);
    });
}

#[test]
fn merged_customers_show_both_histories() {
    on_each(|harness| {
        let client = reseller(harness);
        let ids = ["A", "B", "C"].map(|name| id(&entered(&client, name)).to_owned());
        let merge = "update customer_accounts_customer set merged_into = ? where customer_id = ?";
        harness.sql(merge, [ids[1].as_str().into(), ids[2].as_str().into()]);
        harness.sql(merge, [ids[0].as_str().into(), ids[1].as_str().into()]);
        let page = client.get(&format!("/api/admin/clienti/{}/cronologia", ids[0])).expect(200);
        assert_eq!(lines(&page.json()).len(), 3);
        let page = client.get(&format!("/api/admin/clienti/{}/cronologia", ids[2])).expect(200);
        assert_eq!(lines(&page.json()).len(), 1);
    });
}

#[test]
fn a_line_leads_only_where_its_reader_may_go() {
    on_each(|harness| {
        let client = reseller(harness);
        let customer = entered(&client, "Rossi");
        let entry = Entry {
            account_id: id(&customer).to_owned(),
            kind: "licence.issued".to_owned(),
            path: "/crm/licences/1".to_owned(),
            permission: "license-generator:read".to_owned(),
            ..Entry::default()
        };
        told(harness, 1, entry);
        let path = format!("/crm/customers/{}/timeline", id(&customer));
        let api = format!("/api/admin/clienti/{}/cronologia", id(&customer));
        let html = client.get(&path).expect(200).html().to_owned();
        assert!(html.contains("Licence issued 1") && !html.contains("/crm/licences/1"), "{html}");
        assert!(!html.contains("/transactions\""), "no tab that is refused: {html}");
        assert_eq!(client.get(&api).json()["dati"][0]["collegamento"], Json::Null);
        let may = ["customer-accounts:read", "license-generator:read"];
        let other = harness.in_branch(&harness.organisations().reseller, &may);
        assert!(other.get(&path).expect(200).html().contains("/crm/licences/1"));
        assert_eq!(other.get(&api).json()["dati"][0]["collegamento"], "/crm/licences/1");
    });
}
