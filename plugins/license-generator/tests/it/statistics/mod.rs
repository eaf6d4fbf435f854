//! Figures: the daily ones and the open days together are what a plain recount says, each sees his
//! branch, and what is internal is never sold.

mod history;
mod scale;
mod usage;

use plugin_api::contracts::accounts::{MERGED, Merged};
use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each};

const STATISTICS: &str = "license-generator:statistics";

/// Somebody of the first reseller who may see figures.
fn reader(shop: &Shop<'_>) -> Client {
    shop.seller().with_permissions(&[STATISTICS, "license-generator:read"])
}

/// Folds what is due.
fn fold(shop: &Shop<'_>) {
    let caller = shop.harness.job_caller("fold-figures");
    shop.harness.call("job:fold-figures", &caller, json!(null)).expect("folded");
}

fn figures(client: &Client, query: &str) -> Json {
    client.get(&format!("/api/statistiche?{query}")).expect(200).json()
}

/// The sum of a member over the lines of a figure.
fn total(figures: &Json, figure: &str, member: &str) -> i64 {
    let lines = figures[figure].as_array().expect("lines");
    lines.iter().map(|line| line[member].as_i64().expect("a number")).sum()
}

#[test]
fn a_day_is_the_same_before_and_after_it_is_folded() {
    on_each(|shop| {
        let key = shop.key(&json!({ "prezzo": { "importo": 50_000, "valuta": "EUR" } }));
        shop.key(&json!({ "interna": true }));
        shop.activate(&key, "a").expect(200);
        shop.activate("ABCDE-ABCDE-ABCDE-ABCDE-ABCDE", "a");
        let open = figures(&reader(shop), "da=2026-01-01&a=2026-01-31");
        assert_eq!(open["emesse"], 1, "{open}");
        assert_eq!(open["interne"], 1, "{open}");
        assert_eq!(total(&open, "attivazioni", "attivazioni"), 1, "{open}");
        assert_eq!(total(&open, "vendite", "importo_vendite"), 50_000, "{open}");
        assert_eq!(open["attive"][0]["licenze"], 2, "{open}");
        assert_eq!(open["attive"][0]["interne"], 1, "{open}");
        assert_eq!(open["moduli"][0]["modulo"], "base", "{open}");
        assert_eq!(open["moduli"][0]["licenze"], 2, "{open}");
        shop.harness.clock().advance_days(2);
        for _ in 0..2 {
            fold(shop);
            let rows = "select count(*) from license_generator_daily where measure = 'sale'";
            assert_eq!(shop.harness.scalar(rows, []), 1);
            let mut folded = figures(&reader(shop), "da=2026-01-01&a=2026-01-31");
            folded["aggiornate"] = open["aggiornate"].clone();
            folded["scadenze"] = open["scadenze"].clone();
            assert_eq!(folded, open);
        }
    });
}

#[test]
fn each_sees_his_branch_and_a_foreign_node_is_none() {
    on_each(|shop| {
        shop.key(&json!({ "prezzo": { "importo": 50_000, "valuta": "EUR" } }));
        shop.harness.clock().advance_days(1);
        fold(shop);
        let sibling = shop.sibling().with_permissions(&[STATISTICS]);
        let period = "da=2026-01-01&a=2026-01-31";
        assert_eq!(figures(&sibling, period)["emesse"], 0);
        assert_eq!(figures(&sibling, period)["attive"], json!([]));
        assert_eq!(figures(&sibling, period)["moduli"], json!([]));
        let all = shop.harness.superadmin();
        let below = |node: &str| figures(&all, &format!("{period}&organizzazione={node}"));
        let nodes = shop.harness.organisations();
        assert_eq!(below(&shop.account.organisation_id)["emesse"], 1);
        assert_eq!(below(&nodes.reseller.id)["emesse"], 1);
        assert_eq!(below(&nodes.reseller.id)["organizzazione"]["id"], nodes.reseller.id.as_str());
        assert_eq!(below(&nodes.sibling.id)["emesse"], 0);
        for node in [nodes.reseller.id.as_str(), "0199d7c0-0000-7000-8000-00000000ffff", "è"] {
            let path = format!("/api/statistiche?organizzazione={node}");
            assert_eq!(sibling.get(&path).expect(404).problem(), "not_found");
            let page = format!("/crm/licences/dashboard?organizzazione={node}");
            sibling.get(&page).expect(404);
        }
        let of = |code: &str| figures(&all, &format!("{period}&prodotto={code}"));
        assert_eq!(of("STUDIO")["emesse"], 1);
        all.get("/api/statistiche?prodotto=NIENTE").expect(400);
        shop.seller().get("/api/statistiche").expect(403);
        shop.seller().get("/crm/licences/dashboard").expect(403);
    });
}

