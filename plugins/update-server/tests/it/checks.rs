//! What does not match is not published: each with its reason, on the page and over the API.

use std::time::Duration;

use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use crate::signing::Key;
use crate::vendor::{PRODUCT, Vendor, on_each};

const NAME: &str = "Acme-1.0.0-x64-setup.exe";
const DMG: &str = "Acme-1.0.0.dmg";
const FILE: &[u8] = b"program";
const COMMENT: &str = "timestamp:1790000000\tfile:Acme-1.0.0-x64-setup.exe\tversion:1.0.0";

/// The product's keys.
fn keys(vendor: &Vendor<'_>, body: &Json) {
    vendor
        .client
        .put_json(&format!("/api/admin/aggiornamenti/{PRODUCT}"), body.clone())
        .expect(200);
}

fn publish(vendor: &Vendor<'_>, release: &str) -> Answer {
    let path = format!("/api/admin/rilasci/{release}/pubblica");
    vendor.client.post_json(&path, json!({ "conferma_avvisi": true }))
}

/// What refuses a draft over the API; the page says the same in words.
fn refused(vendor: &Vendor<'_>, release: &str) -> String {
    let answer = publish(vendor, release).expect(422);
    assert_eq!(answer.problem(), "rilascio_non_conforme");
    let avvisi = answer.json()["avvisi"].as_array().cloned().expect("a list");
    let told = avvisi.iter().filter(|one| one["impedisce"] == true);
    let page = vendor.client.get(&format!("/crm/releases/{release}/publish")).expect(200);
    assert!(!page.html().contains('⟦'));
    let mut codes = Vec::new();
    for one in told {
        let text = one["testo"].as_str().expect("a text");
        let shown = text.replace('&', "&#38;").replace('\'', "&#39;").replace('"', "&#34;");
        assert!(page.html().contains(&shown), "the page does not say: {text}");
        codes.push(one["codice"].as_str().expect("a code").to_owned());
    }
    assert_eq!(vendor.read(release)["stato"], "bozza");
    codes.join(" ")
}

fn draft(vendor: &Vendor<'_>, name: &str) -> String {
    let release = vendor.draft("1.0.0", &["stable"]);
    vendor.send(&release, name, FILE).expect(200);
    release
}

fn sign(vendor: &Vendor<'_>, release: &str, name: &str, body: &Json) {
    let path = format!("/api/admin/rilasci/{release}/file/{name}");
    vendor.client.patch_json(&path, body.clone()).expect(200);
}

#[test]
fn minisign_signatures_are_of_the_key_the_file_and_the_version() {
    on_each(|vendor| {
        let (key, other) = (Key::number(1), Key::number(2));
        keys(vendor, &json!({ "chiave_minisign": key.minisign_public() }));
        let release = draft(vendor, NAME);
        assert_eq!(refused(vendor, &release), "firma_mancante");
        let version = COMMENT.replace("version:1.0.0", "version:0.9.0");
        let file = COMMENT.replace("Acme-1.0.0", "Acme-0.9.0");
        for (signature, expected) in [
            (other.minisign(FILE, COMMENT), "firma_altra_chiave"),
            (key.minisign(b"other", COMMENT), "firma_errata"),
            (key.minisign(FILE, &version), "commento_versione"),
            (key.minisign(FILE, &file), "commento_file"),
            (
                key.minisign(FILE, COMMENT).replace("version:1.0.0", "version:1.0.1"),
                "commento_errato",
            ),
        ] {
            // As the file that lies beside it.
            vendor.send(&release, &format!("{NAME}.sig"), signature.as_bytes()).expect(200);
            assert_eq!(refused(vendor, &release), expected, "{signature}");
        }
        let good = key.minisign(FILE, COMMENT);
        vendor.send(&release, &format!("{NAME}.minisig"), good.as_bytes()).expect(200);
        assert!(vendor.harness.run_jobs().is_empty(), "its hash is known, nothing is read");
        publish(vendor, &release).expect(200);
    });
}

