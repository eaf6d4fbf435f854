//! Stock clients follow from root to root, hear nothing more of what was taken back, and find files in
//! whichever way they ask for them.

use cockpit_tests::jws::sha256;
use cockpit_tests::update_clients::{Tuf, TufClient, accepted, file};
use cockpit_tests::vendor::Vendor;
use cockpit_tests::{Cockpit, Setup};
use serde_json::{Value, json};

const NAME: &str = "Acme-2.0.0-setup.exe";
const TARGET: &str = "stable/2.0.0/Acme-2.0.0-setup.exe";
const CONTENT: &[u8] = b"Acme 2.0.0";

/// Over four changes of keys, from the first root and from one of those between.
pub(super) async fn roots_and_what_was_taken_back(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(setup).await;
    let vendor = Vendor::of_demo(&cockpit).await;
    vendor.release("2.0.0", NAME, CONTENT).await;
    let base = cockpit.told().updates.base_url.clone();
    let client = cockpit.anonymous();
    let root = file(&client, &format!("{base}/metadata/1.root.json")).await;
    let clients = || Tuf::ALL.map(|kind| TufClient::new(kind, &root));
    let follows = async |clients: &[TufClient; 2], version: i64| {
        let [python, node] = clients;
        let told = tokio::join!(python.ask(&base, TARGET), node.ask(&base, TARGET));
        for outcome in <[Value; 2]>::from(told) {
            accepted(&outcome, CONTENT);
            assert_eq!(outcome["root"], version, "{outcome}");
        }
    };
    let first = clients();
    follows(&first, 1).await;
    vendor.rotate("timestamp").await;
    vendor.rotate("root").await;
    follows(&first, 3).await;
    for role in ["snapshot", "targets", "root"] {
        vendor.rotate(role).await;
    }
    follows(&first, 6).await;
    follows(&clients(), 6).await;

    let bad = vendor.release("2.1.0", "Acme-2.1.0-setup.exe", b"bad").await;
    let target = "stable/2.1.0/Acme-2.1.0-setup.exe";
    for one in &first {
        accepted(&one.ask(&base, target).await, b"bad");
    }
    vendor.yank(&bad).await;
    for one in first.iter().chain(&clients()) {
        let outcome = one.ask(&base, target).await;
        assert_eq!((&outcome["ok"], &outcome["target"]), (&json!(true), &Value::Null), "{outcome}");
    }
    follows(&first, 6).await;

    // Without a hash in the name, with it before the file, and before the whole path as tough does.
    let [python, _] = &first;
    accepted(&python.ask_plainly(&base, TARGET).await, CONTENT);
    let hash = sha256(CONTENT);
    for path in [
        format!("stable/2.0.0/{hash}.{NAME}"),
        format!("{hash}.{TARGET}"),
        format!("{hash}.{}", TARGET.replace('/', "%2F")),
    ] {
        assert_eq!(file(&client, &format!("{base}/targets/{path}")).await, CONTENT, "{path}");
    }
    let wrong = format!("{base}/targets/stable/2.0.0/{}.{NAME}", "0".repeat(64));
    client.get(&wrong).await.assert(404);
}
