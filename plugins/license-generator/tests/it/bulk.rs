//! Issuing many licences at once: preview, job, list of devices, stop, kill and resume, undo.

use std::collections::BTreeSet;

use plugin_api::Caller;
use plugin_api::contracts::ledger::{BOOK, Book, Booked};
use plugin_testing::Client;
use serde_json::{Value as Json, json};

use crate::{Shop, on_each, text};

/// Everything a reseller may do in bulk.
const BULK: [&str; 3] =
    ["license-generator:read", "license-generator:issue", "license-generator:bulk"];

impl Shop<'_> {
    fn bulk(&self) -> Client {
        self.seller().with_permissions(&BULK)
    }

    /// Prepares a run by the form; answers its path.
    fn prepare(&self, more: &[(&str, &str)]) -> String {
        let account = self.account.account_id.clone();
        let mut fields = vec![("cliente", account.as_str()), ("prodotto", "STUDIO")];
        fields.extend([("tipo", "permanente"), ("moduli", "base")]);
        fields.extend_from_slice(more);
        let answer = self.multipart("/crm/licences/bulk/new", &fields);
        answer.expect(303).location()
    }

    fn multipart(&self, path: &str, fields: &[(&str, &str)]) -> plugin_testing::Answer {
        let mut body = String::new();
        for (name, value) in fields {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"");
            let file = if *name == "file" { "; filename=\"list.csv\"" } else { "" };
            body.extend([head.as_str(), file, "\r\n\r\n", value, "\r\n"]);
        }
        body.push_str("--b--\r\n");
        let content = ("multipart/form-data; boundary=b", body.into());
        self.bulk().send(axum::http::Method::POST, path, Some(content))
    }

    fn press(&self, run: &str, button: &str) {
        self.bulk().post_form(&format!("{run}/{button}"), &[]).expect(303);
    }

    fn licences(&self) -> i64 {
        self.harness.scalar("select count(*) from license_generator_licence", [])
    }

    fn run(&self, path: &str) -> Json {
        let id = path.rsplit('/').next().expect("an id").to_owned();
        let sql = "select * from license_generator_bulk where bulk_id = ?";
        self.harness.rows(sql, [id.into()]).remove(0)
    }

    /// Whose job works on the run.
    fn job_of(&self, path: &str) -> (Caller, Json) {
        let run = self.run(path);
        let caller = Caller { job_id: text(&run, "job_id"), ..self.harness.job_caller("bulk") };
        (caller, json!({ "bulk_id": text(&run, "bulk_id") }))
    }
}

#[test]
fn two_thousand_keys_are_issued_by_a_job_and_booked_once() {
    on_each(|shop| {
        shop.harness.service_fake(&BOOK, |book: Book| {
            assert_eq!((book.amount, book.currency.as_str()), (2_000 * 1_250, "EUR"));
            Booked { transaction_id: "t1".into() }
        });
        let run = shop.prepare(&[("quantita", "2000"), ("prezzo", "12,50"), ("valuta", "EUR")]);
        let preview = shop.bulk().get(&run).expect(200);
        assert!(preview.html().contains("Issue 2000 licences"), "{preview}");
        assert!(preview.html().contains("25,000.00"), "the price of all: {preview}");
        assert_eq!(shop.licences(), 0, "a preview issues nothing");
        shop.press(&run, "start");
        let runs = shop.harness.run_jobs();
        assert!(runs.iter().all(|run| run.outcome.is_ok()), "{runs:?}");
        assert_eq!(shop.licences(), 2_000);
        let hashes = "select count(distinct key_hash) from license_generator_licence \
            where bulk_id is not null and origin = 'bulk'";
        assert_eq!(shop.harness.scalar(hashes, []), 2_000);
        assert_eq!(text(&shop.run(&run), "state"), "done");
        let effects = shop.harness.effects();
        let actions = effects.actions();
        let of_runs = actions.iter().filter(|action| action.starts_with("bulk.")).count();
        assert_eq!(of_runs, 3, "prepared, started, finished: {actions:?}");
        assert!(!actions.contains(&"licence.created"), "one row per run");
        drop(effects);
        let page = shop.bulk().get(&run).expect(200);
        assert!(page.html().contains("2,000 / 2,000"), "{page}");
        let listed = shop.bulk().get(&format!("/crm/licences?lotto={}", id(&run))).expect(200);
        assert!(listed.html().contains("More than 1,000 rows"), "{listed}");
    });
}

