//! Licences that only watch refuse nothing, and say what they would have refused.

use serde_json::{Value as Json, json};

use super::{ask, licence, watch};
use crate::{Shop, on_each, text};

/// What would have been refused, oldest first.
fn shadows(shop: &Shop<'_>) -> Vec<String> {
    let sql = "select would_refuse from license_generator_activation_log order by at, log_id";
    shop.harness.rows(sql, []).iter().map(|row| text(row, "would_refuse")).collect()
}

#[test]
fn a_licence_that_watches_lets_everybody_in_and_notes_it() {
    on_each(|shop| {
        let licence = shop.issue(&json!({"dispositivi": 1}));
        watch(shop, &licence);
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc-1").expect(200);
        shop.activate(&key, "pc-2").expect(200);
        assert_eq!(shop.seats(), (2, 2));
        let newer = json!({"versione": "9.0"});
        let answer = ask(shop, "valida", &key, &json!({"impronta": "pc-1"}), &newer).json();
        assert_eq!((&answer["valida"], &answer["codice"]), (&json!(true), &json!("valida")));
        shop.change(&licence, "suspend");
        shop.activate(&key, "pc-3").expect(200);
        assert_eq!(shop.validate(&key, "pc-9")["valida"], true);
        assert_eq!(
            shadows(shop),
            [
                "",
                "limite_dispositivi",
                "versione_non_inclusa",
                "licenza_sospesa",
                "licenza_sospesa"
            ]
        );
        let outcomes = shop.outcomes();
        assert!(
            outcomes
                .iter()
                .all(|line| ["attiva attivata", "valida valida"].contains(&line.as_str()))
        );
        let filter = "/crm/activations/export?format=csv&avrebbe_rifiutato=limite_dispositivi\
            &columns=quando,esito,avrebbe_rifiutato";
        let file = shop.seller().get(filter).expect(200).text().to_owned();
        assert_eq!(file.lines().count(), 2, "{file}");
        assert!(file.contains("No seat left"), "{file}");
    });
}

#[test]
fn every_other_rule_is_only_watched_too() {
    on_each(|shop| {
        let conditions = json!({"rolling_token": true, "transfers_max": 0, "match_components": 2});
        let devices = licence(shop, &json!({"dispositivi": 1}), &conditions);
        watch(shop, &devices);
        let key = text(&devices, "chiave_licenza");
        shop.activate(&key, "pc-1").expect(200);
        shop.deactivate(&key, "pc-1").expect(200);
        shop.activate(&key, "pc-2").expect(200);
        let stale = json!({"impronta": "pc-2", "gettone": "stale"});
        let answer = ask(shop, "valida", &key, &stale, &json!({})).json();
        assert_eq!(answer["valida"], true);
        assert!(answer["gettone"].is_string());
        let more = json!({"associazione": "utente", "utenti": 1, "dispositivi": 1});
        let people = shop.issue(&more);
        watch(shop, &people);
        let key = text(&people, "chiave_licenza");
        for (device, user) in [("a", json!("Anna")), ("b", json!("Bruno")), ("c", Json::Null)] {
            let more = json!({ "utente": user });
            ask(shop, "attiva", &key, &json!({"impronta": device}), &more).expect(200);
        }
        let bar = "update license_generator_named_user set state = 'barred'";
        shop.harness.sql(bar, []);
        let more = json!({"utente": "Anna"});
        ask(shop, "attiva", &key, &json!({"impronta": "z"}), &more).expect(200);
        assert_eq!(
            shadows(shop),
            [
                "",
                "",
                "limite_trasferimenti",
                "dispositivo_clonato",
                "",
                "limite_utenti",
                "utente_richiesto",
                "utente_non_ammesso",
            ]
        );
    });
}
