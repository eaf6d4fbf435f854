//! Files in parts (tus 1.0.0), which go on where they broke off.

use axum::body::Body;
use axum::http::Method;
use plugin_testing::{Answer, Client};

use crate::vendor::{Vendor, on_each};

const PATH: &str = "/api/admin/caricamenti";

fn speaking(client: &Client) -> Client {
    client.clone().header("tus-resumable", "1.0.0")
}

/// Announces a file of six bytes called `A.exe`.
fn begin(vendor: &Vendor<'_>, release: &str) -> Answer {
    use base64::Engine as _;
    let release = base64::engine::general_purpose::STANDARD.encode(release);
    let said = format!("filename QS5leGU=,rilascio {release}");
    let client = speaking(&vendor.client).header("upload-length", "6");
    client.header("upload-metadata", &said).send(Method::POST, PATH, None)
}

fn part(vendor: &Vendor<'_>, place: &str, offset: &str, bytes: &'static str) -> Answer {
    let client = speaking(&vendor.client).header("upload-offset", offset);
    let body = Some(("application/offset+octet-stream", Body::from(bytes)));
    client.send(Method::PATCH, place, body)
}

#[test]
fn a_file_in_parts_becomes_part_of_its_release() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        let begun = begin(vendor, &release).expect(201);
        let place = begun.header("location").expect("an address").to_owned();
        let sent = part(vendor, &place, "0", "abc").expect(204);
        assert_eq!(sent.header("upload-offset"), Some("3"));
        let head = speaking(&vendor.client).send(Method::HEAD, &place, None).expect(200);
        assert_eq!(head.header("upload-offset"), Some("3"));
        assert_eq!(head.header("upload-length"), Some("6"));
        assert_eq!(part(vendor, &place, "0", "abc").expect(409).problem(), "tus_posizione");
        let last = part(vendor, &place, "3", "def").expect(204);
        assert_eq!(last.header("tus-resumable"), Some("1.0.0"));
        let file = &vendor.read(&release)["file"][0];
        assert_eq!((&file["nome"], &file["dimensione"]), (&"A.exe".into(), &6.into()));
        speaking(&vendor.client).send(Method::HEAD, &place, None).expect(404);
    });
}

#[test]
fn what_is_no_upload_is_refused() {
    on_each(|vendor| {
        let release = vendor.draft("1.0.0", &["stable"]);
        vendor.client.send(Method::POST, PATH, None).expect(412);
        let nothing = speaking(&vendor.client).send(Method::POST, PATH, None).expect(400);
        assert_eq!(nothing.problem(), "tus_intestazione");
        begin(vendor, "00000000-0000-7000-8000-00000000ffff").expect(404);
        let begun = begin(vendor, &release).expect(201);
        let place = begun.header("location").expect("an address").to_owned();
        let client = speaking(&vendor.client).header("upload-offset", "0");
        let body = Some(("text/plain", Body::from("abc")));
        client.send(Method::PATCH, &place, body).expect(415);
        part(vendor, &place, "0", "longer than announced").expect(413);
        speaking(&vendor.client).send(Method::DELETE, &place, None).expect(204);
        part(vendor, &place, "0", "abc").expect(404);
        let reader = vendor.harness.with_permissions(&["update-server:read"]);
        speaking(&reader).send(Method::POST, PATH, None).expect(403);
        let out = vendor.released("2.0.0", &["stable"]);
        assert_eq!(begin(vendor, &out).expect(409).problem(), "rilascio_uscito");
    });
}
