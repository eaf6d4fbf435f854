//! Libraries that are refused before they are opened, and ones that cannot be opened.

use std::path::Path;

use cockpit_tests::{Database, Linking, Place, Setup, environment, html, jws, libraries};
use serde_json::{Value, json};

use crate::modules::page::{self, PATH};

const ID: &str = "customer-accounts";

/// A place whose one library is signed as it should be and unlocked.
async fn prepared() -> Place {
    let place = Place::new(Setup::of(Database::Sqlite, Linking::Loaded)).await;
    place.cockpit(&["init"]).success();
    let key = place.unlock_key(&place.installation(), &["*"]);
    libraries::install(&place, ID);
    place.cockpit(&["unlock", &key]).success();
    page::add_superadmin(&place);
    place
}

/// Serves the place and answers what its page says of the library; nothing of it may be mapped.
async fn said(place: Place, shown_as: &str) -> (Place, String) {
    let (mut cockpit, browser) = page::served_again(place).await;
    let said = page::told(&browser, shown_as).await;
    assert!(said.contains("Failed"), "{said}");
    assert!(!said.contains("module-failed"), "no text: {said}");
    assert!(!page::has_crm(&browser).await);
    browser.get("/crm/customers").await.assert(404);
    cockpit.anonymous().get("/readyz").await.assert(200);
    assert!(cockpit.is_running());
    let maps = std::fs::read_to_string(format!("/proc/{}/maps", cockpit.process_id()));
    let maps = maps.expect("the maps of our child");
    assert!(!maps.contains("memfd:libcustomer_accounts"), "a refused library was opened");
    (cockpit.stop().await, said)
}

#[tokio::test]
async fn a_library_that_is_whole_and_signed_is_opened() {
    let (cockpit, browser) = page::served_again(prepared().await).await;
    let told = page::told(&browser, ID).await;
    assert!(told.contains("At work"), "{told}");
    browser.get("/crm/customers").await.assert(200);
    // What the other tests look for in vain.
    let maps = std::fs::read_to_string(format!("/proc/{}/maps", cockpit.process_id()));
    assert!(maps.expect("the maps of our child").contains("memfd:libcustomer_accounts"));
}

#[tokio::test]
async fn a_library_without_a_genuine_signature_is_not_opened() {
    let mut place = prepared().await;
    let library = libraries::path(&place, ID);
    let signature = libraries::signature(&place, ID);
    let genuine = std::fs::read_to_string(&signature).expect("a signature");
    let genuine = genuine.trim();
    let (header, claims) = (jws::part(genuine, 0), jws::part(genuine, 1));
    let vendor = jws::read_key(&libraries::plugin_key(&place));
    let unlocker = jws::read_key(&libraries::unlock_key(&place));
    let typ = header["typ"].as_str().expect("typ");
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        claims
    };
    let by = |key, typ: &str| json!({"alg": "EdDSA", "typ": typ, "kid": jws::thumbprint(key)});

    let elsewhere = Place::new(Setup::PLAIN).await;
    elsewhere.cockpit(&["init"]).success();
    let stranger = jws::read_key(&libraries::plugin_key(&elsewhere));
    let cases: Vec<(Option<String>, &str)> = vec![
        (None, "no signature"),
        (Some(String::new()), "not a signature"),
        (Some("eyJ".repeat(100_000)), "not a signature"),
        (Some(jws::signed(&stranger, &by(&stranger, typ), &claims)), "nobody who is trusted"),
        (Some(jws::signed(&unlocker, &by(&unlocker, typ), &claims)), "nobody who is trusted"),
        (Some(jws::signed(&vendor, &by(&vendor, "cockpit-unlock+jwt"), &claims)), "another kind"),
        (Some(jws::without_signature(typ, &claims)), "signature"),
        (Some(jws::with_public_key_as_secret(&vendor, typ, &claims)), "signature"),
        (Some(jws::with_claims(genuine, &with("version", json!("9.9.9")))), "was altered"),
        (Some(jws::signed(&vendor, &header, &with("sha256", json!("00")))), "was altered after"),
        (Some(jws::signed(&vendor, &header, &with("version", json!("9.9.9")))), "names another"),
        (Some(jws::signed(&vendor, &header, &with("abi", json!("9.0.0")))), "another version"),
        (Some(jws::signed(&vendor, &header, &with("target", json!("avr")))), "another platform"),
    ];
    for (signed, words) in cases {
        match &signed {
            Some(text) => std::fs::write(&signature, text).expect("it is written"),
            None => std::fs::remove_file(&signature).expect("it is removed"),
        }
        let opens = words == "names another";
        if opens {
            // Its own words can be compared only after it was opened.
            let (cockpit, browser) = page::served_again(place).await;
            let told = page::told(&browser, ID).await;
            assert!(told.contains(words), "{told}");
            place = cockpit.stop().await;
            continue;
        }
        let told;
        (place, told) = said(place, ID).await;
        assert!(told.contains(words), "{words:?} is not in: {told}");
        let checked = place.cockpit(&["plugin".as_ref(), "verify".as_ref(), library.as_os_str()]);
        let refusal = checked.refusal();
        assert!(!refusal.contains("panicked"), "{refusal}");
    }
}

