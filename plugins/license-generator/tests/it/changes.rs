//! What becomes of a licence after it was issued: changed, converted, transferred, assigned, and
//! what is done with many at once.

use plugin_api::contracts::accounts::{Account, AccountState, STATE_CHANGED};
use plugin_api::contracts::ledger::TransactionKind;
use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::renewals::ledger;
use crate::{Shop, on_each, text};

fn api(licence: &Json, verb: &str) -> String {
    format!("/api/admin/licenze/{}{verb}", text(licence, "id"))
}

fn read(shop: &Shop<'_>, licence: &Json) -> Json {
    shop.seller().get(&api(licence, "")).expect(200).json()
}

fn admin(shop: &Shop<'_>) -> Client {
    shop.seller().with_permissions(&[
        "license-generator:read",
        "license-generator:issue",
        "license-generator:renew",
    ])
}

#[test]
fn a_change_keeps_the_key_and_everything_nobody_named() {
    on_each(|shop| {
        let booked = ledger(shop);
        let licence = shop.issue(&json!({
            "tipo": "abbonamento", "scadenza": "2026-12-31", "note": "n", "utenti": 4,
            "payload": {"a": 1}, "manutenzione_fino_a": "2026-06-30",
        }));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc").expect(200);
        let answer = shop.seller().get(&api(&licence, "")).expect(200);
        let etag = answer.header("etag").expect("a tag").to_owned();
        let patch = json!({
            "dispositivi": 10, "moduli": {"pdf": {"attivo": true, "limite": 5}},
            "pagamento": {"importo": {"importo": 5_000, "valuta": "EUR"}, "modalita": "pagamento"},
        });
        shop.seller().patch_json(&api(&licence, ""), &patch).expect(428);
        let client = shop.seller().header("if-match", &etag);
        let changed = client.patch_json(&api(&licence, ""), &patch).expect(200).json();
        client.patch_json(&api(&licence, ""), &patch).expect(412);
        assert_eq!(
            (&changed["dispositivi"], &changed["dispositivi_usati"]),
            (&json!(10), &json!(1))
        );
        assert_eq!(changed["moduli"]["pdf"], json!({"attivo": true, "limite": 5}));
        for same in [
            "chiave_licenza",
            "scadenza",
            "note",
            "utenti",
            "payload",
            "inizio",
            "manutenzione_fino_a",
            "creata",
            "origine",
        ] {
            assert_eq!(changed[same], licence[same], "{same}");
        }
        let booked = booked.lock().expect("alone");
        assert_eq!(booked.len(), 1);
        assert_eq!((booked[0].kind, booked[0].amount), (TransactionKind::Activation, 5_000));
        let told = shop.validate(&key, "pc");
        assert_eq!(told["licenza"]["moduli"]["pdf"]["attivo"], true);
        assert_eq!(shop.harness.effects().actions().last(), Some(&"licence.changed"));
    });
}

#[test]
fn a_change_obeys_the_rules_of_issuing() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc").expect(200);
        let client = shop.seller().header("if-match", "*");
        for (patch, pointer) in [
            (json!({"dispositivi": 0}), "/dispositivi"),
            (json!({"scadenza": "2030-01-01"}), "/scadenza"),
            (json!({"moduli": {"x": {}}}), "/moduli/x"),
            (json!({"associazione": "flottante"}), "/associazione"),
            (json!({"rinnovo_mesi": 0}), "/rinnovo_mesi"),
            (json!({"agente": "nessuno"}), "/agente"),
            (json!({"dispositivi": "tre"}), "/dispositivi"),
        ] {
            let answer = client.patch_json(&api(&licence, ""), &patch).expect(422).json();
            assert_eq!(answer["errors"][0]["pointer"], pointer, "{answer}");
        }
        let sibling = shop.sibling().header("if-match", "*");
        sibling.patch_json(&api(&licence, ""), json!({"note": "x"})).expect(404);
        // An ended licence may still be noted about.
        let ended = shop.issue(&json!({"tipo": "trial", "durata_giorni": 1}));
        shop.harness.clock().advance_days(5);
        let noted = client.patch_json(&api(&ended, ""), json!({"note": "x"})).expect(200).json();
        assert_eq!((&noted["note"], &noted["scadenza"]), (&json!("x"), &ended["scadenza"]));
    });
}

