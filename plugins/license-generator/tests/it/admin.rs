//! `/api/admin/licenze`: list, read and issue, each in one's own branch.

use plugin_api::contracts::accounts::AccountState;
use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{on_each, text};

fn list(client: &Client, query: &str) -> Vec<Json> {
    let answer = client.get(&format!("/api/admin/licenze?{query}")).expect(200).json();
    answer["dati"].as_array().expect("a list").clone()
}

#[test]
fn a_licence_is_issued_read_and_listed() {
    on_each(|shop| {
        let made = shop.issue(&json!({
            "tipo": "abbonamento", "scadenza": "2027-12-31", "interna": true, "utenti": 9,
            "manutenzione_fino_a": "2026-06-30", "note": "prova",
            "prezzo": {"importo": 120_000, "valuta": "EUR"}, "alla_scadenza": "sola_lettura",
        }));
        let read = shop.seller().get(&format!("/api/admin/licenze/{}", text(&made, "id")));
        assert_eq!(read.expect(200).json(), made);
        assert_eq!(made["stato"], "attiva");
        assert_eq!(made["scadenza"], "2027-12-31T23:59:59Z");
        assert_eq!(made["manutenzione_fino_a"], "2026-06-30T23:59:59Z");
        assert_eq!(made["prezzo"], json!({"importo": 120_000, "valuta": "EUR"}));
        assert_eq!(made["moduli"], json!({"base": {"attivo": true}, "pdf": {"attivo": false}}));
        assert_eq!((&made["interna"], &made["utenti"]), (&json!(true), &json!(9)));
        assert_eq!(shop.harness.effects().actions(), ["product.created", "licence.created"]);

        let lines = list(&shop.seller(), "");
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["id"], made["id"]);
        assert_eq!(lines[0]["cliente_nome"], "Bianchi & Figli");
        assert!(!lines[0].to_string().contains(&text(&made, "chiave_licenza")));
    });
}

#[test]
fn the_list_is_filtered_by_what_is_computed_too() {
    on_each(|shop| {
        let trial = shop.issue(&json!({"tipo": "trial", "durata_giorni": 2}));
        let suspended = shop.issue(&json!({"tipo": "trial", "durata_giorni": 2}));
        shop.change(&suspended, "suspend");
        let permanent = shop.issue(&json!({}));
        let seller = shop.seller();
        let ids = |query: &str| -> Vec<Json> {
            list(&seller, query).iter().map(|line| line["id"].clone()).collect()
        };
        assert_eq!(ids("stato=demo"), [trial["id"].clone()]);
        assert_eq!(ids("stato=attiva"), [permanent["id"].clone()]);
        assert_eq!(ids("tipo=permanente"), [permanent["id"].clone()]);
        assert_eq!(ids("prodotto=STUDIO").len(), 3);
        assert_eq!(ids("q=BIANCHI").len(), 3);
        assert_eq!(ids(&format!("cliente={}", shop.account.account_id)).len(), 3);
        assert_eq!(ids("cliente=nessuno").len(), 0);
        shop.harness.clock().advance_days(3);
        assert_eq!(ids("stato=scaduta"), [trial["id"].clone()]);
        assert_eq!(ids("stato=sospesa"), [suspended["id"].clone()]);
        // What is shown agrees with what is filtered by.
        for line in list(&seller, "") {
            assert!(ids(&format!("stato={}", text(&line, "stato"))).contains(&line["id"]));
        }
        let problem = |query: &str| seller.get(&format!("/api/admin/licenze?{query}")).problem();
        assert_eq!(problem("stato=boh"), "malformed_query");
        assert_eq!(problem("cursor=boh"), "malformed_cursor");
    });
}

#[test]
fn a_long_list_comes_in_pages() {
    on_each(|shop| {
        for _ in 0..5 {
            shop.issue(&json!({}));
        }
        let seller = shop.seller();
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/admin/licenze?limit=2&cursor={cursor}");
            let page = seller.get(&path).expect(200).json();
            seen.extend(page["dati"].as_array().expect("a list").iter().map(|l| text(l, "id")));
            match page["prossimo"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 5);
    });
}

