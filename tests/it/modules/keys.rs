//! Unlock keys: what was altered, forged, expired or meant for another does not unlock anything.

use cockpit_tests::jws;
use cockpit_tests::{Client, Cockpit, Place, Setup, html, libraries};
use serde_json::{Value, json};

use super::page::{PATH, enter, has_crm, served, told};

/// A served installation of a vendor, with a key for it that nobody entered yet.
async fn unlockable() -> (Cockpit, Client, String) {
    let place = Place::new(Setup::PLAIN).await;
    place.cockpit(&["init"]).success();
    let key = place.unlock_key(&place.installation(), &libraries::OURS);
    let (cockpit, browser) = served(place).await;
    (cockpit, browser, key)
}

/// The page refuses the key with a sentence, and everything stays locked.
async fn refused(browser: &Client, key: &str, why: &str) -> String {
    let answer = enter(browser, key).await;
    assert_eq!(answer.status, 422, "{why}: {}", answer.told());
    let said = html::text(&answer.body);
    assert!(!said.contains("unlock-refused"), "{why} has no text: {said}");
    assert!(!said.contains(": ."), "{why}: a sentence without what it is about: {said}");
    assert!(!has_crm(browser).await, "{why} unlocked something");
    said
}

#[track_caller]
fn says(said: &str, any: &[&str], why: &str) {
    assert!(any.iter().any(|words| said.contains(words)), "{why}: none of {any:?} in: {said}");
}

#[tokio::test]
async fn a_key_that_is_cut_short_or_altered_unlocks_nothing() {
    let (_cockpit, browser, key) = unlockable().await;
    for length in (0..key.len()).step_by(key.len() / 24) {
        let said = refused(&browser, &key[..length], &format!("{length} characters")).await;
        if length > 0 {
            says(&said, &["whole key", "altered", "not an unlock key"], &format!("{length}"));
        }
    }
    refused(&browser, &key[..key.len() - 1], "all but the last character").await;
    for at in (0..key.len()).step_by(key.len() / 40) {
        let mut bytes = key.clone().into_bytes();
        bytes[at] ^= 1;
        // A flipped bit may leave base64's alphabet; either way it is not the key any more.
        let flipped = String::from_utf8(bytes).expect("ASCII");
        refused(&browser, &flipped, &format!("a bit of character {at}")).await;
    }
    for (wrong, why) in [
        (format!("{key}{key}"), "twice the key"),
        (format!("{key}.x"), "a part too many"),
        (key.replace('.', ".."), "empty parts"),
        ("🔑".repeat(500), "emoji"),
        ("A".repeat(200_000), "a long text"),
        ("\0".to_owned(), "NUL"),
    ] {
        refused(&browser, &wrong, why).await;
    }
    // And the whole key, wrapped as mails wrap it, is fine after all of these.
    enter(&browser, &format!("\n  {}\r\n ", key.replace('.', ".\r\n"))).await.assert(303);
    assert!(has_crm(&browser).await);
    let said = told(&browser, "customer-accounts").await;
    assert!(said.contains("At work"), "{said}");
    // Once more is harmless.
    enter(&browser, &key).await.assert(303);
    assert!(has_crm(&browser).await);
}

#[tokio::test]
async fn a_forged_expired_or_foreign_key_unlocks_nothing() {
    let (cockpit, browser, key) = unlockable().await;
    let place = &cockpit.place;
    let vendor = jws::read_key(&libraries::unlock_key(place));
    let (header, claims) = (jws::part(&key, 0), jws::part(&key, 1));
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        claims
    };
    let typ = header["typ"].as_str().expect("typ");

    let elsewhere = Place::new(Setup::PLAIN).await;
    elsewhere.cockpit(&["init"]).success();
    let of_another_vendor = elsewhere.unlock_key(&claims["sub"].to_string(), &libraries::OURS);
    let for_another = place.unlock_key("0190c2f0-0000-7000-8000-000000000000", &libraries::OURS);
    let plugin_signer = jws::read_key(&libraries::plugin_key(place));
    let other_purpose = json!({
        "alg": "EdDSA", "typ": typ, "kid": jws::thumbprint(&plugin_signer),
    });
    let signed = |header: &Value, claims: &Value| jws::signed(&vendor, header, claims);
    let without = |name: &str| {
        let mut claims = claims.clone();
        claims.as_object_mut().expect("claims").remove(name);
        claims
    };
    let hour = 3600;
    let now = claims["iat"].as_i64().expect("iat");

    let forged: Vec<(String, &[&str], &str)> = vec![
        (for_another, &["is for the installation"], "another installation"),
        (of_another_vendor, &["not made by the vendor"], "another vendor"),
        (signed(&header, &with("exp", json!(now - hour))), &["expired"], "expired"),
        (signed(&header, &with("nbf", json!(now + hour))), &["valid from"], "not yet valid"),
        (jws::without_signature(typ, &claims), &["not signed", "not an unlock key"], "alg none"),
        (
            jws::with_public_key_as_secret(&vendor, typ, &claims),
            &["not signed"],
            "HS256 with the public key as secret",
        ),
        (jws::with_claims(&key, &with("exp", json!(i64::MAX))), &["altered"], "a later end"),
        (
            jws::signed(&plugin_signer, &other_purpose, &claims),
            &["not made by the vendor"],
            "the key that signs libraries",
        ),
        (
            signed(&json!({"alg": "EdDSA", "typ": "JWT", "kid": header["kid"]}), &claims),
            &["type"],
            "another type",
        ),
        (signed(&header, &without("exp")), &["exp"], "no end"),
        (signed(&header, &with("exp", json!("tomorrow"))), &["exp"], "an end that is a text"),
        (signed(&header, &with("modules", json!([]))), &["names no module"], "no plugin"),
        (
            signed(&header, &with("modules", json!(["no-such-plugin"]))),
            &["no-such-plugin"],
            "a plugin that is not there",
        ),
    ];
    for (forged, words, why) in forged {
        let said = refused(&browser, &forged, why).await;
        says(&said, words, why);
    }
    let log = cockpit.log();
    assert!(!log.contains(&key), "a key stands in the log");
    let page = browser.get(PATH).await.expect(200);
    assert!(!page.body.contains("eyJ"), "no key is shown on the page");
}
