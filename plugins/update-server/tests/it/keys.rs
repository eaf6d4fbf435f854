//! The keys of a product on their pages and over the API.

use axum::body::Body;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_testing::{Answer, Client};
use serde_json::{Value as Json, json};
use update_server::domain::tuf::canonical::canonical;
use update_server::domain::tuf::key::{Keyring, PublicKey};

use crate::vendor::{PRODUCT, Vendor, on_each};

const PAGE: &str = "/crm/update-products/STUDIO/keys";
const API: &str = "/api/admin/aggiornamenti/STUDIO";

/// Somebody who may see keys and nothing else.
fn keeper(vendor: &Vendor<'_>) -> Client {
    vendor.harness.with_permissions(&["update-server:keys"])
}

/// A key the vendor keeps, and what he signs with it.
fn own(n: u8) -> (Keyring, PublicKey) {
    let mut ring = Keyring::default();
    let key = ring.add(&[n; 32]);
    (ring, key)
}

/// Sends files and pasted text as the form of the page does.
fn send(client: &Client, files: &[&str], text: &str) -> Answer {
    let mut body = String::new();
    for file in files {
        body.push_str(
            "--xx\r\nContent-Disposition: form-data; name=\"firme\"; filename=\"a.json\"",
        );
        body.push_str(&["\r\n\r\n", file, "\r\n"].concat());
    }
    body.push_str("--xx\r\nContent-Disposition: form-data; name=\"testo\"\r\n\r\n");
    body.push_str(&[text, "\r\n--xx--\r\n"].concat());
    let form = Some(("multipart/form-data; boundary=xx", Body::from(body)));
    client.send(Method::POST, &format!("{PAGE}/signatures"), form)
}

/// All that waits as one file of the page, with the signatures this key is asked for.
fn signed(client: &Client, (ring, key): &(Keyring, PublicKey)) -> String {
    let path = format!("{PAGE}/documents/documents.json");
    let mut all: Json = client.get(&path).expect(200).json();
    let mut count = 0;
    for document in all.as_array_mut().expect("a list") {
        let bytes = canonical(&document["signed"]).expect("canonical");
        let asked = document["signatures"].as_array_mut().expect("a list");
        for one in asked.iter_mut().filter(|one| one["keyid"] == key.id() && one["sig"] == "") {
            one["sig"] = ring.sign(&key.id(), &bytes).expect("the secret is at hand").into();
            count += 1;
        }
    }
    assert!(count > 0, "nothing asks for this key");
    all.to_string()
}

fn elsewhere(client: &Client, role: &str, keys: &str, threshold: &str) -> Answer {
    let fields = [("chiavi", keys), ("soglia", threshold), ("conferma", "true")];
    client.post_form(&format!("{PAGE}/{role}/elsewhere"), &fields)
}

fn role<'a>(keys: &'a Json, name: &str) -> &'a Json {
    let roles = keys["ruoli"].as_array().expect("roles");
    roles.iter().find(|role| role["ruolo"] == name).expect("the role")
}

#[test]
fn the_page_tells_everything_in_each_language() {
    on_each(|vendor| {
        let client = keeper(vendor);
        client.get("/crm/update-products/NOPE/keys").expect(404);
        let empty = client.get(PAGE).expect(200);
        assert!(empty.html().contains("There are no keys yet"));
        client.post_form(&format!("{PAGE}/root/rotate"), &[]).expect(409);
        client.post_form(&format!("{PAGE}/sign-anew"), &[]).expect(409);
        vendor.released("1.0.0", &["stable"]);
        client.post_form(&format!("{PAGE}/nobody/rotate"), &[]).expect(404);
        client.get(&format!("{PAGE}/snapshot/elsewhere")).expect(404);
        for language in ["en", "it"] {
            let client = client.clone().language(language);
            for path in [PAGE, &format!("{PAGE}/root/elsewhere"), "/crm/update-keys"] {
                let html = client.get(path).expect(200).html().to_owned();
                assert!(!html.contains('⟦'), "{path} {html}");
            }
        }
        let html = client.get(PAGE).expect(200).html().to_owned();
        for said in ["Root 1", "1 of 1", "timestamp", "stable"] {
            assert!(html.contains(said), "{said}");
        }
        assert!(client.get("/crm/update-keys").expect(200).html().contains("All here"));
        let keys = client.get(&format!("{API}/chiavi")).expect(200).json();
        let id = role(&keys, "root")["chiavi"][0]["id"].as_str().expect("an id").to_owned();
        assert!(html.contains(&format!("data-copy=\"{id}\"")));
    });
}

