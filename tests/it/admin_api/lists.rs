//! Lists: pages that neither skip nor repeat, filters, search and order.

use std::collections::BTreeSet;

use cockpit_tests::{Client, Cockpit};
use serde_json::Value;

/// Every row of a list, fetched in pages of `limit`.
async fn walked(software: &Client, path: &str, limit: usize) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut next = String::new();
    loop {
        let separator = if path.contains('?') { '&' } else { '?' };
        let page = format!("{path}{separator}limit={limit}{next}");
        let page = software.get(&page).await.expect(200).json();
        let mut found = page["dati"].as_array().expect("dati").clone();
        assert!(found.len() <= limit, "{page}");
        rows.append(&mut found);
        match &page["prossimo"] {
            Value::Null => return rows,
            cursor => next = format!("&cursor={}", cursor.as_str().expect("a text")),
        }
        assert!(rows.len() < 2000, "{path} never ends");
    }
}

fn texts(rows: &[Value], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].as_str().unwrap_or_default().to_owned()).collect()
}

/// In pages of every size, in both directions.
pub(super) async fn a_list_is_walked_page_by_page_without_gap_or_repetition(cockpit: &Cockpit) {
    let software = cockpit.software();
    for (path, least) in [("/api/admin/clienti", 20), ("/api/admin/licenze", 20)] {
        let all = walked(&software, path, 100).await;
        assert!(all.len() >= least, "{path}: {}", all.len());
        let ids = texts(&all, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path} repeats");
        for limit in [1, 7, all.len(), all.len() - 1] {
            let limit = limit.min(100);
            assert_eq!(
                texts(&walked(&software, path, limit).await, "id"),
                ids,
                "{path} by {limit}"
            );
        }
        for wrong in [
            "limit=0",
            "limit=101",
            "limit=x",
            "cursor=x",
            "cursor=e30",
            "sort=nothing",
            "nothing=1",
        ] {
            let answer = software.get(&format!("{path}?{wrong}")).await;
            assert_eq!(answer.status, 400, "{path}?{wrong}: {}", answer.told());
        }
    }
    let path = "/api/admin/clienti?sort=ragione_sociale";
    let names = texts(&walked(&software, path, 7).await, "ragione_sociale");
    let mut backward = texts(
        &walked(&software, "/api/admin/clienti?sort=-ragione_sociale", 7).await,
        "ragione_sociale",
    );
    backward.reverse();
    assert_eq!(names, backward);
}

/// Filters narrow, search folds, and none of it is SQL.
pub(super) async fn filters_search_and_order_work_together(cockpit: &Cockpit) {
    let software = cockpit.software();
    let all = walked(&software, "/api/admin/clienti", 100).await;
    for stato in ["convalidato", "in_attesa", "sospeso"] {
        let some = walked(&software, &format!("/api/admin/clienti?stato={stato}"), 100).await;
        let expected = all.iter().filter(|row| row["stato"] == stato).count();
        assert_eq!(some.len(), expected, "{stato}");
        assert!(expected > 0, "the demo has no customer that is {stato}");
    }
    let one = &all[all.len() / 2];
    let name = one["ragione_sociale"].as_str().expect("a name");
    let word = name.split_whitespace().next().expect("a word");
    for q in [word.to_uppercase(), word.to_lowercase()] {
        let request = software.request(reqwest::Method::GET, "/api/admin/clienti");
        let found = software.send(request.query(&[("q", q.as_str())])).await.expect(200).json();
        let rows = found["dati"].as_array().expect("dati");
        assert!(rows.iter().any(|row| row["id"] == one["id"]), "{q}: {found}");
    }
    for q in ["%", "_", "'", "\"", "\\", "%' or '1'='1", "; drop table x", "\u{0}", "🔑", "a%00b"]
    {
        let request = software.request(reqwest::Method::GET, "/api/admin/clienti");
        let answer = software.send(request.query(&[("q", q)])).await;
        assert!(answer.status < 500, "{q:?}: {}", answer.told());
        let is_wild = answer.status == 200
            && answer.json()["dati"].as_array().is_some_and(|rows| rows.len() == all.len());
        assert!(!is_wild || q == "\u{0}", "{q:?} matches everything");
    }
    let licences = walked(&software, "/api/admin/licenze", 100).await;
    for (name, value) in [("stato", "scaduta"), ("stato", "sospesa"), ("tipo", "trial")] {
        let path = format!("/api/admin/licenze?{name}={value}");
        let some = walked(&software, &path, 100).await;
        let expected = licences.iter().filter(|row| row[name] == value).count();
        assert_eq!(some.len(), expected, "{path}");
        assert!(expected > 0, "the demo has no licence with {name} {value}");
    }
    let customer = licences[0]["cliente"].as_str().expect("an id");
    let of_one = walked(&software, &format!("/api/admin/licenze?cliente={customer}"), 100).await;
    assert!(!of_one.is_empty() && of_one.iter().all(|row| row["cliente"] == customer));
    let of_none = walked(&software, "/api/admin/licenze?cliente=nobody", 100).await;
    assert!(of_none.is_empty(), "{of_none:?}");
}
