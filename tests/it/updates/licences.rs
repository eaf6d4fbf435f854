//! What stock clients get with each kind of licence, and without one.

use cockpit_tests::update_clients::{Electron, Tuf, TufClient, file, refused};
use cockpit_tests::vendor::Vendor;
use cockpit_tests::{Client, Cockpit, Setup};
use plugin_api::time::parse_instant;
use serde_json::{Value, json};

use super::INSTALLATION;

/// The releases of the demo: 400, 90 and 2 days old.
const RELEASES: [&str; 3] = ["1.0.0", "1.1.0", "1.2.0"];

/// What each client gets at an address.
struct Asking {
    client: Client,
    /// Shows what the files of all releases are.
    entitled: String,
    product: String,
    root: Vec<u8>,
}

impl Asking {
    fn file(&self, version: &str) -> String {
        format!("{}-{version}-x64.exe", self.product)
    }

    /// What each client of TUF is told of a release at an address.
    async fn tuf(&self, base: &str, version: &str) -> Vec<Value> {
        let target = format!("stable/{version}/{}", self.file(version));
        let [python, node] = Tuf::ALL.map(|kind| TufClient::new(kind, &self.root));
        let told = tokio::join!(python.ask(base, &target), node.ask(base, &target));
        <[Value; 2]>::from(told).into()
    }

    async fn electron(&self, base: &str) -> Value {
        let feed = format!("{base}/electron/stable");
        Electron::new(INSTALLATION).ask(&feed, "0.9.0", json!({ "download": true })).await
    }

    /// Every client gets `newest` as its maker made it, and sees nothing newer.
    async fn get(&self, base: &str, newest: &str) {
        let path = format!("{}/files/{newest}/{}", self.entitled, self.file(newest));
        let content = file(&self.client, &path).await;
        let hash = cockpit_tests::jws::sha256(&content);
        for outcome in self.tuf(base, newest).await {
            assert_eq!(outcome["target"]["sha256"], hash.as_str(), "{base}: {outcome}");
        }
        for newer in RELEASES.iter().filter(|version| **version > newest) {
            for outcome in self.tuf(base, newer).await {
                assert_eq!(outcome["ok"], true, "{base}: {outcome}");
                assert_eq!(outcome["target"], Value::Null, "{base}: {outcome}");
            }
            let path = format!("{base}/files/{newer}/{}", self.file(newer));
            self.client.get(&path).await.problem(403, "fuori_dalla_manutenzione");
        }
        let told = self.electron(base).await;
        assert_eq!(
            (&told["version"], &told["available"]),
            (&json!(newest), &json!(true)),
            "{told}"
        );
        assert_eq!(told["size"], content.len(), "{told}");
    }

    /// Every client is sent away with this status.
    async fn refused(&self, base: &str, status: u16) {
        for outcome in self.tuf(base, "1.1.0").await {
            refused(&outcome, &["DownloadHTTPError"]);
            assert_eq!(outcome["status"], status, "{outcome}");
        }
        let told = self.electron(base).await;
        let error = match status {
            404 => "ERR_UPDATER_CHANNEL_FILE_NOT_FOUND".to_owned(),
            _ => format!("HTTP_ERROR_{status}"),
        };
        assert_eq!(told["error"], error, "{told}");
    }
}

/// Entitled, maintenance ended, expired, suspended, revoked, none, and a product for anybody.
pub(super) async fn decide_what_clients_get(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(setup).await;
    let vendor = Vendor::of_demo(&cockpit).await;
    let (told, client) = (cockpit.told(), cockpit.anonymous());
    let entitled = told.updates.base_url.clone();
    let root = file(&client, &format!("{entitled}/metadata/1.root.json")).await;
    let product = vendor.product.clone();
    let asking = Asking { client, entitled: entitled.clone(), product, root };
    asking.get(&entitled, "1.2.0").await;

    let path = format!("/api/admin/gettoni-aggiornamenti?prodotto={}", asking.product);
    let list = vendor.software.get(&path).await.expect(200);
    let secret = told.updates.token.as_str();
    assert!(!list.body.contains(secret), "a list shows no secrets");

    let released = format!("/api/admin/rilasci?prodotto={}&versione=1.2.0", asking.product);
    let released = vendor.software.get(&released).await.expect(200).json();
    let at = released["dati"][0]["pubblicato_il"].as_str().and_then(parse_instant);
    let ended = vendor.licence_with_maintenance_ended(at.expect("an instant"), 20).await;
    asking.get(&vendor.address(&ended.id).await.url, "1.1.0").await;
    let long_ended = vendor.licence_with_maintenance_ended(at.expect("an instant"), 200).await;
    asking.get(&vendor.address(&long_ended.id).await.url, "1.0.0").await;
    asking.get(&vendor.address(&told.expired_key).await.url, "1.1.0").await;

    let bad = vendor.licence().await;
    let address = vendor.address(&bad.id).await.url;
    asking.get(&address, "1.2.0").await;
    for act in ["sospendi", "revoca"] {
        let path = format!("/api/admin/licenze/{}/{act}", bad.id);
        vendor.software.post(&path, &json!({})).await.assert(200);
        asking.refused(&address, 403).await;
    }

    let open = format!("{}/u/~{}", cockpit.url, asking.product);
    asking.refused(&open, 401).await;
    asking.refused(&format!("{}/u/{}", cockpit.url, "0".repeat(secret.len())), 404).await;
    vendor.set(&json!({ "accesso": "pubblico" })).await;
    asking.get(&open, "1.2.0").await;
    vendor.set(&json!({ "accesso": "chiuso" })).await;
    asking.refused(&entitled, 403).await;
}
