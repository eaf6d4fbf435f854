//! Feeds the vendor signed himself are checked when they come, and handed out byte for byte.

use axum::body::Body;
use axum::http::Method;
use plugin_testing::Answer;
use serde_json::json;

use crate::signing::Key;
use crate::vendor::{PRODUCT, Vendor, on_each};

const FILE: &[u8] = b"disk image";

/// A product that anybody may have, with a release 1.0.0 for macOS whose file `key` signed.
fn published(vendor: &Vendor<'_>, key: &Key) -> String {
    let path = format!("/api/admin/aggiornamenti/{PRODUCT}");
    let body = json!({ "accesso": "pubblico", "chiave_sparkle": key.sparkle_public() });
    vendor.client.put_json(&path, body).expect(200);
    let release = vendor.draft("1.0.0", &["stable"]);
    vendor.send(&release, "Acme-1.0.0.dmg", FILE).expect(200);
    let file = format!("/api/admin/rilasci/{release}/file/Acme-1.0.0.dmg");
    vendor.client.patch_json(&file, json!({ "firma_sparkle": key.sparkle(FILE) })).expect(200);
    vendor.harness.run_jobs();
    vendor
        .client
        .post_json(&format!("/api/admin/rilasci/{release}/pubblica"), json!({}))
        .expect(200);
    release
}

fn feed(version: &str, signature: &str, length: usize) -> String {
    format!(
        "<rss xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\"><channel><item>\
         <sparkle:version>{version}</sparkle:version>\
         <enclosure url=\"https://acme.example/Acme-1.0.0.dmg\" length=\"{length}\" \
         sparkle:edSignature=\"{signature}\"/></item></channel></rss>\n"
    )
}

fn put(vendor: &Vendor<'_>, channel: &str, kind: &str, feed: &str) -> Answer {
    let path = format!("/api/admin/aggiornamenti/{PRODUCT}/canali/{channel}/elenchi/{kind}");
    let body = Some(("application/octet-stream", Body::from(feed.to_owned())));
    vendor.client.send(Method::PUT, &path, body)
}

