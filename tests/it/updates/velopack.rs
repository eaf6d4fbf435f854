//! Velopack as it comes: what is new, the way back, rollouts, and an address that was revoked.

use cockpit_tests::jws::sha256;
use cockpit_tests::update_clients::Velopack;
use cockpit_tests::vendor::Vendor;
use cockpit_tests::{Cockpit, Setup};
use serde_json::{Value, json};

/// Installations that ask while a rollout to half of them runs.
const ASKING: usize = 20;

fn content(version: &str) -> Vec<u8> {
    format!("Acme {version} as a package; ").repeat(100).into_bytes()
}

fn package(version: &str) -> String {
    format!("Acme.App-{version}-full.nupkg?piattaforma=windows")
}

#[track_caller]
fn downloaded(told: &Value, version: &str, is_older: bool) {
    let expected = json!({
        "available": true, "version": version, "downgrade": is_older,
        "sha256": sha256(&content(version)),
    });
    assert_eq!(*told, expected);
}

/// Everything about it, on one server.
pub(super) async fn works_as_it_comes() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let vendor = Vendor::of_demo(&cockpit).await;
    let address = vendor.address(&vendor.licence().await.id).await;
    let feed = format!("{}/velopack/stable", address.url);
    vendor.release("2.0.0", &package("2.0.0"), &content("2.0.0")).await;
    let bad = vendor.release("2.1.0", &package("2.1.0"), &content("2.1.0")).await;
    rollback(&vendor, &feed, &bad).await;
    staged(&vendor, &feed).await;
    let revoke = format!("/api/admin/gettoni-aggiornamenti/{}/revoca", address.id);
    vendor.software.post(&revoke, &json!({})).await.assert(200);
    let told = Velopack::new().ask(&feed, "1.0.0").await;
    assert!(told["error"].as_str().is_some_and(|error| error.contains("403")), "{told}");
}

/// A release is taken back: who has it goes back, if his program lets him.
async fn rollback(vendor: &Vendor, feed: &str, bad: &str) {
    let velopack = Velopack::new();
    downloaded(&velopack.ask(feed, "1.0.0").await, "2.1.0", false);
    let nothing = json!({ "available": false });
    assert_eq!(velopack.ask_even_for_older(feed, "2.1.0").await, nothing);
    vendor.yank(bad).await;
    assert_eq!(velopack.ask(feed, "2.1.0").await, nothing, "it does not let itself be taken back");
    downloaded(&velopack.ask_even_for_older(feed, "2.1.0").await, "2.0.0", true);
    downloaded(&Velopack::new().ask(feed, "1.0.0").await, "2.0.0", false);
}

/// The server decides who is reached; everybody else gets the release before, and keeps it.
async fn staged(vendor: &Vendor, feed: &str) {
    let id = vendor.draft("2.2.0", &["stable"], &[(&package("2.2.0"), &content("2.2.0"))]).await;
    vendor.publish(&id, Some(50)).await;
    let (mut inside, mut outside) = (0, 0);
    for _ in 0..ASKING {
        let velopack = Velopack::new();
        let told = velopack.ask(feed, "1.0.0").await;
        let is_inside = told["version"] == "2.2.0";
        downloaded(&told, if is_inside { "2.2.0" } else { "2.0.0" }, false);
        assert_eq!(velopack.ask(feed, "1.0.0").await, told, "the same again");
        if is_inside {
            inside += 1;
        } else {
            outside += 1;
        }
    }
    assert!(inside > 0 && outside > 0, "{inside} inside, {outside} outside");
}