#[test]
fn who_may_publish_may_not_touch_keys() {
    on_each(|vendor| {
        vendor.released("1.0.0", &["stable"]);
        let nobody = &vendor.client;
        for path in [PAGE, &format!("{PAGE}/documents/documents.json"), "/crm/update-keys"] {
            nobody.get(path).expect(403);
        }
        for act in ["root/rotate", "root/elsewhere", "sign-anew", "give-up", "signatures"] {
            nobody.post_form(&format!("{PAGE}/{act}"), &[]).expect(403);
        }
        nobody.get(&format!("{API}/chiavi")).expect(403);
        nobody.get(&format!("{API}/firme")).expect(403);
        nobody.post_json(&format!("{API}/firme"), json!({"signatures": []})).expect(403);
        nobody.post_json(&format!("{API}/chiavi/root/ruota"), json!({})).expect(403);
        nobody.delete(&format!("{API}/chiavi/cambio")).expect(403);
        let page = nobody.get(&format!("/crm/update-products/{PRODUCT}")).expect(200);
        assert!(!page.html().contains("/keys"));
        // Products are the vendor's: nobody in a branch sees them.
        let branch = &vendor.harness.organisations().reseller;
        let client = vendor.harness.in_branch(branch, &["update-server:keys"]);
        client.get(PAGE).expect(404);
        client.get(&format!("{API}/chiavi")).expect(404);
        client.post_form(&format!("{PAGE}/root/rotate"), &[]).expect(404);
    });
}

