//! The list of installations, the page of one, notes, and what becomes of them after a merger.

use plugin_api::contracts::accounts::{MERGED, Merged};
use plugin_api::contracts::inventory::{self, OfAccount};
use plugin_api::lent::Event;
use plugin_testing::Harness;
use registration_inventory::{CLASSIFY, READ, plugin};
use serde_json::json;

use crate::seed;

fn each(test: impl Fn(&Harness)) {
    Harness::on_each(plugin, |harness| test(harness));
}

#[test]
fn everybody_sees_his_branch_and_nothing_else() {
    each(|harness| {
        let software = seed::software(harness, 1, "Gestionale Più");
        let company = seed::company(harness, 1, "Rossi S.r.l.", "12345678903");
        let waiting = seed::installation(harness, 1, &software, &company);
        let theirs = seed::installation(harness, 2, &software, &company);
        let reseller = harness.organisations().reseller.clone();
        let account = harness.account(&reseller, "Rossi");
        seed::assign(harness, &theirs, &account);
        let all = harness.with_permissions(&[READ]);
        let seller = harness.in_branch(&reseller, &[READ]);
        let list = all.get("/crm/installations").expect(200).text().to_owned();
        assert!(list.contains(&waiting) && list.contains(&theirs));
        assert!(list.contains("data-live=\"registration-inventory.installations\""));
        let list = seller.get("/crm/installations").expect(200).text().to_owned();
        assert!(!list.contains(&waiting) && list.contains(&theirs));
        let page = |client: &plugin_testing::Client, id: &str| {
            client.get(&format!("/crm/installations/{id}")).status
        };
        assert_eq!(page(&all, &waiting), 200);
        assert_eq!(page(&seller, &theirs), 200);
        assert_eq!(page(&seller, &waiting), 404);
        assert_eq!(page(&seller, "nothing"), 404);
        let sibling = harness.organisations().sibling.clone();
        assert_eq!(page(&harness.in_branch(&sibling, &[READ]), &theirs), 404);
        all.with_permissions(&[]).get("/crm/installations").expect(403);
        let api = seller.get("/api/admin/installazioni").expect(200).json();
        assert_eq!(api["dati"].as_array().map(Vec::len), Some(1));
        assert_eq!(api["dati"][0]["assegnata_a_nome"], "Rossi");
        seller.get(&format!("/api/admin/installazioni/{waiting}")).expect(404);
    });
}

#[test]
fn every_filter_and_search_finds_what_it_says() {
    each(|harness| {
        let software = seed::software(harness, 1, "Gestionale Più");
        let other = seed::software(harness, 2, "Altro");
        let company = seed::company(harness, 1, "Rossi S.r.l.", "12345678903");
        let stranger = seed::company(harness, 2, "Bianchi", "00000000000");
        let one = seed::installation(harness, 1, &software, &company);
        let two = seed::installation(harness, 2, &software, &company);
        seed::installation(harness, 3, &other, &stranger);
        harness.sql(
            "update registration_inventory_installation set twin = 'twin', \
            flags = 'partita_iva_errata', clone_suspected_at = 1, state = 'ignored', \
            sold = 999900 where installation_id = ?",
            [one.as_str().into()],
        );
        harness.sql(
            "update registration_inventory_installation set twin = 'twin', \
            last_seen_at = 0 where installation_id = ?",
            [two.as_str().into()],
        );
        let client = harness.with_permissions(&[READ]);
        let found = |query: &str| {
            let list = client.get(&format!("/api/admin/installazioni?{query}")).expect(200).json();
            list["dati"].as_array().map(Vec::len).unwrap_or_default()
        };
        let asked = [
            ("", 3),
            ("stato=ignorata", 1),
            ("stato=non_ancora_assegnato", 2),
            ("stato=ignorata,non_ancora_assegnato", 3),
            ("nome_software=piu", 2),
            ("ragione_sociale=bianchi", 1),
            ("partita_iva=123456", 2),
            ("versione=1.2", 3),
            ("segnalata=true", 1),
            ("segnalazioni=partita_iva", 1),
            ("clone=sospetto", 1),
            ("doppia=doppia", 2),
            ("silenziosa=silenziosa&sort=-ultima_segnalazione", 1),
            ("con_licenza=false", 3),
            ("totale_venduto.from=9999", 1),
            ("q=PC-2", 1),
            ("q=ext-3", 1),
            ("q=gestionale", 2),
            ("q=rossi%20piu", 2),
            ("q=12345678903", 2),
            ("q=nobody", 0),
        ];
        for (query, count) in asked {
            assert_eq!(found(query), count, "{query}");
        }
        client.get("/api/admin/installazioni?stato=rubbish").expect(400);
        let csv = client.get("/crm/installations/export?format=csv").expect(200).text().to_owned();
        assert!(csv.contains("Gestionale Più"), "{csv}");
    });
}