#[test]
fn orders_that_make_no_sense_are_refused() {
    on_each(|shop| {
        let refused = |more: Json| {
            let answer = shop.try_issue(&more).expect(422);
            (answer.problem(), text(&answer.json()["errors"][0], "pointer"))
        };
        let told = |code: &str, pointer: &str| (code.to_owned(), pointer.to_owned());
        assert_eq!(refused(json!({"cliente": null})), told("cliente_richiesto", "/cliente"));
        assert_eq!(refused(json!({"cliente": "boh"})), told("cliente_sconosciuto", "/cliente"));
        assert_eq!(refused(json!({"prodotto": "X"})), told("prodotto_sconosciuto", "/prodotto"));
        assert_eq!(refused(json!({"moduli": {"x": {}}})), told("validation", "/moduli/x"));
        assert_eq!(refused(json!({"tipo": "eterna"})), told("validation", "/tipo"));
        assert_eq!(refused(json!({"scadenza": "2030-01-01"})), told("validation", "/scadenza"));
        assert_eq!(refused(json!({"dispositivi": 0})), told("validation", "/dispositivi"));
        assert_eq!(refused(json!({"dispositivi": "tre"})), told("validation", "/dispositivi"));
        let large = json!({"payload": {"a": "x".repeat(70_000)}});
        assert_eq!(refused(large), told("validation", "/payload"));
        let elsewhere = shop.harness.account(&shop.harness.organisations().sibling, "Altrove");
        let foreign = json!({"cliente": elsewhere.account_id});
        assert_eq!(refused(foreign), told("cliente_sconosciuto", "/cliente"));
        shop.harness.set_account_state(&shop.account.account_id, AccountState::Suspended);
        assert_eq!(refused(json!({})), told("cliente_sospeso", "/cliente"));
        assert_eq!(shop.harness.scalar("select count(*) from license_generator_licence", []), 0);
    });
}

#[test]
fn a_foreign_licence_does_not_exist() {
    on_each(|shop| {
        let made = shop.issue(&json!({}));
        let id = text(&made, "id");
        let sibling = shop.sibling();
        assert_eq!(list(&sibling, "").len(), 0);
        for path in [format!("/api/admin/licenze/{id}"), format!("/crm/licences/{id}")] {
            sibling.get(&path).expect(404);
        }
        let change =
            sibling.post_form(&format!("/crm/licences/{id}/state"), &[("azione", "revoke")]);
        assert_eq!(change.status, 404);
        let free = sibling.post_form(&format!("/crm/licences/{id}/free"), &[("attivazione", "x")]);
        assert_eq!(free.status, 404);
        let read = shop.seller().get(&format!("/api/admin/licenze/{id}"));
        assert_eq!(read.json()["stato"], "attiva");
    });
}

#[test]
fn the_key_is_shown_only_to_who_may_issue() {
    on_each(|shop| {
        let made = shop.issue(&json!({}));
        let key = text(&made, "chiave_licenza");
        let reseller = &shop.harness.organisations().reseller;
        let reader = shop.harness.in_branch(reseller, &["license-generator:read"]);
        let path = format!("/api/admin/licenze/{}", text(&made, "id"));
        let read = reader.get(&path).expect(200).json();
        assert_eq!(read["chiave_licenza"], Json::Null);
        assert_eq!(read["chiave_inizio"], key[..5]);
        reader.post_json("/api/admin/licenze", shop.order(&json!({}))).expect(403);
        let page = reader.get(&format!("/crm/licences/{}", text(&made, "id"))).expect(200);
        assert!(!page.html().contains(&key));
        shop.harness.anonymous().get(&path).expect(401);
    });
}

#[test]
fn the_same_idempotency_key_issues_one_licence() {
    on_each(|shop| {
        let client = shop.seller().header("idempotency-key", "ordine-1");
        let order = shop.order(&json!({}));
        let first = client.post_json("/api/admin/licenze", &order).expect(201).json();
        let again = client.post_json("/api/admin/licenze", &order).expect(201).json();
        assert_eq!(first, again);
        let other = client.post_json("/api/admin/licenze", shop.order(&json!({"dispositivi": 9})));
        assert_eq!(other.expect(422).problem(), "idempotency_key_reused");
        assert_eq!(shop.harness.scalar("select count(*) from license_generator_licence", []), 1);
    });
}