#[test]
fn a_trial_becomes_a_paid_licence_with_the_same_key() {
    on_each(|shop| {
        let booked = ledger(shop);
        let trial = shop.issue(&json!({"tipo": "trial"}));
        let key = text(&trial, "chiave_licenza");
        shop.activate(&key, "pc").expect(200);
        shop.harness.clock().advance_days(40);
        assert_eq!(shop.validate(&key, "pc")["codice"], "licenza_scaduta");
        let wanted = json!({
            "tipo": "abbonamento", "durata_giorni": 365,
            "prezzo": {"importo": 12_000, "valuta": "EUR"},
        });
        let client = shop.seller().header("idempotency-key", "c-1");
        let now = client.post_json(&api(&trial, "/converti"), &wanted).expect(200).json();
        client.post_json(&api(&trial, "/converti"), &wanted).expect(200);
        assert_eq!((&now["tipo"], &now["stato"]), (&json!("abbonamento"), &json!("attiva")));
        assert!(now["convertita"].is_string());
        assert_eq!(now["chiave_licenza"], key);
        assert_eq!(booked.lock().expect("alone").len(), 1);
        assert_eq!(booked.lock().expect("alone")[0].amount, 12_000);
        assert_eq!(shop.validate(&key, "pc")["valida"], true);
        let again = shop.seller().post_json(&api(&trial, "/converti"), &wanted).expect(422);
        assert_eq!(again.problem(), "non_in_prova");
    });
}

#[test]
fn a_licence_goes_to_another_customer_with_its_devices() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let key = text(&licence, "chiave_licenza");
        shop.activate(&key, "pc").expect(200);
        let other = shop.harness.account(&shop.harness.organisations().reseller, "Verdi");
        let foreign = shop.harness.account(&shop.harness.organisations().sibling, "Altrove");
        let path = api(&licence, "/trasferisci");
        let to = |id: &str, devices: &str| json!({"cliente": id, "dispositivi": devices});
        let refused = |body: Json| shop.seller().post_json(&path, body).expect(422).problem();
        assert_eq!(refused(to(&foreign.account_id, "mantieni")), "cliente_sconosciuto");
        assert_eq!(refused(to(&shop.account.account_id, "")), "stesso_cliente");
        let moved = shop.seller().post_json(&path, to(&other.account_id, "mantieni"));
        let moved = moved.expect(200).json();
        assert_eq!(
            (&moved["cliente_nome"], &moved["dispositivi_usati"]),
            (&json!("Verdi"), &json!(1))
        );
        let strangers =
            "select count(*) from license_generator_activation where organisation_id <> ?";
        let node: plugin_api::db::Value = other.organisation_id.as_str().into();
        assert_eq!(shop.harness.scalar(strangers, [node]), 0);
        assert_eq!(shop.validate(&key, "pc")["valida"], true);
        let page = format!("/crm/licences/{}/transfer", text(&licence, "id"));
        assert!(admin(shop).get(&page).expect(200).html().contains("Bianchi"));
        let back = [("cliente", shop.account.account_id.as_str()), ("dispositivi", "libera")];
        admin(shop).post_form(&page, &back).expect(303);
        assert_eq!(shop.validate(&key, "pc")["codice"], "dispositivo_non_attivato");
        assert_eq!(shop.seats(), (0, 0));
    });
}

#[test]
fn a_licence_handed_over_free_has_nobody_of_the_old_customer_in_it() {
    on_each(|shop| {
        let people = shop.issue(&json!({"associazione": "utente", "utenti": 1}));
        let key = text(&people, "chiave_licenza");
        let ask = |who: &str| {
            let body = json!({
                "chiave_licenza": key, "dispositivo": {"impronta": who}, "utente": who,
            });
            shop.call("attiva", body)
        };
        ask("Anna").expect(200);
        ask("Bruno").expect(409);
        let floating = crate::floating::floating(shop, 1, &json!({}));
        let seats = text(&floating, "chiave_licenza");
        crate::floating::take(shop, &seats, "pc-1", &json!({})).expect(201);
        let other = shop.harness.account(&shop.harness.organisations().reseller, "Verdi");
        for licence in [&people, &floating] {
            let body = json!({"cliente": other.account_id, "dispositivi": "libera"});
            shop.seller().post_json(&api(licence, "/trasferisci"), body).expect(200);
        }
        ask("Bruno").expect(200);
        crate::floating::take(shop, &seats, "pc-2", &json!({})).expect(201);
    });
}