fn id(run: &str) -> &str {
    run.rsplit('/').next().expect("an id")
}

#[test]
fn the_keys_come_as_a_file_and_open_their_licences() {
    on_each(|shop| {
        let run = shop.prepare(&[("quantita", "3")]);
        shop.press(&run, "start");
        assert_eq!(shop.licences(), 3, "a small run needs no job");
        let file = shop.bulk().get(&format!("{run}/keys?format=json")).expect(200).json();
        let keys: BTreeSet<String> =
            file.as_array().expect("rows").iter().map(|row| text(row, "chiave_licenza")).collect();
        assert_eq!(keys.len(), 3);
        for key in &keys {
            shop.activate(key, "pc-1").expect(200);
        }
        for format in ["csv", "xlsx"] {
            shop.bulk().get(&format!("{run}/keys?format={format}")).expect(200);
        }
        let reader = shop.seller().with_permissions(&["license-generator:bulk"]);
        reader.get(&format!("{run}/keys")).expect(403);
        shop.sibling().with_permissions(&BULK).get(&format!("{run}/keys")).expect(404);
    });
}

#[test]
fn a_device_list_binds_each_key_to_its_device() {
    on_each(|shop| {
        let list = "Name;Fingerprint;Serial\nUno;pc-1;S1\nDue;pc-2;S2\nTre;pc-1;\nQuattro;;\n";
        let run = shop.prepare(&[("elenco", "devices"), ("file", list)]);
        let preview = shop.bulk().get(&run).expect(200);
        assert!(preview.html().contains("Issue 2 licences"), "{preview}");
        assert!(preview.html().contains("Line 4"), "twice: {preview}");
        assert!(preview.html().contains("There is no fingerprint."), "{preview}");
        shop.press(&run, "start");
        let file = shop.bulk().get(&format!("{run}/keys?format=json")).expect(200).json();
        let row = file.as_array().expect("rows").iter().find(|row| row["impronta"] == "pc-1");
        let row = row.expect("a key for the first device");
        assert_eq!((row["dispositivo"].as_str(), row["note"].as_str()), (Some("Uno"), Some("S1")));
        let key = text(row, "chiave_licenza");
        assert_eq!(shop.activate(&key, "pc-2").expect(409).problem(), "limite_dispositivi");
        shop.activate(&key, "pc-1").expect(200);
        assert_eq!(shop.seats(), (2, 2), "the seat was taken before");
    });
}

#[test]
fn a_run_that_was_killed_goes_on_without_a_key_twice_or_missing() {
    on_each(|shop| {
        let lines: Vec<String> = (0..700).map(|n| format!("PC {n}; pc-{n}")).collect();
        let run = shop.prepare(&[("elenco", "devices"), ("lista", &lines.join("\n"))]);
        shop.press(&run, "start");
        let block = "update license_generator_bulk_list set block = ? where block = ?";
        shop.harness.sql(block, [9.into(), 1.into()]);
        let (caller, payload) = shop.job_of(&run);
        assert!(shop.harness.call("job:bulk", &caller, payload.clone()).is_err(), "it was cut off");
        assert_eq!(shop.licences(), 250);
        shop.harness.sql(block, [1.into(), 9.into()]);
        // The lease of the first ran out and two attempts begin at the same time.
        shop.harness.parallel(2, |_| shop.harness.call("job:bulk", &caller, payload.clone()).ok());
        assert_eq!(shop.licences(), 700);
        let devices = "select count(distinct fingerprint_hash) from license_generator_activation";
        assert_eq!(shop.harness.scalar(devices, []), 700);
        assert_eq!(text(&shop.run(&run), "state"), "done");
        shop.harness.call("job:bulk", &caller, payload).expect("nothing is left to do");
        assert_eq!(shop.licences(), 700);
    });
}

