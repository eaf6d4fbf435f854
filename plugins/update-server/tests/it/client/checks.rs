//! Programs ask whether there is something newer, and say what became of it.

use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use super::{Customer, KEY, on_each};

fn check(customer: &Customer<'_>, query: &str) -> Json {
    let path = format!("/api/aggiornamenti/verifica?prodotto=STUDIO&key={KEY}&{query}");
    customer.get(&path).expect(200).json()
}

fn report(customer: &Customer<'_>, installation: &str, worked: bool) -> Answer {
    let body = json!({ "prodotto": "STUDIO", "versione": "1.1.0", "riuscito": worked,
        "installazione": installation, "errore": "disk full" });
    customer.program().header("x-licence-key", KEY).post_json("/api/aggiornamenti/esito", body)
}

#[test]
fn the_answer_is_signed_over_the_nonce() {
    on_each(|customer| {
        customer.two_releases();
        let answer = check(customer, "versione=1.0.0&installazione=a&nonce=n1");
        assert_eq!(
            (&answer["esito"], &answer["versione"]),
            (&json!("disponibile"), &json!("1.1.0"))
        );
        let jws = answer["jws"].as_str().expect("a token");
        let claims = customer.vendor.harness.claims("aggiornamento+jwt", jws).expect("signed");
        assert_eq!((&claims["nonce"], &claims["aud"]), (&json!("n1"), &json!("STUDIO")));
        assert_eq!(check(customer, "versione=1.1.0&installazione=a")["esito"], "aggiornato");
        let open = "/api/aggiornamenti/verifica?prodotto=STUDIO";
        assert_eq!(customer.get(open).expect(401).problem(), "credenziale_mancante");
        customer.get("/api/aggiornamenti/verifica").expect(422);
        customer.get(&format!("{open}&piattaforma=amiga&key={KEY}")).expect(422);
        customer.get("/api/aggiornamenti/verifica?prodotto=NOPE").expect(404);
    });
}

#[test]
fn who_has_a_bad_release_is_brought_back() {
    on_each(|customer| {
        customer.vendor.released("1.0.0", &["stable"]);
        let bad = customer.vendor.released("1.1.0", &["stable"]);
        let address = customer.address();
        for installation in ["a", "b"] {
            check(customer, &format!("versione=1.1.0&installazione={installation}"));
        }
        let page = customer.vendor.client.get(&format!("/crm/releases/{bad}")).expect(200);
        assert!(page.html().contains("2 installations run it"), "who withdraws it sees how many");
        let path = format!("/api/admin/rilasci/{bad}/ritira");
        customer.vendor.client.post_json(&path, json!({ "motivo": "it loses data" })).expect(200);
        let answer = check(customer, "versione=1.1.0&installazione=a");
        assert_eq!((&answer["esito"], &answer["versione"]), (&json!("ritorno"), &json!("1.0.0")));
        assert_eq!(customer.newest(&address), "1.0.0");
        customer.get(&format!("{address}/files/1.1.0/Acme-1.1.0-setup.exe")).expect(404);
    });
}

#[test]
fn clients_are_told_that_there_is_nothing_as_they_understand_it() {
    on_each(|customer| {
        customer.two_releases();
        let address = customer.address();
        // Nothing is signed as Tauri wants it, nothing is made for Solaris.
        let tauri = format!("{address}/tauri/stable");
        customer.get(&format!("{tauri}/windows/x86_64/1.0.0?bundle_type=nsis")).expect(204);
        customer.get(&format!("{tauri}/solaris/sparc/1.0.0")).expect(204);
        customer.get(&format!("{tauri}/latest.json")).expect(404);
        customer.get(&format!("{address}/squirrel/stable/RELEASES")).expect(404);
        customer.get(&format!("{address}/squirrel-mac/stable?version=1.0.0")).expect(204);
        let velopack = customer.get(&format!("{address}/velopack/stable/releases.win.json"));
        assert_eq!(velopack.expect(200).json(), json!({ "Assets": [] }));
        let appcast = customer.get(&format!("{address}/sparkle/stable/appcast.xml")).expect(200);
        assert_eq!(appcast.header("content-type"), Some("application/rss+xml; charset=utf-8"));
        let beside = format!("{address}/electron/stable/Acme-1.1.0-setup.exe");
        assert_eq!(customer.get(&beside).expect(200).bytes.as_ref(), b"program");
    });
}

#[test]
fn an_outcome_counts_once_and_too_many_failures_stop_the_rollout() {
    on_each(|customer| {
        customer.vendor.released("1.0.0", &["stable"]);
        let stages = json!([{ "percentuale": 99, "dopo_ore": 0 }]);
        customer.vendor.staged("1.1.0", &["stable"], &stages);
        let counts = || {
            let rows = customer.vendor.harness.rows(
                "select succeeded, failed, state from update_server_rollout \
                 where release_id = (select release_id from update_server_release \
                 where version = '1.1.0')",
                [],
            );
            (rows[0]["succeeded"].clone(), rows[0]["failed"].clone(), rows[0]["state"].clone())
        };
        let told = |succeeded: i64, failed: i64, state: &str| {
            (json!(succeeded), json!(failed), json!(state))
        };
        let stranger = report(customer, "stranger", false).expect(200).json();
        assert_eq!(stranger["contato"], false, "nobody told it to take that version");
        assert_eq!(counts(), told(0, 0, "running"));

        for n in 0..3 {
            check(customer, &format!("versione=1.0.0&installazione=pc{n}"));
        }
        assert_eq!(report(customer, "pc0", false).expect(200).json()["contato"], true);
        assert_eq!(report(customer, "pc0", false).expect(200).json()["contato"], false);
        assert_eq!(counts(), told(0, 1, "running"));
        assert_eq!(report(customer, "pc0", true).expect(200).json()["contato"], true);
        assert_eq!(report(customer, "pc0", false).expect(200).json()["contato"], false);
        report(customer, "pc1", true).expect(200);
        report(customer, "pc2", true).expect(200);
        assert_eq!(counts(), told(3, 0, "running"));

        check(customer, "versione=1.0.0&installazione=pc3");
        let rounds = customer.vendor.rounds();
        report(customer, "pc3", false).expect(200);
        assert_eq!(counts(), told(3, 1, "stopped"));
        assert!(customer.vendor.rounds() > rounds, "the metadata says so at once");
        let effects = customer.vendor.harness.effects();
        assert!(effects.actions().contains(&"rollout.stopped_by_itself"));
        assert!(!effects.live.is_empty());
        assert_eq!(check(customer, "versione=1.0.0&installazione=pc4")["esito"], "aggiornato");

        let wrong = json!({ "prodotto": "STUDIO", "versione": "x", "riuscito": true });
        let client = customer.program().header("x-licence-key", KEY);
        client.post_json("/api/aggiornamenti/esito", wrong).expect(422);
        let unknown = json!({ "prodotto": "STUDIO", "versione": "9.9.9", "riuscito": true });
        client.post_json("/api/aggiornamenti/esito", unknown).expect(404);
    });
}