#[test]
fn the_page_tells_versions_twins_and_flags_and_escapes_what_came() {
    each(|harness| {
        let software = seed::software(harness, 1, "<b>Gestionale</b>");
        let company = seed::company(harness, 1, "Rossi S.r.l.", "12345678903");
        let one = seed::installation(harness, 1, &software, &company);
        let two = seed::installation(harness, 2, &software, &company);
        harness.sql(
            "update registration_inventory_installation set twin = 'twin', \
            flags = 'partita_iva_errata', clone_suspected_at = 1",
            [],
        );
        seed::day(harness, &one, 20_000, "1.0");
        seed::day(harness, &one, 20_001, "1.0");
        seed::day(harness, &one, 20_002, "1.1");
        let report = seed::report(harness, 1, Some(&one), 1_000, "partita_iva_errata");
        let client = harness.with_permissions(&[READ]);
        for language in ["en", "it"] {
            let page = client.clone().language(language).get(&format!("/crm/installations/{one}"));
            let page = page.expect(200).text().to_owned();
            assert!(!page.contains("<b>Gestionale"), "{page}");
            for told in [two.as_str(), &report, "id=\"versions\"", "id=\"totals\"", "id=\"twins\""]
            {
                assert!(page.contains(told), "{told} {page}");
            }
        }
        let api = client.get(&format!("/api/admin/installazioni/{one}")).expect(200).json();
        assert_eq!(api["versioni"].as_array().map(Vec::len), Some(2));
        assert_eq!(api["versioni"][0]["versione"], "1.1");
        assert_eq!(api["versioni"][1]["dal"], "2024-10-04T00:00:00Z");
        assert_eq!(api["totali"].as_array().map(Vec::len), Some(3));
        assert_eq!(api["segnalazioni"], json!(["partita_iva_errata"]));
    });
}

#[test]
fn notes_are_written_changed_and_deleted_by_who_may() {
    each(|harness| {
        let software = seed::software(harness, 1, "Gestionale");
        let company = seed::company(harness, 1, "Rossi", "12345678903");
        let one = seed::installation(harness, 1, &software, &company);
        let notes = format!("/crm/installations/{one}/notes");
        harness.with_permissions(&[READ]).post_form(&notes, &[("testo", "x")]).expect(403);
        let client = harness.with_permissions(&[READ, CLASSIFY]);
        client.get(&notes).expect(200);
        client.post_form(&notes, &[("testo", "  ")]).expect(422);
        let long = "x".repeat(4_001);
        client.post_form(&notes, &[("testo", &long)]).expect(422);
        client.post_form(&notes, &[("testo", "call <them>")]).expect(303);
        let rows = harness.rows("select note_id, text from registration_inventory_note", []);
        assert_eq!(rows[0]["text"], "call <them>");
        let note = format!("{notes}/{}", rows[0]["note_id"].as_str().expect("id"));
        let page = client.get(&format!("/crm/installations/{one}")).expect(200).text().to_owned();
        assert!(page.contains("call &") && !page.contains("call <them>"));
        client.get(&note).expect(200);
        client.post_form(&note, &[("testo", "called")]).expect(303);
        let reseller = harness.organisations().reseller.clone();
        let foreign = harness.in_branch(&reseller, &[READ, CLASSIFY]);
        foreign.post_form(&note, &[("testo", "mine")]).expect(404);
        foreign.post_form(&format!("{note}/delete"), &[]).expect(404);
        client.post_form(&format!("{note}/delete"), &[]).expect(303);
        client.post_form(&format!("{note}/delete"), &[]).expect(404);
        assert_eq!(harness.scalar("select count(*) from registration_inventory_note", []), 0);
        let effects = harness.effects();
        assert_eq!(effects.actions(), ["note.written", "note.changed", "note.deleted"]);
    });
}

