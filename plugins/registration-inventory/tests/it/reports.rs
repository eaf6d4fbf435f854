//! Raw reports: the list, one of them, and how long they are kept.

use plugin_testing::Harness;
use registration_inventory::{READ, plugin};
use serde_json::json;

use crate::seed;

const DAY: i64 = 86_400_000;

fn seeded(harness: &Harness) -> String {
    let software = seed::software(harness, 1, "Gestionale");
    let company = seed::company(harness, 1, "Rossi S.r.l.", "12345678903");
    seed::installation(harness, 1, &software, &company)
}

#[test]
fn reports_are_listed_filtered_and_read_as_they_came() {
    Harness::on_each(plugin, |harness| {
        let one = seeded(harness);
        let now = harness.clock().now();
        let report = seed::report(harness, 1, Some(&one), now, "partita_iva_errata");
        seed::report(harness, 2, Some(&one), now, "");
        let apart = seed::report(harness, 3, None, now - 40 * DAY, "");
        let client = harness.with_permissions(&[READ]);
        let found = |query: &str| {
            let list = client.get(&format!("/api/admin/registrazioni?{query}")).expect(200).json();
            list["dati"].as_array().map(Vec::len).unwrap_or_default()
        };
        let of = format!("installazione={one}");
        let asked = [
            ("", 3),
            (of.as_str(), 2),
            ("stato=in_quarantena", 1),
            ("stato=non_ancora_assegnato", 2),
            ("stato=ignorata", 0),
            ("segnalata=true", 1),
            ("segnalazioni=iva", 1),
            ("nome_software=GEST", 3),
            ("ragione_sociale=bianchi", 0),
            ("partita_iva=12345678903", 3),
            ("indirizzo=192.0.2.1", 3),
            ("nuova=true", 0),
            ("ricevuta.from=2026-01-10", 2),
            ("ricevuta.to=2026-01-10", 1),
            ("q=rossi", 2),
            ("q=gestionale", 2),
            ("totale_ordini.from=11", 0),
        ];
        for (query, count) in asked {
            assert_eq!(found(query), count, "{query}");
        }
        let first = client.get("/api/admin/registrazioni?limit=2").expect(200).json();
        assert_eq!(first["dati"][0]["id"], apart, "the newest id first");
        let next = first["prossimo"].as_str().expect("a second page").to_owned();
        assert_eq!(found(&format!("limit=2&cursor={next}")), 1);
        let read = client.get(&format!("/api/admin/registrazioni/{report}")).expect(200).json();
        assert_eq!(read["payload"], r#"{"nome_software":"<b>Gestionale</b>"}"#);
        assert_eq!(read["cliente"]["partita_iva_valida"], false);
        assert_eq!(read["totale_venduto"], json!({"importo": 12345, "valuta": "EUR"}));
        assert_eq!(read["stato"], "non_ancora_assegnato");
        let read = client.get(&format!("/api/admin/registrazioni/{apart}")).expect(200).json();
        assert_eq!(
            (&read["stato"], &read["installazione"]),
            (&json!("in_quarantena"), &json!(null))
        );
        let page =
            client.get(&format!("/crm/registrations/{report}")).expect(200).text().to_owned();
        assert!(page.contains(&one) && !page.contains("<b>Gestionale"), "{page}");
        client.get(&format!("/crm/registrations/{apart}")).expect(200);
        client.get(&format!("/crm/registrations?{of}")).expect(200);
        let csv = client.get(&format!("/crm/registrations/export?format=csv&{of}")).expect(200);
        assert_eq!(csv.text().trim_end().lines().count(), 3);
    });
}

#[test]
fn who_sees_a_branch_sees_its_reports_and_none_in_quarantine() {
    Harness::on_each(plugin, |harness| {
        let one = seeded(harness);
        let now = harness.clock().now();
        let report = seed::report(harness, 1, Some(&one), now, "");
        let apart = seed::report(harness, 2, None, now, "");
        let reseller = harness.organisations().reseller.clone();
        let seller = harness.in_branch(&reseller, &[READ]);
        let count = || {
            let list = seller.get("/api/admin/registrazioni").expect(200).json();
            list["dati"].as_array().map(Vec::len)
        };
        assert_eq!(count(), Some(0));
        seller.get(&format!("/crm/registrations/{report}")).expect(404);
        seed::assign(harness, &one, &harness.account(&reseller, "Rossi"));
        assert_eq!(count(), Some(1));
        seller.get(&format!("/crm/registrations/{report}")).expect(200);
        for path in ["/crm/registrations", "/api/admin/registrazioni"] {
            seller.get(&format!("{path}/{apart}")).expect(404);
            seller.get(&format!("{path}/nothing")).expect(404);
        }
    });
}

#[test]
fn old_reports_go_and_what_they_came_to_stays() {
    Harness::on_each(plugin, |harness| {
        let one = seeded(harness);
        let now = harness.clock().now();
        seed::report(harness, 1, Some(&one), now - 366 * DAY, "");
        seed::report(harness, 2, Some(&one), now - 364 * DAY, "");
        seed::report(harness, 3, None, now - 366 * DAY, "");
        let today = now / DAY;
        for (days, version) in [(900, "1.0"), (800, "1.1"), (1, "1.2")] {
            seed::day(harness, &one, today - days, version);
        }
        let count = |of: &str| {
            harness.scalar(&format!("select count(*) from registration_inventory_{of}"), [])
        };
        let counts = || (count("report"), count("quarantine"), count("day"), count("installation"));
        let run = || {
            let caller = harness.job_caller("forget-reports");
            harness.call("job:forget-reports", &caller, json!({})).expect("it runs");
        };
        harness.set_setting("reports-days", json!(0));
        run();
        assert_eq!(counts(), (3, 1, 3, 1));
        harness.set_setting("reports-days", json!(365));
        run();
        assert_eq!(counts(), (1, 0, 3, 1));
        harness.set_setting("reports-days", json!(1));
        harness.set_setting("history-days", json!(850));
        run();
        assert_eq!(counts(), (0, 0, 2, 1));
        harness.clock().advance_days(2_000);
        run();
        assert_eq!(counts(), (0, 0, 1, 1), "the last that it said stays");
        let page = harness.with_permissions(&[READ]).get(&format!("/crm/installations/{one}"));
        assert!(page.expect(200).text().contains("Its reports were deleted"));
    });
}
