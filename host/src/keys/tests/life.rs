//! Keys are replaced, taken back and certified; the root goes away and comes back; the key that protects
//! all others is exchanged.

use plugin_api::FaultKind;
use serde_json::{Value, json};

use super::{KeyRing, claims};
use crate::jose;
use crate::keys::CERTIFICATE_TYPE;
use crate::store::keys::KeyState;
use crate::testing::{Cockpit, cockpits};

const PASSPHRASE: &str = "correct horse battery";

/// The name of the key that signs tokens of a type.
fn kid(token: &str) -> String {
    use base64::Engine as _;
    let header = token.split('.').next().unwrap();
    let header = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(header).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

/// Another process of the same installation.
async fn other(cockpit: &Cockpit) -> KeyRing {
    KeyRing::open(&cockpit.state.system("other"), &cockpit.state.config).await.unwrap()
}

fn kids(jwks: &Value) -> Vec<&str> {
    jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_an_old_key_signed_stays_valid_until_the_key_is_taken_back() {
    for cockpit in cockpits().await {
        let (ring, cx) = (&cockpit.state.keys, cockpit.state.system("test"));
        let old = ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        let elsewhere = other(&cockpit).await;
        let new = ring.rotate(&cx, "a", "x+jwt", None).await.unwrap();
        let token = ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        assert_eq!(kid(&token), new.kid);
        assert_ne!(kid(&old), new.kid);
        for token in [&old, &token] {
            assert!(ring.verify("a", "x+jwt", token).is_some());
            assert!(kids(&ring.jwks()).contains(&kid(token).as_str()));
        }
        elsewhere.refresh(&cx).await.unwrap();
        assert!(elsewhere.verify("a", "x+jwt", &token).is_some(), "others follow");

        ring.revoke(&cx, &kid(&old), "stolen", None).await.unwrap();
        assert!(ring.verify("a", "x+jwt", &old).is_none());
        assert!(ring.verify("a", "x+jwt", &token).is_some());
        assert!(!kids(&ring.jwks()).contains(&kid(&old).as_str()));
        assert_eq!(ring.withdrawn(), [kid(&old)]);
        let fault = ring.revoke(&cx, &kid(&old), "again", None).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Refused);

        ring.revoke(&cx, &new.kid, "stolen too", None).await.unwrap();
        let third = ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        assert_ne!(kid(&third), new.kid, "another took its place at once");
        elsewhere.refresh(&cx).await.unwrap();
        assert!(elsewhere.verify("a", "x+jwt", &token).is_none());
        assert!(elsewhere.verify("a", "x+jwt", &third).is_some());
        assert_eq!(
            elsewhere.rotate(&cx, "a", "y", None).await.unwrap_err().kind,
            FaultKind::NotFound
        );
    }
}

#[tokio::test]
async fn the_clock_replaces_only_what_is_old() {
    for cockpit in cockpits().await {
        let (ring, cx) = (&cockpit.state.keys, cockpit.state.system("test"));
        ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        assert_eq!(ring.rotate_older_than(&cx, 1).await.unwrap(), 0);
        let active = ring.all().iter().filter(|key| key.state == KeyState::Active).count();
        assert_eq!(ring.rotate_older_than(&cx, -1).await.unwrap(), active);
    }
}

#[tokio::test]
async fn the_root_certifies_every_key_goes_away_and_comes_back() {
    for cockpit in cockpits().await {
        let (ring, cx) = (&cockpit.state.keys, cockpit.state.system("test"));
        ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        let root = ring.root().unwrap();
        for key in ring.jwks()["keys"].as_array().unwrap() {
            let text = key["cockpit_certificate"].as_str().unwrap();
            let key_of = |kid: &str| (kid == root.kid).then_some(root.public);
            let told = jose::verify(text, CERTIFICATE_TYPE, key_of).unwrap();
            assert_eq!(told["sub"], key["kid"]);
            assert_eq!(told["jwk"]["x"], key["x"]);
        }
        assert!(ring.drill(&cx, None).await.unwrap().is_ready());

        assert_eq!(ring.export_root(&cx, "short").await.unwrap_err().kind, FaultKind::Invalid);
        let file = ring.export_root(&cx, PASSPHRASE).await.unwrap();
        ring.forget_root(&cx).await.unwrap();
        assert!(!ring.root().unwrap().is_here);
        for refused in [
            ring.rotate(&cx, "a", "x+jwt", None).await.map(drop),
            ring.export_root(&cx, PASSPHRASE).await.map(drop),
            ring.forget_root(&cx).await,
            ring.read_exported_root(&file, "wrong horse battery").map(drop),
            ring.read_exported_root("{}", PASSPHRASE).map(drop),
        ] {
            assert_eq!(refused.unwrap_err().kind, FaultKind::Refused);
        }
        assert!(!ring.drill(&cx, None).await.unwrap().is_ready());

        // A plugin that was just switched on is served all the same.
        let token = ring.sign(&cx, "b", "new+jwt", claims()).await.unwrap();
        assert!(ring.verify("b", "new+jwt", &token).is_some());
        let brought = ring.read_exported_root(&file, PASSPHRASE).unwrap();
        assert!(!ring.drill(&cx, Some(&brought)).await.unwrap().is_ready(), "one is not certified");
        assert_eq!(ring.certify(&cx, Some(&brought)).await.unwrap(), 1);
        ring.rotate(&cx, "a", "x+jwt", Some(&brought)).await.unwrap();
        assert!(ring.drill(&cx, Some(&brought)).await.unwrap().is_ready());

        ring.import_root(&cx, &brought).await.unwrap();
        assert!(ring.root().unwrap().is_here);
        assert_eq!(ring.import_root(&cx, &brought).await.unwrap_err().kind, FaultKind::Refused);
        ring.rotate(&cx, "a", "x+jwt", None).await.unwrap();
        let other = KeyRing::open(&cx, &cockpit.state.config).await.unwrap();
        assert_eq!(other.root().unwrap().kid, root.kid, "an installation has one root");
    }
}

#[tokio::test]
async fn another_installation_has_another_root() {
    let (one, other) = (cockpits().await, cockpits().await);
    let cx = one[0].state.system("test");
    let file = one[0].state.keys.export_root(&cx, PASSPHRASE).await.unwrap();
    let fault = other[0].state.keys.read_exported_root(&file, PASSPHRASE).unwrap_err();
    assert_eq!(fault.message, "this is the root of another installation");
}

#[tokio::test]
async fn the_protecting_key_is_exchanged_and_everything_opens_as_before() {
    const NEW: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    for cockpit in cockpits().await {
        let (ring, cx) = (&cockpit.state.keys, cockpit.state.system("test"));
        let token = ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        let sealed = ring.seal("a", "p", b"secret").unwrap();
        let config = &cockpit.state.config;
        let old = std::fs::read_to_string(config.file("secret.key")).unwrap();
        assert_eq!(ring.rekey(&cx, "hunter2").await.unwrap_err().kind, FaultKind::Invalid);
        ring.rekey(&cx, NEW).await.unwrap();
        assert!(KeyRing::open(&cx, config).await.is_err(), "the old key opens nothing");

        // As an exchange leaves it that was interrupted at the worst moment.
        std::fs::write(config.file("secret.key.new"), NEW).unwrap();
        let again = KeyRing::open(&cx, config).await.unwrap();
        assert_eq!(std::fs::read_to_string(config.file("secret.key")).unwrap(), NEW);
        assert!(!config.file("secret.key.new").exists());
        assert!(again.verify("a", "x+jwt", &token).is_some());
        assert_eq!(again.open_sealed("a", "p", &sealed).unwrap().as_slice(), b"secret");
        assert_eq!(again.mac("a", "p", b"m"), ring.mac("a", "p", b"m"));

        // And back again: an exchange is never the last one.
        again.rekey(&cx, old.trim()).await.unwrap();
        std::fs::write(config.file("secret.key"), &old).unwrap();
        let back = KeyRing::open(&cx, config).await.unwrap();
        assert_eq!(back.open_sealed("a", "p", &sealed).unwrap().as_slice(), b"secret");
    }
}

#[tokio::test]
async fn the_largest_payload_is_signed_and_read() {
    let cockpit = &cockpits().await[0];
    let (ring, cx) = (&cockpit.state.keys, cockpit.state.system("test"));
    let mut claims = claims();
    claims.insert("ext".to_owned(), json!({ "data": "x".repeat(64 * 1024 - 12) }));
    let token = ring.sign(&cx, "a", "x+jwt", claims.clone()).await.unwrap();
    assert_eq!(ring.verify("a", "x+jwt", &token).unwrap()["ext"], claims["ext"]);
    claims.insert("ext".to_owned(), "x".repeat(100 * 1024).into());
    assert_eq!(ring.sign(&cx, "a", "x+jwt", claims).await.unwrap_err().kind, FaultKind::Invalid);
}
