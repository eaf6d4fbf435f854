//! What is new, and that nothing is, in the words of each client, read by parsers that are not ours.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cockpit_tests::environment::{python, repository};
use cockpit_tests::place::run_with_input;
use cockpit_tests::vendor::Vendor;
use cockpit_tests::vendor_keys::{minisign, minisign_key, sparkle, sparkle_key};
use cockpit_tests::{Client, Cockpit, Setup};
use ed25519_dalek::{Signature, VerifyingKey};
use minisign_verify::{PublicKey, Signature as Minisign};
use plugin_api::time::parse_instant;
use reqwest::Method;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use crate::activation::other_libraries::jose;

/// A release with a file for every client.
const NEW: &str = "2.0.0";

fn content(kind: &str) -> Vec<u8> {
    format!("Acme {NEW} as {kind}").into_bytes()
}

/// Programs that ask at the address of a licence.
struct Asking {
    client: Client,
    base: String,
    product: String,
}

impl Asking {
    async fn json(&self, path: &str) -> Value {
        self.client.get(&format!("{}{path}", self.base)).await.expect(200).json()
    }

    /// A file an answer names must be what was uploaded.
    async fn is_file(&self, url: &Value, kind: &str) {
        let url = url.as_str().expect("an address");
        assert!(url.starts_with(&self.base), "{url} is not below {}", self.base);
        let sent = cockpit_tests::update_clients::file(&self.client, url).await;
        assert_eq!(sent, content(kind), "{url}");
    }
}

/// Each client in turn, on one server.
pub(super) async fn of_each_client(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(setup).await;
    let vendor = Vendor::of_demo(&cockpit).await;
    let keys = json!({ "chiave_minisign": minisign_key(), "chiave_sparkle": sparkle_key() });
    vendor.set(&keys).await;
    release(&vendor).await;
    let base = cockpit.told().updates.base_url.clone();
    let asking = Asking { client: cockpit.anonymous(), base, product: vendor.product.clone() };
    tauri(&asking).await;
    appcast(&asking).await;
    squirrel(&asking).await;
    velopack(&asking).await;
    verifica(&cockpit, &asking).await;
}

async fn release(vendor: &Vendor) {
    let setup = format!("Acme-{NEW}-x64-setup.exe");
    let signature = minisign(&content("nsis"), &setup, NEW).into_bytes();
    let (zip, package) = (format!("Acme-{NEW}-mac.zip"), format!("Acme.App-{NEW}-full.nupkg"));
    let placed = format!("{zip}?piattaforma=macos&architettura=any");
    let packaged = format!("{package}?piattaforma=windows");
    let files: [(&str, &[u8]); 4] = [
        (&setup, &content("nsis")),
        (&format!("{setup}.minisig"), &signature),
        (&placed, &content("zip")),
        (&packaged, &content("nupkg")),
    ];
    let id = vendor.draft(NEW, &["stable"], &files).await;
    let signed = json!({ "firma_sparkle": sparkle(&content("zip")) });
    let path = format!("/api/admin/rilasci/{id}/file/{zip}");
    let patch = vendor.software.request(Method::PATCH, &path).json(&signed);
    vendor.software.send(patch).await.assert(200);
    let change = json!({ "note": { "en": "Faster & <safer>", "it": "Più veloce" } });
    let path = format!("/api/admin/rilasci/{id}");
    cockpit_tests::licences::patch(&vendor.software, &path, &change).await.assert(200);
    vendor.publish(&id, None).await;
}

/// By the library Tauri's updater verifies with.
fn verified_by_tauri(signature: &Value) {
    let text = STANDARD.decode(signature.as_str().expect("a text")).expect("base64");
    let text = String::from_utf8(text).expect("a text");
    assert_eq!(text.lines().count(), 4, "{text}");
    let key = PublicKey::from_base64(&minisign_key()).expect("a key");
    let signature = Minisign::decode(&text).expect("a signature");
    key.verify(&content("nsis"), &signature, true).expect("of this file");
    assert!(key.verify(b"another file", &signature, true).is_err());
    let comment = signature.trusted_comment();
    assert!(comment.contains(&format!("version:{NEW}")), "{comment}");
}

