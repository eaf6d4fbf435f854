//! Reports taken in: what is written, what counts, what is answered.

use plugin_api::Caller;
use plugin_testing::{Client, Harness};
use registration_inventory::plugin;
use serde_json::{Value as Json, json};

const PATH: &str = "/api/registrazione-software";

fn each(test: impl Fn(&Harness)) {
    Harness::on_each(plugin, |harness| test(harness));
}

fn report(id: &str) -> Json {
    json!({
        "nome_software": "Gestionale Pro", "versione": "4.2", "ragione_sociale": "Rossi S.r.l.",
        "partita_iva": "12345678903", "id_installazione": id, "totale_ordini": 10,
        "totale_venduto": "100.50", "nome_computer": "PC-1",
    })
}

fn with(id: &str, key: &str, value: impl Into<Json>) -> Json {
    let mut report = report(id);
    report[key] = value.into();
    report
}

fn from(harness: &Harness, address: &str) -> Client {
    let caller = harness.anonymous().caller().clone();
    harness.as_caller(Caller { address: Some(address.parse().expect("an address")), ..caller })
}

fn count(harness: &Harness, table: &str) -> i64 {
    harness.scalar(&format!("select count(*) from registration_inventory_{table}"), [])
}

/// The tally, added up: installations, orders, sold.
fn tally(harness: &Harness) -> (i64, i64, i64) {
    let sum = |column: &str| {
        let sum = "select cast(coalesce(sum(";
        harness
            .scalar(&format!("{sum}{column}), 0) as signed) from registration_inventory_tally"), [])
    };
    (sum("installations"), sum("orders"), sum("sold"))
}

fn activity(harness: &Harness) -> (i64, i64, i64) {
    let sum = |column: &str| {
        let sum = "select cast(coalesce(sum(";
        harness.scalar(
            &format!("{sum}{column}), 0) as signed) from registration_inventory_activity"),
            [],
        )
    };
    (sum("active"), sum("created"), sum("reports"))
}

#[test]
fn a_new_installation_is_201_and_a_known_one_200() {
    each(|harness| {
        let client = harness.anonymous();
        let first = client.post_json(PATH, report("a")).expect(201);
        assert_eq!(first.header("access-control-allow-origin"), Some("*"));
        assert_eq!(first.json()["stato"], "non_ancora_assegnato");
        assert_eq!(first.json().get("licenza_disponibile"), None);
        client.post_json(PATH, report("a")).expect(200);
        harness.clock().advance_days(1);
        client.post_json(PATH, with("a", "totale_ordini", 12)).expect(200);
        let get = format!("{PATH}?nome_software=Gestionale%20Pro&id_installazione=a&versione=4.3");
        client.get(&get).expect(200);
        let counts = ["software", "company", "installation", "report"].map(|of| count(harness, of));
        assert_eq!(counts, [1, 1, 1, 4]);
        assert_eq!(tally(harness), (1, 12, 10_050));
        assert_eq!(activity(harness), (2, 1, 4));
        assert_eq!(count(harness, "day"), 3, "two days, and a version on the second");
        let row = harness.rows("select * from registration_inventory_installation", []);
        assert_eq!(row[0]["version"], "4.3");
        assert_eq!(row[0]["orders"], 12, "what is not said stays");
        assert_eq!(row[0]["reports"], 4);
        assert_eq!(row[0]["host_name"], "PC-1");
    });
}