#[test]
fn installations_of_a_merged_customer_follow_and_the_tally_stays_exact() {
    each(|harness| {
        let software = seed::software(harness, 1, "Gestionale");
        let company = seed::company(harness, 1, "Rossi", "12345678903");
        let one = seed::installation(harness, 1, &software, &company);
        let reseller = harness.organisations().reseller.clone();
        let (from, into) = (harness.account(&reseller, "Old"), harness.account(&reseller, "New"));
        seed::assign(harness, &one, &from);
        harness.sql(
            "update registration_inventory_company set account_id = ?",
            [from.account_id.as_str().into()],
        );
        harness.sql(
            "insert into registration_inventory_tally select organisation_id, software_id, version, \
             state, currency, 0, 1, orders, sold from registration_inventory_installation",
            [],
        );
        for n in 0..2 {
            let merged = Merged { from: from.clone(), into: into.clone() };
            let payload = serde_json::to_value(merged).expect("payload");
            let event = Event {
                event_id: seed::id(9, n),
                name: MERGED.to_owned(),
                source: "customer-accounts".to_owned(),
                at: harness.clock().now(),
                payload,
            };
            harness.deliver(&event);
        }
        let rows = harness.rows(
            "select account_id, organisation_id from registration_inventory_installation",
            [],
        );
        assert_eq!(rows[0]["account_id"], into.account_id);
        assert_eq!(rows[0]["organisation_id"], into.organisation_id);
        let tally = "select coalesce(sum(installations), 0) from registration_inventory_tally \
            where organisation_id = ?";
        assert_eq!(harness.scalar(tally, [from.organisation_id.as_str().into()]), 0);
        assert_eq!(harness.scalar(tally, [into.organisation_id.as_str().into()]), 1);
        let company = "select count(*) from registration_inventory_company where account_id = ?";
        assert_eq!(harness.scalar(company, [into.account_id.as_str().into()]), 1);
        assert_eq!(harness.effects().actions(), ["installation.handed_over"]);
    });
}

#[test]
fn what_is_personal_is_handed_out_and_erased_with_the_customer_only() {
    each(|harness| {
        let software = seed::software(harness, 1, "Gestionale");
        let company = seed::company(harness, 1, "Rossi", "12345678903");
        let one = seed::installation(harness, 1, &software, &company);
        let two = seed::installation(harness, 2, &software, &company);
        let reseller = harness.organisations().reseller.clone();
        let account = harness.account(&reseller, "Rossi");
        seed::assign(harness, &one, &account);
        for (n, of) in [&one, &two].into_iter().enumerate() {
            seed::report(harness, u32::try_from(n).expect("small"), Some(of), 1_000, "");
        }
        let asked = OfAccount { account_id: account.account_id.clone() };
        let caller = harness.superadmin().caller().clone();
        let kept = harness.service(&inventory::DATA, &caller, &asked).expect("data");
        assert_eq!(kept["installations"][0]["host_name"], "PC-1");
        assert_eq!(kept["reports"].as_array().map(Vec::len), Some(1));
        let sibling = harness.organisations().sibling.clone();
        let stranger = harness.in_branch(&sibling, &[READ]).caller().clone();
        harness.service(&inventory::ERASE, &stranger, &asked).expect("nothing of his");
        let named =
            "select count(*) from registration_inventory_installation where host_name <> ''";
        let came = "select count(*) from registration_inventory_report where payload <> ''";
        assert_eq!((harness.scalar(named, []), harness.scalar(came, [])), (2, 2));
        harness.service(&inventory::ERASE, &caller, &asked).expect("erased");
        assert_eq!((harness.scalar(named, []), harness.scalar(came, [])), (1, 1));
    });
}