/// The dynamic document, 204 when there is nothing, and the static one.
async fn tauri(asking: &Asking) {
    let at = |running: &str, bundle: &str| {
        format!("/tauri/stable/windows/x86_64/{running}?bundle_type={bundle}")
    };
    let found = asking.json(&at("1.0.0", "nsis")).await;
    assert_eq!(found["version"], NEW, "{found}");
    assert_eq!(found["notes"], "Faster & <safer>", "{found}");
    let date = found["pub_date"].as_str().expect("a date");
    assert!(parse_instant(date).is_some() && date.contains('T'), "{date}");
    verified_by_tauri(&found["signature"]);
    asking.is_file(&found["url"], "nsis").await;
    for nothing in [at(NEW, "nsis"), at("9.0.0", "nsis"), at("1.0.0", "msi")] {
        let answer = asking.client.get(&format!("{}{nothing}", asking.base)).await.expect(204);
        assert_eq!(answer.body, "", "{nothing}");
    }

    let found = asking.json("/tauri/stable/latest.json").await;
    assert_eq!(found["version"], NEW, "{found}");
    let platforms = found["platforms"].as_object().expect("platforms");
    assert_eq!(
        platforms.keys().collect::<Vec<_>>(),
        ["windows-x86_64", "windows-x86_64-nsis"],
        "one entry that cannot be read would spoil all"
    );
    for one in platforms.values() {
        verified_by_tauri(&one["signature"]);
        asking.is_file(&one["url"], "nsis").await;
    }
}

/// The client compares by itself: its feed lists the newest.
async fn appcast(asking: &Asking) {
    let path = format!("{}/sparkle/stable/appcast.xml", asking.base);
    let answer = asking.client.get(&path).await.expect(200);
    assert!(answer.header("content-type").starts_with("application/rss+xml"));
    let mut command = Command::new(python());
    command.arg(repository().join("tests/it/updates/appcast.py"));
    let told = run_with_input(&mut command, answer.body.as_bytes()).success();
    let items: Value = serde_json::from_str(&told).expect("JSON");
    let [item] = items.as_array().expect("items").as_slice() else { panic!("{items}") };
    assert_eq!(item["sparkle:version"], NEW, "{item}");
    assert_eq!(item["sparkle:shortVersionString"], NEW, "{item}");
    assert_eq!(item["description"], "Faster & <safer>", "{item}");
    assert!(item["pubDate"].as_str().is_some_and(|date| date.ends_with("+0000")), "{item}");
    let [file] = item["enclosures"].as_array().expect("files").as_slice() else { panic!("{item}") };
    assert_eq!(file["length"], content("zip").len().to_string(), "{item}");
    let signature = file["sparkle:edSignature"].as_str().expect("a signature");
    let signature = STANDARD.decode(signature).expect("base64");
    let key: [u8; 32] = STANDARD.decode(sparkle_key()).expect("base64").try_into().expect("a key");
    let key = VerifyingKey::from_bytes(&key).expect("a key");
    let signature = Signature::from_slice(&signature).expect("64 bytes");
    key.verify_strict(&content("zip"), &signature).expect("of this file");
    asking.is_file(&file["url"], "zip").await;
}