#[test]
fn a_run_that_was_stopped_keeps_what_it_made_and_goes_on() {
    on_each(|shop| {
        let run = shop.prepare(&[("quantita", "400")]);
        shop.press(&run, "start");
        let waiting = shop.bulk().get(&run).expect(200);
        assert!(waiting.html().contains("data-reload"), "{waiting}");
        let (caller, payload) = shop.job_of(&run);
        shop.press(&run, "stop");
        shop.harness.call("job:bulk", &caller, payload).expect("it stops");
        assert_eq!(text(&shop.run(&run), "state"), "stopped");
        assert!(shop.bulk().get(&run).expect(200).html().contains("It was stopped"));
        shop.press(&run, "start");
        shop.harness.run_jobs();
        assert_eq!(shop.licences(), 400);
    });
}

#[test]
fn undo_takes_back_what_nobody_used() {
    on_each(|shop| {
        let run = shop.prepare(&[("quantita", "60")]);
        shop.press(&run, "start");
        let file = shop.bulk().get(&format!("{run}/keys?format=json")).expect(200).json();
        let key = text(&file[7], "chiave_licenza");
        shop.activate(&key, "pc-1").expect(200);
        shop.press(&run, "undo");
        shop.harness.run_jobs();
        assert_eq!(shop.licences(), 1);
        assert_eq!(shop.validate(&key, "pc-1")["valida"], true);
        let modules = "select count(*) from license_generator_licence_module m where not exists \
            (select 1 from license_generator_licence l where l.licence_id = m.licence_id)";
        assert_eq!(shop.harness.scalar(modules, []), 0);
        assert_eq!(text(&shop.run(&run), "state"), "undone");
        assert!(shop.harness.effects().actions().contains(&"bulk.undone"));
    });
}

#[test]
fn undo_takes_back_reserved_devices_unless_they_came() {
    on_each(|shop| {
        let run = shop.prepare(&[("elenco", "devices"), ("lista", "A;pc-1\nB;pc-2")]);
        shop.press(&run, "start");
        let file = shop.bulk().get(&format!("{run}/keys?format=json")).expect(200).json();
        let key = text(&file[0], "chiave_licenza");
        shop.activate(&key, &text(&file[0], "impronta")).expect(200);
        shop.press(&run, "undo");
        shop.harness.run_jobs();
        assert_eq!((shop.licences(), shop.seats()), (1, (1, 1)));
    });
}

#[test]
fn customers_of_a_list_get_a_licence_each() {
    on_each(|shop| {
        let other = shop.harness.account(&shop.harness.organisations().reseller, "Rossi");
        let list = format!("Bianchi & Figli\n{}\nNobody", other.account_id);
        let run = shop.prepare(&[("cliente", ""), ("elenco", "customers"), ("lista", &list)]);
        let preview = shop.bulk().get(&run).expect(200);
        assert!(preview.html().contains("No customer is called like that."), "{preview}");
        shop.press(&run, "start");
        let accounts = "select count(distinct account_id) from license_generator_licence";
        assert_eq!((shop.licences(), shop.harness.scalar(accounts, [])), (2, 2));
    });
}