#[test]
fn who_sold_it_is_noted_afterwards() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let agent = &shop.harness.organisations().agent.id;
        let assign = |body: Json| shop.seller().post_json(&api(&licence, "/assegna"), body);
        assert_eq!(assign(json!({"agente": agent})).expect(200).json()["agente"], json!(agent));
        let sibling = &shop.harness.organisations().sibling.id;
        assign(json!({"organizzazione": sibling})).expect(422);
        assert_eq!(assign(json!({"agente": ""})).expect(200).json()["agente"], Json::Null);
    });
}

#[test]
fn states_change_over_the_api_once_per_key() {
    on_each(|shop| {
        let licence = shop.issue(&json!({}));
        let client = shop.seller().header("idempotency-key", "k");
        let now = client.post_json(&api(&licence, "/sospendi"), json!({})).expect(200).json();
        assert_eq!((&now["stato"], &now["sospesa_per"]), (&json!("sospesa"), &json!("persona")));
        client.post_json(&api(&licence, "/sospendi"), json!({})).expect(200);
        shop.seller().post_json(&api(&licence, "/sospendi"), json!({})).expect(409);
        shop.seller().post_json(&api(&licence, "/riprendi"), json!({})).expect(200);
        shop.seller().post_json(&api(&licence, "/conferma"), json!({})).expect(409);
        shop.sibling().post_json(&api(&licence, "/revoca"), json!({})).expect(404);
        let now = shop.seller().post_json(&api(&licence, "/revoca"), json!({})).expect(200).json();
        assert_eq!(now["stato"], "revocata");
        shop.seller().post_json(&api(&licence, "/riprendi"), json!({})).expect(409);
    });
}

#[test]
fn licences_are_suspended_with_their_customer_and_come_back() {
    on_each(|shop| {
        let first = shop.issue(&json!({}));
        let second = shop.issue(&json!({}));
        shop.change(&second, "suspend");
        let id = &shop.account.account_id;
        let hear = |state: AccountState| {
            let account = Account { state, ..shop.account.clone() };
            let event = json!({
                "event_id": format!("e-{state:?}"), "name": STATE_CHANGED,
                "source": "customer-accounts", "at": shop.harness.clock().now(),
                "payload": account,
            });
            let caller = shop.harness.job_caller("event");
            shop.harness.call(&format!("event:{STATE_CHANGED}"), &caller, event).expect("heard");
        };
        let tell = |state: AccountState| {
            shop.harness.set_account_state(id, state);
            hear(state);
        };
        tell(AccountState::Suspended);
        assert_eq!(read(shop, &first)["sospesa_per"], "cliente");
        assert_eq!(read(shop, &second)["sospesa_per"], "persona");
        let refused = shop.seller().post_json(&api(&first, "/riprendi"), json!({})).expect(409);
        assert_eq!(refused.problem(), "sospesa_col_cliente");
        // What somebody resumes stays suspended for the reason that still holds.
        let now = shop.seller().post_json(&api(&second, "/riprendi"), json!({})).expect(200);
        assert_eq!(now.json()["sospesa_per"], "cliente");
        tell(AccountState::Validated);
        // Told late of what is over.
        hear(AccountState::Suspended);
        assert_eq!(read(shop, &first)["stato"], "attiva");
        assert_eq!(read(shop, &second)["stato"], "attiva");
    });
}

