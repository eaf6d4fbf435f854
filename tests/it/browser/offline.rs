//! A machine without a network is activated with files: its request is uploaded, looked at and
//! answered, and the downloaded answer verifies with nothing but the published keys.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cockpit_tests::{Cockpit, Setup};
use serde_json::{Value, json};

use super::driver::Script;
use super::page::Browser;
use super::signed_in;
use crate::activation::keys::with_pyjwt;

const OFFLINE: &str = "/crm/offline";

#[tokio::test]
async fn a_machine_without_a_network_is_activated_with_files() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let browser = Browser::start("offline", &cockpit.url, Script::Off).await;
    signed_in(&browser, &cockpit).await;
    let mut file = tempfile::Builder::new().suffix(".txt").tempfile().expect("a file");
    file.write_all(request(&cockpit.told().activation_key).as_bytes()).expect("written");
    let path = file.path().to_str().expect("a path").to_owned();

    browser.open(OFFLINE).await;
    browser.see("[name=file]").await.send_keys(&path).await.expect("a file is chosen");
    browser.click("main form .acts button").await;
    browser.read("main", "Banco di prova").await;
    browser.click("main form .acts button").await;
    browser.read("main", "Download the answer").await;
    browser.see("svg.qr").await;
    let href = browser.attribute("main a[href$='/file']", "href").await;
    let answer = cockpit.superadmin().await.get(&href).await.expect(200);
    assert!(answer.header("content-disposition").ends_with(".lic\""), "{:?}", answer.headers);

    let token = answer.body.trim().strip_prefix("L1R.").expect("an answer").to_owned();
    let jwks = format!("{}/.well-known/jwks.json", cockpit.url);
    let verified = with_pyjwt(&jwks, &cockpit.told().product, &token).success();
    let verified: Value = serde_json::from_str(&verified).expect("JSON");
    assert_eq!(verified["claims"]["non"], "prova-0001");
    assert_eq!(verified["claims"]["dev"]["impronta"], "banco-senza-rete");

    // The same file again is answered by nobody.
    browser.open(OFFLINE).await;
    browser.see("[name=file]").await.send_keys(&path).await.expect("a file is chosen");
    browser.click("main form .acts button").await;
    browser.read("main", "This request was answered on").await;
    browser.gone("main form .acts button").await;
}

/// The request as the documentation says a program writes it.
fn request(key: &str) -> String {
    let request = json!({
        "v": 1, "azione": "attiva", "chiave_licenza": key, "nonce": "prova-0001",
        "dispositivo": {"impronta": "banco-senza-rete", "nome": "Banco di prova"},
    });
    let payload = URL_SAFE_NO_PAD.encode(request.to_string());
    let crc = payload.bytes().fold(u32::MAX, |register, byte| {
        (0..8).fold(register ^ u32::from(byte), |register, _| {
            (register >> 1) ^ if register & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    });
    format!("L1Q.{payload}.{:08X}\n", !crc)
}