#[test]
fn what_makes_no_sense_is_said_beside_its_field() {
    on_each(|shop| {
        let post = |fields: &[(&str, &str)]| {
            let account = shop.account.account_id.clone();
            let mut all = vec![("cliente", account.as_str()), ("prodotto", "STUDIO")];
            all.extend_from_slice(fields);
            shop.multipart("/crm/licences/bulk/new", &all).expect(422).html().to_owned()
        };
        let none = post(&[("tipo", "permanente"), ("quantita", "0")]);
        assert!(none.contains("Write a number from 1 to 100,000."), "{none}");
        let many = post(&[("tipo", "permanente"), ("quantita", "100001")]);
        assert!(many.contains("href=\"#f-quantita\""), "{many}");
        let list = post(&[("tipo", "permanente"), ("elenco", "devices"), ("lista", " ")]);
        assert!(list.contains("The list is empty."), "{list}");
        let kind = post(&[("quantita", "5")]);
        assert!(kind.contains("href=\"#f-tipo\""), "{kind}");
        assert_eq!(shop.harness.scalar("select count(*) from license_generator_bulk", []), 0);
    });
}

#[test]
fn a_program_starts_a_run_once_and_follows_it() {
    on_each(|shop| {
        let body = json!({ "licenza": shop.order(&json!({})), "quantita": 250 });
        let program = shop.bulk().header("idempotency-key", "k1");
        let path = "/api/admin/licenze/massiva";
        let first = program.post_json(path, body.clone()).expect(202).json();
        let again = program.post_json(path, body).expect(202).json();
        assert_eq!(first["id"], again["id"]);
        assert_eq!(
            (first["stato"].as_str(), first["totale"].as_i64()),
            (Some("in_corso"), Some(250))
        );
        shop.harness.run_jobs();
        let status = format!("{path}/{}", text(&first, "id"));
        let done = shop.bulk().get(&status).expect(200).json();
        assert_eq!(
            (done["stato"].as_str(), done["fatte"].as_i64()),
            (Some("completata"), Some(250))
        );
        assert_eq!(shop.licences(), 250);
        shop.sibling().with_permissions(&BULK).get(&status).expect(404);
        let listed = format!("/api/admin/licenze?lotto={}&limit=1", text(&first, "id"));
        assert_eq!(
            shop.bulk().get(&listed).expect(200).json()["dati"].as_array().unwrap().len(),
            1
        );
    });
}

#[test]
fn a_program_is_told_which_device_is_wrong() {
    on_each(|shop| {
        let device = |print: &str| json!({ "nome": "A", "impronta": print });
        let body = json!({
            "licenza": shop.order(&json!({})),
            "dispositivi": [device("a"), device("a")],
        });
        let refused = shop.bulk().post_json("/api/admin/licenze/massiva", body).expect(422);
        assert!(refused.text().contains("/dispositivi/1"), "{refused}");
        let both = json!({ "licenza": shop.order(&json!({})), "quantita": 1, "clienti": [] });
        shop.bulk().post_json("/api/admin/licenze/massiva", both).expect(422);
        shop.seller().post_json("/api/admin/licenze/massiva", json!({})).expect(403);
    });
}

#[test]
fn a_small_run_of_a_program_is_done_too() {
    on_each(|shop| {
        let body = json!({ "licenza": shop.order(&json!({})), "quantita": 3 });
        let started = shop.bulk().post_json("/api/admin/licenze/massiva", body).expect(202).json();
        shop.harness.run_jobs();
        let status = format!("/api/admin/licenze/massiva/{}", text(&started, "id"));
        assert_eq!(shop.bulk().get(&status).expect(200).json()["stato"], "completata");
        assert_eq!(shop.licences(), 3);
    });
}

#[test]
fn a_preview_nobody_confirmed_goes() {
    on_each(|shop| {
        let run = shop.prepare(&[("quantita", "5")]);
        shop.bulk().post_form(&format!("{run}/forget"), &[]).expect(303);
        shop.bulk().get(&run).expect(404);
        let run = shop.prepare(&[("elenco", "devices"), ("lista", "A;pc-1")]);
        shop.harness.clock().advance_days(8);
        let caller = shop.harness.job_caller("sweep-bulk");
        shop.harness.call("job:sweep-bulk", &caller, Json::Null).expect("swept");
        shop.bulk().get(&run).expect(404);
        let lists = "select count(*) from license_generator_bulk_list";
        assert_eq!(shop.harness.scalar(lists, []), 0);
    });
}