#[test]
fn many_are_changed_at_once_and_each_says_what_became_of_it() {
    on_each(|shop| {
        ledger(shop);
        let first = shop.issue(&json!({"tipo": "abbonamento", "scadenza": "2026-12-31"}));
        let second = shop.issue(&json!({}));
        let ids = json!([first["id"], second["id"], "nessuna"]);
        let act = |body: Json| admin(shop).post_json("/api/admin/licenze/azioni", body);
        shop.change(&second, "suspend");
        let done = act(json!({"azione": "sospendi", "ids": ids})).expect(200).json();
        assert_eq!((&done["fatte"], &done["saltate"]), (&json!(1), &json!(2)));
        assert_eq!(done["esiti"][1]["codice"], "stato_cambiato");
        assert_eq!(done["esiti"][2]["codice"], "not_found");
        let renew = json!({"azione": "rinnova", "ids": ids, "rinnovo": {"periodo": 12}});
        let answer = act(renew).expect(422).json();
        assert_eq!(answer["errors"][0]["pointer"], "/rinnovo/riferimento");
        let renew = json!({
            "azione": "rinnova", "ids": ids, "rinnovo": {"periodo": 12, "riferimento": "r-1"},
        });
        for _ in 0..2 {
            let done = act(renew.clone()).expect(200).json();
            assert_eq!(done["esiti"][0]["fatta"], true, "{done}");
            assert_eq!(done["esiti"][1]["codice"], "rinnovo_senza_scadenza");
        }
        assert_eq!(read(shop, &first)["scadenza"], "2027-12-31T23:59:59Z");
        act(json!({"azione": "sospendi", "ids": []})).expect(422);
        let many = vec!["x"; 1_001];
        act(json!({"azione": "sospendi", "ids": many})).expect(422);
    });
}

#[test]
fn the_form_changes_what_was_typed_otherwise_and_nothing_else() {
    on_each(|shop| {
        ledger(shop);
        let licence = shop.issue(&json!({
            "tipo": "abbonamento", "scadenza": "2026-12-31", "note": "n", "payload": {"a": [1]},
        }));
        let path = format!("/crm/licences/{}/change", text(&licence, "id"));
        let html = admin(shop).get(&path).expect(200).text().to_owned();
        assert!(html.contains("value=\"2026-12-31\""), "{html}");
        let mut fields = vec![
            ("tipo", "abbonamento"),
            ("versione", "3"),
            ("associazione", "dispositivo"),
            ("dispositivi", "3"),
            ("scadenza", "2026-12-31"),
            ("moduli", "base"),
            ("note", "n"),
            ("payload", "{\"a\": [1]}"),
            ("alla_scadenza", "blocca"),
            ("ombra", "false"),
            ("rinnovo", "manuale"),
            ("valuta", "EUR"),
        ];
        fields[1].1 = "3.1";
        let version = text(&licence, "versione");
        fields[1].1 = &version;
        let preview = admin(shop).post_form(&format!("{path}/preview"), &fields).expect(200);
        assert!(preview.text().contains("Nothing changes yet"), "{}", preview.text());
        fields[3].1 = "8";
        fields.extend([("costo", "30,00"), ("modalita", "pagamento")]);
        let preview = admin(shop).post_form(&format!("{path}/preview"), &fields).expect(200);
        assert!(preview.text().contains("3 → 8"), "{}", preview.text());
        admin(shop).post_form(&path, &fields).expect(303);
        let now = read(shop, &licence);
        assert_eq!(now["dispositivi"], 8);
        assert_eq!(
            (&now["payload"], &now["scadenza"]),
            (&licence["payload"], &licence["scadenza"])
        );
        fields[3].1 = "0";
        let wrong = admin(shop).post_form(&path, &fields).expect(422);
        assert!(wrong.html().contains("value=\"0\""), "{wrong}");
        let trial = shop.issue(&json!({"tipo": "trial"}));
        let path = format!("/crm/licences/{}/convert", text(&trial, "id"));
        admin(shop).get(&path).expect(200);
        let fields = [
            ("tipo", "permanente"),
            ("dispositivi", "3"),
            ("prezzo", "99,00"),
            ("valuta", "EUR"),
            ("moduli", "base"),
            ("associazione", "dispositivo"),
        ];
        admin(shop).post_form(&path, &fields).expect(303);
        assert_eq!(read(shop, &trial)["tipo"], "permanente");
    });
}