#[test]
fn other_sites_may_call_and_read_even_what_is_refused() {
    each(|harness| {
        let client = harness.anonymous();
        let refused = client.post_json(PATH, json!({ "x": 1 })).expect(422);
        assert_eq!(refused.header("access-control-allow-origin"), Some("*"));
        assert_eq!(refused.problem(), "nome_software_mancante");
        let preflight = client.send(axum::http::Method::OPTIONS, PATH, None).expect(204);
        assert_eq!(
            preflight.header("access-control-allow-headers"),
            Some("content-type, idempotency-key")
        );
        assert_eq!(preflight.header("access-control-allow-methods"), Some("POST, GET"));
        let wrong = client.delete(PATH).expect(405);
        assert_eq!(wrong.header("access-control-allow-origin"), Some("*"));
        let mut large = report("a");
        large["note"] = "x".repeat(64 * 1024).into();
        let large = client.post_json(PATH, large).expect(413);
        assert_eq!(large.header("access-control-allow-origin"), Some("*"));
        assert_eq!(count(harness, "report"), 0);
    });
}

#[test]
fn the_same_key_writes_once_and_another_body_is_refused() {
    each(|harness| {
        for key in ["short", "a-key-of-sixteen-and-more"] {
            let client = harness.anonymous().header("idempotency-key", key);
            let id = &format!("machine-{key}");
            let first = client.post_json(PATH, report(id)).expect(201).json();
            assert_eq!(client.post_json(PATH, report(id)).expect(201).json(), first);
            let other = client.post_json(PATH, with(id, "totale_ordini", 11)).expect(422);
            assert_eq!(other.problem(), "idempotency_key_reused");
        }
        assert_eq!(count(harness, "report"), 2);
        assert_eq!(tally(harness).0, 2);
        let client = harness.anonymous().header("idempotency-key", "a-key-of-sixteen-and-more");
        let id = "machine-a-key-of-sixteen-and-more";
        harness.clock().advance_days(2);
        client.post_json(PATH, with(id, "totale_ordini", 11)).expect(200);
        harness.clock().advance_days(2);
        harness
            .call("job:forget-request-keys", &harness.job_caller("forget-request-keys"), json!({}))
            .expect("done");
        let keys = "select count(request_key) from registration_inventory_report";
        assert_eq!(harness.scalar(keys, []), 0);
    });
}

#[test]
fn reports_at_once_are_written_together_and_counted_once() {
    each(|harness| {
        let client = harness.anonymous();
        let answers =
            harness.parallel(60, |n| client.post_json(PATH, report(&format!("pc-{}", n % 6))));
        let new = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(new, 6);
        assert!(answers.iter().all(|answer| answer.status.is_success()));
        assert_eq!((count(harness, "installation"), count(harness, "report")), (6, 60));
        assert_eq!(tally(harness), (6, 60, 60_300));
        assert_eq!(activity(harness), (6, 6, 60));
        let sum = "select cast(sum(reports) as signed) from registration_inventory_installation";
        assert_eq!(harness.scalar(sum, []), 60);
        let keyed = client.header("idempotency-key", "one-key-for-them-all");
        let answers = harness.parallel(20, |_| keyed.post_json(PATH, report("pc-0")).expect(200));
        let first = answers[0].json();
        assert!(answers.iter().all(|answer| answer.json() == first));
        assert_eq!(count(harness, "report"), 61);
    });
}

#[test]
fn one_that_cannot_be_written_does_not_keep_the_others_out() {
    each(|harness| {
        let client = harness.anonymous();
        client.post_json(PATH, report("fine")).expect(201);
        // An installation that the tally cannot hold breaks the batch it is in.
        harness.sql("update registration_inventory_tally set orders = 9223372036854775807", []);
        let answers = harness.parallel(12, |n| {
            let name = if n == 3 { "Gestionale Pro" } else { "Altro" };
            let mut one = with(&format!("pc-{n}"), "nome_software", name);
            if n == 3 {
                one["totale_ordini"] = "9007199254740991".into();
            }
            client.post_json(PATH, one).status
        });
        let fine = answers.iter().filter(|status| status.as_u16() == 201).count();
        assert!(fine >= 11, "{answers:?}");
    });
}