#[tokio::test]
async fn a_library_altered_after_signing_is_not_opened() {
    let mut place = prepared().await;
    let library = libraries::path(&place, ID);
    let whole = std::fs::read(&library).expect("a library");
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let half = whole[..whole.len() / 2].to_vec();
    let altered: Vec<Vec<u8>> = vec![
        flipped(0),
        flipped(64),
        flipped(whole.len() / 2),
        flipped(whole.len() - 1),
        half,
        [&whole[..], b"\0"].concat(),
        Vec::new(),
    ];
    for bytes in altered {
        std::fs::write(&library, bytes).expect("it is written");
        let told;
        (place, told) = said(place, ID).await;
        assert!(told.contains("was altered after it had been signed"), "{told}");
    }
}

#[tokio::test]
async fn what_is_signed_but_is_no_plugin_of_this_version_fails_alone() {
    let place = prepared().await;
    let vendor = jws::read_key(&libraries::plugin_key(&place));
    let genuine = std::fs::read_to_string(libraries::signature(&place, ID)).expect("a signature");
    let (header, claims) = (jws::part(genuine.trim(), 0), jws::part(genuine.trim(), 1));
    let sign_as = |library: &Path, id: &str| {
        let mut claims = claims.clone();
        claims["id"] = id.into();
        claims["sha256"] = jws::sha256(&std::fs::read(library).expect("a library")).into();
        let signature = format!("{}.jws", library.display());
        std::fs::write(signature, jws::signed(&vendor, &header, &claims)).expect("it is written");
    };
    let other = libraries::add(&place, "other-abi");
    sign_as(&other, "other-abi");
    let text = place.data().join("plugins/libtext_library.so");
    std::fs::write(&text, "This is no library.").expect("it is written");
    sign_as(&text, "text");
    let twin = place.data().join("plugins/libzz_twin_library.so");
    std::fs::copy(environment::library(ID), &twin).expect("a copy");
    sign_as(&twin, ID);

    let (cockpit, browser) = page::served_again(place).await;
    for (id, words) in [
        ("other-abi", "built for another version"),
        ("text", ""),
        ("libzz_twin_library.so", "another module with the id"),
    ] {
        let told = page::told(&browser, id).await;
        assert!(told.contains("Failed") && told.contains(words), "{id}: {told}");
        assert!(!told.contains("module-failed"), "{id} has no text: {told}");
    }
    let told = page::told(&browser, ID).await;
    assert!(told.contains("At work"), "the genuine one goes on: {told}");
    browser.get("/crm/customers").await.assert(200);
    let page = browser.get(PATH).await.expect(200);
    assert!(!html::text(&page.body).contains("/data/plugins"), "no path of the server is shown");
    let place = cockpit.stop().await;
    for wrong in [&other, &text] {
        let key = libraries::plugin_key(&place);
        let arguments = [
            "plugin".as_ref(),
            "sign".as_ref(),
            "--key".as_ref(),
            key.as_os_str(),
            wrong.as_os_str(),
        ];
        let refusal = place.cockpit(&arguments).refusal();
        assert!(refusal.contains("no plugin of this cockpit"), "{refusal}");
    }
}