/// Over the page: what is refused is a page that says why.
fn upload(vendor: &Vendor<'_>, kind: &str, feed: &str) -> Answer {
    let field = |name: &str, text: &str| {
        format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let file = format!(
        "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xml\"\r\n\r\n{feed}\r\n\
         --xx--\r\n"
    );
    let body = field("canale", "stable") + &field("tipo", kind) + &file;
    let form = Some(("multipart/form-data; boundary=xx", Body::from(body)));
    let path = format!("/crm/update-products/{PRODUCT}/feed");
    vendor.client.send(Method::POST, &path, form)
}

fn codes(answer: &Answer) -> String {
    let avvisi = answer.json()["avvisi"].as_array().cloned().unwrap_or_default();
    let codes = avvisi.iter().map(|one| one["codice"].as_str().unwrap_or_default().to_owned());
    codes.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_appcast_that_does_not_match_is_refused_with_the_reason() {
    on_each(|vendor| {
        let (key, other) = (Key::number(1), Key::number(2));
        published(vendor, &key);
        let signature = key.sparkle(FILE);
        let good = feed("1.0.0", &signature, FILE.len());
        let spoilt = key.appcast(&good).replace("Acme-1.0.0", "Acme-1.0.1");
        for (feed, expected) in [
            (good.clone(), "elenco_non_firmato"),
            (other.appcast(&good), "firma_errata"),
            (spoilt, "firma_errata elenco_file_ignoto"),
            (key.appcast(&feed("1.0.0", &other.sparkle(FILE), FILE.len())), "elenco_impronta"),
            (key.appcast(&feed("1.0.0", &signature, 1)), "elenco_dimensione"),
            (key.appcast(&feed("1.1.0", &signature, FILE.len())), "elenco_versione_non_uscita"),
            (key.appcast("<rss/>"), "elenco_illeggibile"),
        ] {
            let refused = put(vendor, "stable", "appcast", &feed).expect(422);
            assert_eq!(refused.problem(), "elenco_non_conforme");
            assert_eq!(codes(&refused), expected, "{feed}");
            let page = upload(vendor, "appcast", &feed).expect(422);
            assert!(page.html().contains("appcast.xml") && !page.html().contains('⟦'));
        }
        assert_eq!(
            put(vendor, "nope", "appcast", &key.appcast(&good)).expect(422).problem(),
            "validation"
        );
        assert_eq!(
            put(vendor, "stable", "nope", &key.appcast(&good)).expect(422).problem(),
            "validation"
        );
        assert_eq!(put(vendor, "stable", "appcast", "").expect(422).problem(), "validation");
        // A draft is not out.
        let draft = vendor.draft("1.1.0", &["stable"]);
        vendor.send(&draft, "Acme-1.0.0.dmg", FILE).expect(200);
        let early = key.appcast(&feed("1.1.0", &signature, FILE.len()));
        assert_eq!(codes(&put(vendor, "stable", "appcast", &early)), "elenco_versione_non_uscita");
        let count = "select count(*) from update_server_feed";
        assert_eq!(vendor.harness.scalar(count, []), 0);
        let path = format!("/api/admin/aggiornamenti/{PRODUCT}");
        vendor.client.put_json(&path, json!({ "chiave_sparkle": "" })).expect(200);
        let unchecked = put(vendor, "stable", "appcast", &key.appcast(&good)).expect(422);
        assert_eq!(codes(&unchecked), "firma_non_verificata", "without a key nobody knows");
    });
}

#[test]
fn an_appcast_is_handed_out_byte_for_byte_while_its_releases_are_out() {
    on_each(|vendor| {
        let key = Key::number(1);
        let release = published(vendor, &key);
        // Windows line ends, a space at the end: everything stays.
        let content = feed("1.0.0", &key.sparkle(FILE), FILE.len()).replace('\n', " \r\n");
        let signed = key.appcast(&content);
        upload(vendor, "appcast", &signed).expect(303);
        put(vendor, "stable", "appcast", &signed).expect(204);
        let stranger = vendor.harness.anonymous().header("accept", "*/*");
        let address = format!("/u/~{PRODUCT}/sparkle/stable/appcast.xml");
        let served = || stranger.get(&address).expect(200);
        assert_eq!(served().bytes.as_ref(), signed.as_bytes());
        let yank = format!("/api/admin/rilasci/{release}/ritira");
        vendor.client.post_json(&yank, json!({ "motivo": "bad" })).expect(200);
        assert!(!served().text().contains("Acme-1.0.0.dmg"), "nobody is sent to what is gone");
        let path = format!("/api/admin/aggiornamenti/{PRODUCT}/canali/stable/elenchi/appcast");
        vendor.client.delete(&path).expect(204);
        vendor.client.delete(&path).expect(404);
        let page = vendor.client.get(&format!("/crm/update-products/{PRODUCT}")).expect(200);
        assert!(!page.html().contains('⟦'));
    });
}

#[test]
fn a_feed_of_electron_is_held_against_the_files_of_the_channel() {
    on_each(|vendor| {
        let path = format!("/api/admin/aggiornamenti/{PRODUCT}");
        vendor.client.put_json(&path, json!({ "accesso": "pubblico" })).expect(200);
        let release = vendor.released("1.0.0", &["stable"]);
        let sha512 = vendor.read(&release)["file"][0]["sha512"].as_str().expect("one").to_owned();
        let yml = format!(
            "version: 1.0.0\nfiles:\n  - url: Acme-1.0.0-setup.exe\n    sha512: {sha512}\n    \
             size: 7\nreleaseDate: '2026-01-15T10:00:00.000Z' # by hand\n"
        );
        for (feed, expected) in [
            (yml.replace("version: 1.0.0", "version: 1.0.1"), "elenco_versione_non_uscita"),
            (yml.replace("size: 7", "size: 8"), "elenco_dimensione"),
            (yml.replace(&sha512, "d2hh"), "elenco_impronta"),
            (yml.replace("Acme", "Other"), "elenco_file_ignoto"),
            ("version: [1".to_owned(), "elenco_illeggibile"),
        ] {
            let refused = put(vendor, "stable", "electron", &feed).expect(422);
            assert_eq!(codes(&refused), expected, "{feed}");
        }
        let elsewhere = put(vendor, "beta", "electron", &yml).expect(422);
        assert_eq!(codes(&elsewhere), "elenco_versione_non_uscita");
        put(vendor, "stable", "electron", &yml).expect(204);
        let stranger = vendor.harness.anonymous().header("accept", "*/*");
        let served = stranger.get(&format!("/u/~{PRODUCT}/electron/stable/latest.yml")).expect(200);
        assert_eq!(served.bytes.as_ref(), yml.as_bytes());
        let file = format!("/u/~{PRODUCT}/electron/stable/Acme-1.0.0-setup.exe");
        assert_eq!(stranger.get(&file).expect(200).bytes.as_ref(), b"program");
    });
}