#[test]
fn clones_show_as_they_say_they_are_one_and_the_other() {
    each(|harness| {
        let client = harness.anonymous();
        let suspected = "select count(clone_suspected_at) from registration_inventory_installation";
        for (computer, expected) in [("PC-1", 0), ("PC-2", 0), ("PC-1", 1)] {
            harness.clock().advance(1_000);
            client.post_json(PATH, with("same", "nome_computer", computer));
            assert_eq!(harness.scalar(suspected, []), expected);
        }
        assert_eq!(count(harness, "face"), 2);
    });
}

#[test]
fn a_licence_that_waits_is_told() {
    each(|harness| {
        let client = harness.anonymous();
        client.post_json(PATH, report("a")).expect(201);
        harness.sql("update registration_inventory_installation set licence_offered = 1", []);
        let answer = client.post_json(PATH, report("a")).expect(200).json();
        assert_eq!(answer["licenza_disponibile"], true);
    });
}

#[test]
fn a_rule_of_versions_says_the_product() {
    each(|harness| {
        let client = harness.anonymous();
        client.post_json(PATH, with("old", "versione", "4.2")).expect(201);
        harness.sql(
            "insert into registration_inventory_version_rule (rule_id, software_id, from_version, \
             from_order, to_version, to_order, product_code, created_at) \
             select 'r', software_id, '5', ?, '', '', 'PRO-5', 0 from registration_inventory_software",
            [registration_inventory::domain::version::order("5").into()],
        );
        harness.clock().advance(11_000);
        client.post_json(PATH, with("new", "versione", "5.1")).expect(201);
        client.post_json(PATH, with("old", "versione", "5.0")).expect(200);
        let products = "select count(*) from registration_inventory_installation \
                        where product_code = 'PRO-5'";
        assert_eq!(harness.scalar(products, []), 2);
        client.post_json(PATH, with("old", "versione", "4.2")).expect(200);
        assert_eq!(harness.scalar(products, []), 1);
    });
}

#[test]
fn above_a_quota_reports_wait_in_quarantine_and_nobody_is_refused() {
    each(|harness| {
        harness.set_setting("reports-per-hour", json!(3));
        harness.set_setting("new-installations-per-hour", json!(2));
        let client = from(harness, "203.0.113.7");
        for n in 0..2 {
            client.post_json(PATH, report(&format!("pc-{n}"))).expect(201);
        }
        let third = client.post_json(PATH, report("pc-2")).expect(202).json();
        assert_eq!(third["stato"], "in_quarantena");
        let fourth = client.post_json(PATH, report("pc-0")).expect(202);
        assert_eq!(fourth.json()["stato"], "in_quarantena");
        let mut reasons = harness.rows("select reason from registration_inventory_quarantine", []);
        reasons.sort_by_key(ToString::to_string);
        assert_eq!(reasons, [json!({"reason": "new_installations"}), json!({"reason": "reports"})]);
        from(harness, "203.0.113.8").post_json(PATH, report("pc-0")).expect(200);
        for n in 0..5 {
            from(harness, "127.0.0.1").post_json(PATH, report(&format!("local-{n}"))).expect(201);
        }
        assert_eq!((tally(harness).0, count(harness, "report")), (7, 10));
        harness.clock().advance(3_600_000);
        client.post_json(PATH, report("pc-2")).expect(201);
    });
}

#[test]
fn whoever_makes_up_companies_or_versions_meets_the_quota_of_what_is_new() {
    each(|harness| {
        harness.set_setting("new-installations-per-hour", json!(3));
        let client = from(harness, "203.0.113.9");
        client.post_json(PATH, with("pc", "ragione_sociale", "Uno")).expect(201);
        client.post_json(PATH, with("pc", "ragione_sociale", "Due")).expect(200);
        client.post_json(PATH, with("pc", "versione", "77")).expect(200);
        client.post_json(PATH, with("pc", "versione", "78")).expect(202);
        client.post_json(PATH, with("pc", "ragione_sociale", "Tre")).expect(202);
        client.post_json(PATH, with("pc", "versione", "77")).expect(200);
        assert_eq!(count(harness, "quarantine"), 2);
    });
}