#[test]
fn signatures_over_every_byte_are_verified_in_the_background() {
    on_each(|vendor| {
        let (key, other) = (Key::number(1), Key::number(2));
        let public = json!({
            "chiave_minisign": key.minisign_public(), "chiave_sparkle": key.sparkle_public(),
        });
        keys(vendor, &public);
        let release = draft(vendor, DMG);
        let comment = COMMENT.replace(NAME, DMG);
        let legacy = key.legacy_minisign(FILE, &comment);
        let body = json!({ "firma_sparkle": other.sparkle(FILE), "firma_minisign": legacy });
        sign(vendor, &release, DMG, &body);
        let before = vendor.harness.clock().now();
        assert_eq!(refused(vendor, &release), "controllo_in_corso");
        let waited = vendor.harness.clock().now() - before;
        assert!(waited <= i64::try_from(Duration::from_secs(20).as_millis()).expect("short"));
        let jobs = vendor.harness.run_jobs();
        assert_eq!(jobs.len(), 1, "what is under way is not asked for again");
        assert_eq!(refused(vendor, &release), "firma_errata");
        let reread = vendor.harness.run_jobs();
        assert!(reread.is_empty(), "what is known is not read again");

        sign(vendor, &release, DMG, &json!({ "firma_sparkle": key.sparkle(FILE) }));
        vendor.harness.run_jobs();
        let check = format!("/api/admin/rilasci/{release}/pubblica");
        assert_eq!(vendor.client.get(&check).expect(200).json(), json!([]));
        // Another key asks another question, and publishing asks it.
        keys(vendor, &json!({ "chiave_sparkle": other.sparkle_public() }));
        let again = publish(vendor, &release).expect(422);
        assert_eq!(again.header("retry-after"), Some("5"));
        assert_eq!(again.json()["avvisi"][0]["riprovare"], true);
        let page = vendor.client.get(&format!("/crm/releases/{release}/publish")).expect(200);
        assert!(page.html().contains("<form"), "who sees that may publish again");
        vendor.harness.run_jobs();
        assert_eq!(refused(vendor, &release), "firma_errata");
        keys(vendor, &json!({ "chiave_sparkle": key.sparkle_public() }));
        publish(vendor, &release).expect(200);
        let rows = "select count(*) from update_server_examination where subject = 'job'";
        assert_eq!(vendor.harness.scalar(rows, []), 0);
    });
}

#[test]
fn what_is_known_of_a_file_goes_with_it() {
    on_each(|vendor| {
        let key = Key::number(1);
        keys(vendor, &json!({ "chiave_sparkle": key.sparkle_public() }));
        let release = draft(vendor, DMG);
        let signature = json!({ "firma_sparkle": key.sparkle(FILE) });
        sign(vendor, &release, DMG, &signature);
        vendor.harness.run_jobs();
        let count = "select count(*) from update_server_examination";
        assert_eq!(vendor.harness.scalar(count, []), 1);
        // Another file of the same name has yet to prove itself.
        vendor.send(&release, DMG, b"other").expect(200);
        assert_eq!(vendor.harness.scalar(count, []), 0);
        sign(vendor, &release, DMG, &signature);
        vendor.send(&release, DMG, b"another").expect(200);
        vendor.harness.run_jobs();
        assert_eq!(vendor.harness.scalar(count, []), 0, "its job found it gone");
        sign(vendor, &release, DMG, &signature);
        vendor.harness.run_jobs();
        assert_eq!(refused(vendor, &release), "firma_errata");
        vendor.client.delete(&format!("/api/admin/rilasci/{release}")).expect(204);
        assert_eq!(vendor.harness.scalar(count, []), 0);
    });
}

#[test]
fn feeds_of_builders_are_held_against_the_release() {
    on_each(|vendor| {
        let release = draft(vendor, NAME);
        let sha512 = vendor.read(&release)["file"][0]["sha512"].as_str().expect("one").to_owned();
        let yml = format!(
            "version: 1.0.0\nfiles:\n  - url: {NAME}\n    sha512: {sha512}\n    size: 7\n\
             path: {NAME}\nsha512: {sha512}\n"
        );
        for (from, to, expected) in [
            (format!("    sha512: {sha512}"), "    sha512: d2hh".to_owned(), "elenco_impronta"),
            ("size: 7".to_owned(), "size: 70".to_owned(), "elenco_dimensione"),
            ("version: 1.0.0".to_owned(), "version: 1.0.1".to_owned(), "elenco_versione"),
            (format!("url: {NAME}"), "url: Acme-1.0.0-arm64.exe".to_owned(), "elenco_file_ignoto"),
            ("version".to_owned(), "[version".to_owned(), "elenco_illeggibile"),
        ] {
            let spoilt = yml.replacen(&from, &to, 1);
            vendor.send(&release, "latest.yml", spoilt.as_bytes()).expect(200);
            assert_eq!(refused(vendor, &release), expected, "{spoilt}");
        }
        vendor.send(&release, "latest.yml", yml.as_bytes()).expect(200);
        publish(vendor, &release).expect(200);
    });
}

#[test]
fn names_and_formats_are_those_of_the_release() {
    on_each(|vendor| {
        for (name, query, expected) in [
            ("Acme-1.0.1-setup.exe", "", "nome_versione"),
            ("Acme-1.0.0-beta.2-setup.exe", "", "nome_versione"),
            ("Acme-1.0.0.dmg", "?formato=nsis", "nome_estensione"),
        ] {
            let release = vendor.draft("1.0.0", &["stable"]);
            vendor.send(&release, &format!("{name}{query}"), FILE).expect(200);
            assert_eq!(refused(vendor, &release), expected, "{name}");
            vendor.client.delete(&format!("/api/admin/rilasci/{release}")).expect(204);
        }
        let release = draft(vendor, NAME);
        vendor.send(&release, "Acme-1.0.0-amd64-setup.exe", FILE).expect(200);
        assert_eq!(refused(vendor, &release), "posto_doppio");
    });
}