#[test]
fn keys_are_exchanged_and_metadata_signed_anew() {
    on_each(|vendor| {
        vendor.released("1.0.0", &["stable"]);
        let client = keeper(vendor);
        let done = client.post_form(&format!("{PAGE}/timestamp/rotate"), &[]).expect(303);
        assert_eq!(done.location(), PAGE);
        let html = client.get(PAGE).expect(200).html().to_owned();
        assert!(html.contains("Root 2") && html.contains("Replaced"));

        let before = client.get(&format!("{API}/chiavi")).expect(200).json();
        vendor.harness.clock().advance_days(3);
        client.post_form(&format!("{PAGE}/sign-anew"), &[("radice", "true")]).expect(303);
        let after = client.get(&format!("{API}/chiavi")).expect(200).json();
        assert_eq!(after["versione_radice"], 3);
        assert_eq!(after["avvisi"], json!([]));
        let ends = |keys: &Json| {
            let all = keys["metadati"].as_array().cloned().unwrap_or_default();
            all.into_iter().map(|one| one["scade_il"].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ends(&before).len(), 6, "{before}");
        assert!(ends(&before).iter().zip(ends(&after)).all(|(before, after)| *before < after));
        let again = client.post_json(&format!("{API}/chiavi/rifirma"), json!({})).expect(200);
        assert_eq!(again.json()["versione_radice"], 3);
        let effects = vendor.harness.effects();
        let anew = |action: &&&str| **action == "update_metadata.signed_anew";
        assert_eq!(effects.actions().iter().filter(anew).count(), 2);
    });
}

#[test]
fn metadata_that_is_not_signed_anew_is_told_before_and_after_it_ends() {
    on_each(|vendor| {
        vendor.released("1.0.0", &["stable"]);
        let client = vendor.harness.with_permissions(&["update-server:keys", "update-server:read"]);
        let pages = ["/crm/releases", "/crm/update-products/STUDIO", PAGE];
        let tells = |said: &str, is_told: bool| {
            for path in pages {
                let html = client.get(path).expect(200).html().to_owned();
                assert_eq!(html.contains(said), is_told, "{path}: {said}");
            }
        };
        let hour = 60 * 60 * 1000;
        vendor.harness.clock().advance(17 * hour);
        tells("should have been signed anew", false);
        vendor.harness.clock().advance(2 * hour);
        tells("“timestamp” ends on", true);
        tells("should have been signed anew by now", true);
        vendor.harness.clock().advance_days(8);
        tells("clients refuse every update", true);
        assert!(client.get("/crm/releases").expect(200).html().contains("And one more."));
        let caller = vendor.harness.job_caller("resign-metadata");
        vendor.harness.call("job:resign-metadata", &caller, json!(null)).expect("signed anew");
        tells("clients refuse every update", false);
    });
}

#[test]
fn root_and_targets_go_elsewhere_over_the_pages_and_come_back() {
    on_each(|vendor| {
        vendor.released("1.0.0", &["stable"]);
        let client = keeper(vendor);
        let (one, two, targets) = (own(1), own(2), own(3));
        let keys = format!("{}\r\n{}", one.1.hex(), two.1.hex());
        elsewhere(&client, "root", &keys, "2").expect(303);
        let html = client.get(PAGE).expect(200).html().to_owned();
        assert!(html.contains("Waiting for signatures") && html.contains("2.root.json"));
        elsewhere(&client, "targets", targets.1.hex(), "1").expect(409);

        let canonical = client.get(&format!("{PAGE}/documents/2.root.canonical")).expect(200);
        let document = client.get(&format!("{PAGE}/documents/2.root.json")).expect(200);
        let text = document.text().to_owned();
        assert!(text.contains(&String::from_utf8(canonical.bytes.to_vec()).expect("ASCII")));
        for gone in ["9.root.json", "2.root", "x.root.json", "root", "2.other.canonical"] {
            client.get(&format!("{PAGE}/documents/{gone}")).expect(404);
        }

        // One file, then the other key's signature pasted alone.
        send(&client, &[&signed(&client, &one)], "").expect(303);
        let html = client.get(PAGE).expect(200).html().to_owned();
        assert!(html.contains(&one.1.id()) && html.contains("Root 1"));
        let sig = two.0.sign(&two.1.id(), &canonical.bytes).expect("signed");
        let alone = json!({"signatures": [{"keyid": two.1.id(), "sig": sig}]}).to_string();
        let done = send(&client, &[], &alone).expect(303);
        assert_eq!(done.notice(), "Everything is signed and in force.");

        // Targets: the change needs both root keys and the new one.
        elsewhere(&client, "targets", targets.1.hex(), "1").expect(303);
        let (first, second) = (signed(&client, &one), signed(&client, &two));
        send(&client, &[&first, &second], "").expect(303);
        send(&client, &[&signed(&client, &targets)], "").expect(303);
        let keys = client.get(&format!("{API}/chiavi")).expect(200).json();
        assert_eq!(keys["versione_radice"], 3);
        assert_eq!(role(&keys, "root")["soglia"], 2);
        assert_eq!(keys["documenti_in_attesa"], 0);
        assert!(client.get("/crm/update-keys").expect(200).html().contains("Some elsewhere"));

        // A release waits, and everybody who may see keys is told where he looks.
        vendor.released("1.1.0", &["stable"]);
        let both = vendor.harness.with_permissions(&["update-server:keys", "update-server:read"]);
        for path in ["/crm/releases", "/crm/update-products/STUDIO", PAGE] {
            let html = both.get(path).expect(200).html().to_owned();
            assert!(html.contains("has been waiting for signatures since"), "{path}");
            assert!(!vendor.client.get("/crm/releases").expect(200).html().contains("waiting for"));
        }
        send(&client, &[&signed(&client, &targets)], "").expect(303);
        let html = both.get("/crm/releases").expect(200).html().to_owned();
        assert!(!html.contains("has been waiting"));

        // Back again: the roots sign once more.
        client.post_form(&format!("{PAGE}/targets/rotate"), &[]).expect(303);
        send(&client, &[&signed(&client, &one)], "").expect(303);
        send(&client, &[&signed(&client, &two)], "").expect(303);
        client.post_form(&format!("{PAGE}/root/rotate"), &[]).expect(303);
        client.post_form(&format!("{PAGE}/give-up"), &[]).expect(303);
        client.post_form(&format!("{PAGE}/give-up"), &[]).expect(404);
        client.post_form(&format!("{PAGE}/root/rotate"), &[]).expect(303);
        send(&client, &[&signed(&client, &one)], "").expect(303);
        send(&client, &[&signed(&client, &two)], "").expect(303);
        let keys = client.get(&format!("{API}/chiavi")).expect(200).json();
        assert_eq!(keys["versione_radice"], 5);
        assert!(keys["metadati"].as_array().expect("all").iter().all(|m| m["custodia"] == "qui"));
    });
}

#[test]
fn what_cannot_be_taken_is_refused_with_the_reason_in_the_form() {
    on_each(|vendor| {
        vendor.released("1.0.0", &["stable"]);
        let client = keeper(vendor);
        let key = own(7);
        let refused = |keys: &str, threshold: &str, said: &str| {
            let answer = elsewhere(&client, "root", keys, threshold).expect(422);
            assert!(answer.html().contains(said), "{said}: {}", answer.html());
        };
        let hex = key.1.hex();
        refused("", "1", "This is not a public key");
        refused(&format!("{hex}\nno key"), "1", "Line 2 is not an Ed25519 public key");
        refused(hex, "2", "must lie between one and the number of keys");
        refused(hex, "-1", "must lie between one and the number of keys");
        refused(&format!("{hex}\n{hex}"), "1", "This key is known already");
        let path = format!("{PAGE}/root/elsewhere");
        let unsure = client.post_form(&path, &[("chiavi", hex), ("soglia", "1")]).expect(422);
        assert!(unsure.html().contains("Confirm that you have the secrets"));

        elsewhere(&client, "root", hex, "1").expect(303);
        let of =
            |id: &str, sig: &str| json!({"signatures": [{"keyid": id, "sig": sig}]}).to_string();
        let zeros = "00".repeat(64);
        let other = own(8).1.id();
        for (file, status, said) in [
            ("no JSON", 400, "cannot be read"),
            ("[]", 400, "cannot be read"),
            (&of(&other, &zeros), 422, "does not sign this document"),
            (&of(&key.1.id(), &zeros), 422, "is wrong"),
            (r#"{"signatures": [], "signed": {"_type": "root"}}"#, 422, "None of the documents"),
        ] {
            let answer = send(&client, &[file], "").expect(status);
            assert!(answer.html().contains(said), "{file}: {}", answer.html());
            let answer = send(&client, &[], file).expect(status);
            assert!(answer.html().contains(said), "{file}: {}", answer.html());
        }
        send(&client, &[], "").expect(400);
        client.post_form(&format!("{PAGE}/signatures"), &[("testo", "{}")]).expect(400);
        let taken = send(&client, &[&signed(&client, &key)], "").expect(303);
        assert_eq!(taken.notice(), "Everything is signed and in force.");
        let late = send(&client, &[], &of(&key.1.id(), &zeros)).expect(422);
        assert!(late.html().contains("None of the documents"));
    });
}

#[test]
fn a_program_does_all_of_it_over_the_api() {
    on_each(|vendor| {
        let client = keeper(vendor);
        let chiavi = format!("{API}/chiavi");
        let firme = format!("{API}/firme");
        assert_eq!(client.get(&chiavi).expect(200).json()["versione_radice"], 0);
        assert_eq!(client.get(&firme).expect(200).json(), json!([]));
        let early = client.post_json(&format!("{chiavi}/root/ruota"), json!({})).expect(409);
        assert_eq!(early.problem(), "tuf_not_begun");
        vendor.released("1.0.0", &["stable"]);
        let rotated = client.post_json(&format!("{chiavi}/snapshot/ruota"), json!({})).expect(200);
        assert_eq!(rotated.json()["versione_radice"], 2);
        let rotated = rotated.json();
        let keys = role(&rotated, "snapshot")["chiavi"].as_array().expect("keys");
        let mut states: Vec<_> = keys.iter().filter_map(|key| key["stato"].as_str()).collect();
        states.sort_unstable();
        assert_eq!(states, ["attiva", "sostituita"]);
        client.post_json(&format!("{chiavi}/nobody/ruota"), json!({})).expect(404);
        client.post_json("/api/admin/aggiornamenti/NOPE/chiavi/root/ruota", json!({})).expect(404);
        client.get("/api/admin/aggiornamenti/NOPE/firme").expect(404);

        let (ring, key) = own(5);
        let altrove = format!("{chiavi}/targets/altrove");
        client.post_json(&altrove, json!({"chiavi": ["?"]})).expect(422);
        client.post_json(&altrove, json!({"chiavi": []})).expect(422);
        let online = json!({"chiavi": [key.hex()]});
        let online = client.post_json(&format!("{chiavi}/timestamp/altrove"), online).expect(422);
        assert_eq!(online.problem(), "tuf_online");
        let body = json!({"chiavi": [key.hex()], "soglia": 1});
        let changing = client.post_json(&altrove, body.clone()).expect(200).json();
        assert_eq!(changing["cambio_in_attesa"], true);
        assert_eq!(changing["avvisi"][0]["tipo"], "in_attesa");
        client.delete(&format!("{chiavi}/cambio")).expect(200);
        client.delete(&format!("{chiavi}/cambio")).expect(404);
        client.post_json(&altrove, body).expect(200);

        let waits = client.get(&firme).expect(200).json();
        let mut signatures = Vec::new();
        for one in waits.as_array().expect("a list") {
            let open = one["da_firmare_con"].as_array().expect("ids");
            if *open != [Json::from(key.id())] {
                assert_eq!(one["ruolo"], "root");
                continue;
            }
            let text = one["byte_da_firmare"].as_str().expect("base64");
            let bytes = STANDARD.decode(text).expect("base64");
            assert_eq!(canonical(&one["documento"]["signed"]).expect("canonical"), bytes);
            let sig = ring.sign(&key.id(), &bytes).expect("signed");
            let mut document = one["documento"].clone();
            document["signatures"] = json!([{"keyid": key.id(), "sig": sig}]);
            signatures.push(document);
        }
        assert!(!signatures.is_empty());
        let wrong = json!({"signatures": [{"keyid": key.id(), "sig": "00"}]});
        let wrong = client.post_json(&firme, wrong).expect(422);
        assert_eq!(wrong.problem(), "tuf_wrong_signature");
        assert_eq!(client.post_json(&firme, json!(7)).expect(400).problem(), "tuf_signatures");
        let done = client.post_json(&firme, Json::from(signatures)).expect(200).json();
        assert_eq!(done["versione_radice"], 3);
        assert_eq!(done["documenti_in_attesa"], 0);
        let root = client.post_json(&format!("{chiavi}/rifirma"), json!({"radice": true}));
        assert_eq!(root.expect(200).json()["versione_radice"], 4);
    });
}