#[test]
fn days_that_make_no_sense_are_refused() {
    on_each(|shop| {
        for query in
            ["da=oggi", "da=2026-01-02&a=2026-01-01", "da=1900-01-01&a=2026-01-01", "a=2026-02-30"]
        {
            let api = reader(shop).get(&format!("/api/statistiche?{query}")).expect(400);
            assert_eq!(api.problem(), "malformed_query", "{query}");
            let page = format!("/crm/licences/dashboard?{query}");
            assert!(reader(shop).get(&page).expect(400).html().contains("f-da"), "{query}");
        }
    });
}

#[test]
fn the_page_shows_charts_with_their_tables_and_files() {
    on_each(|shop| {
        let empty = reader(shop).get("/crm/licences/dashboard").expect(200);
        assert!(empty.html().contains("Nothing in this period"), "{empty}");
        let key = shop.key(&json!({ "prezzo": { "importo": 50_000, "valuta": "EUR" } }));
        shop.activate(&key, "a").expect(200);
        let page = reader(shop).language("it").get("/crm/licences/dashboard").expect(200);
        for part in [
            "<h1",
            "Cruscotto licenze",
            "chart-attive",
            "chart-vendite-EUR",
            "figura=vendite&#38;format=xlsx",
            "/crm/licences?prodotto=STUDIO&#38;tipo=permanente&#38;stato=attiva,demo",
        ] {
            assert!(page.html().contains(part), "{part}: {page}");
        }
        assert!(!page.html().contains('⟦'), "{page}");
        let file = |figure: &str, format: &str| {
            let path = "/crm/licences/dashboard/export";
            reader(shop).get(&format!("{path}?figura={figure}&format={format}"))
        };
        let csv = file("vendite", "csv").expect(200);
        assert!(csv.text().contains("2026-01,EUR,1,500.00,0,0.00"), "{csv}");
        let json = file("attive", "json").expect(200).json();
        assert_eq!(json[0]["licenze"], 1);
        assert!(file("attivazioni", "xlsx").expect(200).bytes.starts_with(b"PK"));
        file("attive", "pdf").expect(400);
        file("altro", "csv").expect(400);
    });
}

#[test]
fn figures_go_with_a_customer_that_is_merged() {
    on_each(|shop| {
        shop.key(&json!({ "prezzo": { "importo": 50_000, "valuta": "EUR" } }));
        let into = shop.harness.account(&shop.harness.organisations().sibling, "Verdi");
        let order = json!({ "cliente": into.account_id, "prodotto": "STUDIO", "tipo": "permanente",
            "prezzo": { "importo": 700, "valuta": "EUR" } });
        shop.sibling().post_json("/api/admin/licenze", order).expect(201);
        shop.harness.clock().advance_days(5);
        fold(shop);
        let merged = Merged { from: shop.account.clone(), into: into.clone() };
        let event = plugin_api::lent::Event {
            event_id: "merged-1".into(),
            name: MERGED.into(),
            source: "customer-accounts".into(),
            at: 0,
            payload: json!(merged),
        };
        for _ in 0..2 {
            shop.harness.deliver(&event);
            let period = "da=2026-01-01&a=2026-01-31";
            let sibling = shop.sibling().with_permissions(&[STATISTICS]);
            assert_eq!(total(&figures(&sibling, period), "vendite", "importo_vendite"), 50_700);
            assert_eq!(figures(&reader(shop), period)["emesse"], 0);
        }
    });
}

#[test]
fn licences_with_older_dates_are_folded_all_the_same() {
    on_each(|shop| {
        shop.key(&json!({}));
        shop.harness.clock().advance_days(30);
        fold(shop);
        shop.harness
            .sql("update license_generator_licence set created_at = created_at + 864000000", []);
        fold(shop);
        let figures = figures(&reader(shop), "da=2026-01-25&a=2026-01-25");
        assert_eq!(figures["emesse"], 1, "{figures}");
        let rows = "select count(*) from license_generator_daily where measure = 'issued'";
        assert_eq!(shop.harness.scalar(rows, []), 1);
    });
}
