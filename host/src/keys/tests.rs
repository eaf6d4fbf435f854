//! Tests of signing, sealing and keyed hashes, on every database there is to test on.

mod life;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use cockpit_database::throwaway::ThrowAway;
use plugin_api::db::Dialect;
use plugin_api::manifest::Migrations;
use plugin_api::{Caller, Cx, FaultKind, Plugin};
use serde_json::{Map, Value, json};

use super::KeyRing;
use crate::config::{Config, Secret};
use crate::{jose, lend};

/// A context on a database with the host's tables.
async fn cx(database: &ThrowAway) -> Cx {
    let migrations = crate::host_plugin::plugin().manifest().migrations.clone();
    let Migrations { sqlite, mariadb } = migrations;
    let migrations = if database.dialect() == Dialect::Sqlite { sqlite } else { mariadb };
    database.migrate("host", &migrations).await.unwrap();
    let host = lend::bare(database.database().clone());
    Plugin::new("host", "1", &[]).cx(host, Arc::new(Caller::default()), 0)
}

fn claims() -> Map<String, Value> {
    json!({ "sub": "licence" }).as_object().unwrap().clone()
}

#[tokio::test]
async fn each_plugin_and_type_has_a_key_of_its_own_that_survives_a_restart() {
    for database in ThrowAway::each().await.unwrap() {
        let cx = cx(&database).await;
        let directory = tempfile::tempdir().unwrap();
        let config = Config::in_directory(directory.path());
        let ring = KeyRing::open(&cx, &config).await.unwrap().issued_by("here");
        let token = ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        let read = ring.verify("a", "x+jwt", &token).unwrap();
        assert_eq!((&read["sub"], &read["iss"]), (&json!("licence"), &json!("here")));
        assert!(read["iat"].is_i64() && read["jti"].is_string());

        ring.sign(&cx, "a", "y+jwt", claims()).await.unwrap();
        ring.sign(&cx, "b", "x+jwt", claims()).await.unwrap();
        ring.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        assert_eq!(ring.jwks()["keys"].as_array().unwrap().len(), 3);
        assert_eq!(ring.jwks_of("a")["keys"].as_array().unwrap().len(), 2);
        assert_eq!(ring.verify("b", "x+jwt", &token), None);
        assert_eq!(ring.verify("a", "y+jwt", &token), None);

        let again = KeyRing::open(&cx, &config).await.unwrap();
        assert_eq!(again.verify("a", "x+jwt", &token), Some(read));
        assert_eq!(again.jwks(), ring.jwks());
        assert_eq!(again.mac("a", "p", b"m"), ring.mac("a", "p", b"m"));
        let sealed = ring.seal("a", "p", b"secret").unwrap();
        assert_eq!(again.open_sealed("a", "p", &sealed).unwrap().as_slice(), b"secret");
    }
}

#[tokio::test]
async fn two_who_need_the_first_key_at_once_get_the_same() {
    for database in ThrowAway::each().await.unwrap() {
        let cx = cx(&database).await;
        let directory = tempfile::tempdir().unwrap();
        let config = Config::in_directory(directory.path());
        let one = KeyRing::open(&cx, &config).await.unwrap();
        let other = KeyRing::open(&cx, &config).await.unwrap();
        let theirs = other.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        one.sign(&cx, "a", "x+jwt", claims()).await.unwrap();
        assert!(one.verify("a", "x+jwt", &theirs).is_some());
        assert_eq!(one.jwks(), other.jwks());
    }
}

#[tokio::test]
async fn a_wrong_or_missing_key_is_one_clear_sentence_and_nothing_is_overwritten() {
    let database = ThrowAway::sqlite().await.unwrap();
    let cx = cx(&database).await;
    let directory = tempfile::tempdir().unwrap();
    let mut config = Config::in_directory(directory.path());
    KeyRing::open(&cx, &config).await.unwrap();
    let path = config.file("secret.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let kept = fs::read_to_string(&path).unwrap();

    fs::remove_file(&path).unwrap();
    let fault = KeyRing::open(&cx, &config).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Refused);
    assert!(fault.message.contains("secret.key is missing"), "{fault}");
    assert!(!path.exists(), "no new key is left where the old one belongs");

    let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    config.secrets.kek = Some(Secret::from(other.to_owned()));
    let fault = KeyRing::open(&cx, &config).await.unwrap_err();
    assert!(fault.message.starts_with("the key in the setting secrets.kek is not"), "{fault}");
    config.secrets.kek = Some(Secret::from("hunter2".to_owned()));
    let fault = KeyRing::open(&cx, &config).await.unwrap_err();
    assert_eq!(fault.message, "the setting secrets.kek must be 32 bytes in base64");

    config.secrets.kek = Some(Secret::from(kept));
    assert!(KeyRing::open(&cx, &config).await.is_ok());
}

#[tokio::test]
async fn sealed_bytes_open_only_whole_and_for_who_sealed_them() {
    let database = ThrowAway::sqlite().await.unwrap();
    let cx = cx(&database).await;
    let directory = tempfile::tempdir().unwrap();
    let ring = KeyRing::open(&cx, &Config::in_directory(directory.path())).await.unwrap();
    let sealed = ring.seal("a", "p", b"secret").unwrap();
    assert_ne!(sealed, ring.seal("a", "p", b"secret").unwrap(), "every nonce is new");
    for at in 0..sealed.len() {
        assert!(ring.open_sealed("a", "p", &sealed[..at]).is_err(), "truncated to {at}");
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(ring.open_sealed("a", "p", &altered).is_err(), "byte {at}");
    }
    assert!(ring.open_sealed("b", "p", &sealed).is_err());
    assert!(ring.open_sealed("a", "q", &sealed).is_err());
    assert!(ring.open_sealed("ap", "", &sealed).is_err());
    let macs = [("a", "p"), ("b", "p"), ("a", "q"), ("ap", "")].map(|(a, b)| ring.mac(a, b, b"m"));
    assert!(macs.iter().enumerate().all(|(i, mac)| !macs[..i].contains(mac)));
}

#[tokio::test]
async fn a_token_nobody_could_read_is_not_made() {
    let database = ThrowAway::sqlite().await.unwrap();
    let cx = cx(&database).await;
    let directory = tempfile::tempdir().unwrap();
    let ring = KeyRing::open(&cx, &Config::in_directory(directory.path())).await.unwrap();
    let mut large = claims();
    large.insert("ext".to_owned(), "x".repeat(jose::LONGEST).into());
    let fault = ring.sign(&cx, "a", "x+jwt", large).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Invalid);
    let mut most = claims();
    most.insert("ext".to_owned(), "x".repeat(64 * 1024).into());
    assert!(ring.sign(&cx, "a", "x+jwt", most).await.is_ok());
}