/// `^([0-9a-fA-F]{40})\s+(\S+)\s+(\d+)$`, as the client reads a line.
fn line(line: &str) -> (String, String, usize) {
    let parts: Vec<&str> = line.split_whitespace().collect();
    let [hash, name, size] = parts.as_slice() else { panic!("{line}") };
    assert!(hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
    let name_is = |ending: &str| name.ends_with(ending);
    assert!(name_is("-full.nupkg") || name_is("-delta.nupkg"), "{line}");
    ((*hash).to_owned(), (*name).to_owned(), size.parse().expect("a number"))
}

/// An empty list is an error to the client: it names what is running.
async fn squirrel(asking: &Asking) {
    let mut lists = Vec::new();
    for running in ["1.0.0", NEW] {
        let path = format!(
            "{}/squirrel/stable/RELEASES?id=Acme.App&localVersion={running}&arch=amd64",
            asking.base
        );
        lists.push(asking.client.get(&path).await.expect(200).body);
    }
    for list in &lists {
        let [(hash, name, size)] =
            list.lines().map(line).collect::<Vec<_>>().try_into().expect("one");
        assert_eq!(hash, plugin_api::hex(&Sha1::digest(content("nupkg"))).to_uppercase());
        assert_eq!(
            (&*name, size),
            (&*format!("Acme.App-{NEW}-full.nupkg"), content("nupkg").len())
        );
        let url = format!("{}/squirrel/stable/{name}", asking.base);
        asking.is_file(&url.into(), "nupkg").await;
    }
    let unchanged = lists.iter().all(|list| Some(list) == lists.first());
    assert!(unchanged, "the client finds nothing newer than it runs: {lists:?}");
}

async fn velopack(asking: &Asking) {
    for running in ["1.0.0", NEW] {
        let path = format!(
            "/velopack/stable/releases.win.json?localVersion={running}&id=Acme.App&stagingId=one"
        );
        let list = asking.json(&path).await;
        let [asset] = list["Assets"].as_array().expect("assets").as_slice() else {
            panic!("{list}")
        };
        let expected = json!({
            "PackageId": "Acme.App", "Version": NEW, "Type": "Full",
            "FileName": format!("Acme.App-{NEW}-full.nupkg"), "Size": content("nupkg").len(),
            "SHA1": plugin_api::hex(&Sha1::digest(content("nupkg"))).to_uppercase(),
            "SHA256": cockpit_tests::jws::sha256(&content("nupkg")).to_uppercase(),
            "NotesMarkdown": "Faster & <safer>",
        });
        assert_eq!(*asset, expected, "{running}");
        let name = asset["FileName"].as_str().expect("a name");
        let url = format!("{}/velopack/stable/{name}", asking.base);
        asking.is_file(&url.into(), "nupkg").await;
    }
}

/// The signed answer is the plain one, for this question only.
async fn verifica(cockpit: &Cockpit, asking: &Asking) {
    let secret = &cockpit.told().updates.token;
    for (running, outcome) in [("1.0.0", "disponibile"), (NEW, "aggiornato")] {
        let nonce = format!("nonce-{running}");
        let path = format!(
            "/api/aggiornamenti/verifica?prodotto={}&canale=stable&versione={running}\
             &piattaforma=windows&architettura=x86_64&formato=nsis&installazione=one&nonce={nonce}",
            asking.product
        );
        let request = asking.client.request(Method::GET, &path).bearer_auth(secret);
        let mut answer = asking.client.send(request).await.expect(200).json();
        assert_eq!((&answer["esito"], &answer["versione"]), (&json!(outcome), &json!(NEW)));
        let token = answer["jws"].take();
        let mut claims = cockpit_tests::jws::part(token.as_str().expect("a token"), 1);
        claims["esito"] = "nessuno".into();
        let forged = cockpit_tests::jws::with_claims(token.as_str().expect("a token"), &claims);
        let (typ, audience) = ("aggiornamento+jwt", &asking.product);
        let read = jose(
            cockpit,
            &json!([
                { "token": token, "typ": typ, "audience": audience },
                { "token": token, "typ": "licenza+jwt", "audience": audience },
                { "token": forged, "typ": typ, "audience": audience },
            ]),
        );
        assert_eq!(read[0]["certified"], true, "{read:?}");
        let claims = &read[0]["claims"];
        assert_eq!(claims["nonce"], nonce, "{claims}");
        for (member, said) in answer.as_object().expect("an answer") {
            assert!(*member == "jws" || claims[member] == *said, "{member}: {claims}");
        }
        let seconds = |name: &str| claims[name].as_i64().expect("seconds");
        assert_eq!(seconds("exp") - seconds("iat"), 300, "{claims}");
        assert_eq!(read[1]["refused"], "ERR_JWT_CLAIM_VALIDATION_FAILED", "{read:?}");
        assert_eq!(read[2]["refused"], "ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "{read:?}");
        if outcome == "disponibile" {
            asking.is_file(&answer["url"], "nsis").await;
            assert_eq!(answer["sha256"], cockpit_tests::jws::sha256(&content("nsis")));
        } else {
            assert_eq!(answer.get("url"), None, "{answer}");
        }
    }
}
