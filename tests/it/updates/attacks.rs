//! Somebody between a program and the server attacks signed metadata (TUF 1.0.34 §1.5.2); stock clients,
//! which got their updates before, refuse.

mod compromise;

use std::sync::Arc;

use cockpit_tests::attacker::{Attacker, Reply};
use cockpit_tests::tuf::canonical;
use cockpit_tests::update_clients::{Tuf, TufClient, accepted, file, refused};
use cockpit_tests::vendor::Vendor;
use cockpit_tests::{Client, Cockpit, Setup};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

pub(super) use self::compromise::keys_below_the_threshold;

/// Most of a file without end that may leave before the client hangs up: what fits into the buffers on
/// the way, and the few hundred kilobytes TUF clients allow for metadata of unknown length.
const MUCH: u64 = 12 * 1024 * 1024;

/// An older release, one that is out, and what stands in them.
const OLD: &str = "2.0.0";
const NEW: &str = "2.1.0";

/// Both clients, behind an attacker, with what they saw of the older state of the repository.
struct Scene {
    cockpit: Cockpit,
    vendor: Vendor,
    attacker: Attacker,
    clients: [TufClient; 2],
    /// Behind the server's and the attacker's address.
    path: String,
}

fn name(version: &str) -> String {
    format!("Acme-{version}-setup.exe")
}

fn target(version: &str) -> String {
    format!("stable/{version}/{}", name(version))
}

fn content(version: &str) -> Vec<u8> {
    format!("Acme {version}").repeat(1000).into_bytes()
}

impl Scene {
    /// [`OLD`] is out, and both clients have it.
    async fn begin() -> Self {
        let cockpit = Cockpit::demo(Setup::PLAIN).await;
        let vendor = Vendor::of_demo(&cockpit).await;
        vendor.release(OLD, &name(OLD), &content(OLD)).await;
        let attacker = Attacker::before(&cockpit.url).await;
        let path = format!("/u/{}", cockpit.told().updates.token);
        let root = file(&cockpit.anonymous(), &format!("{path}/metadata/1.root.json")).await;
        let clients = Tuf::ALL.map(|kind| TufClient::new(kind, &root));
        let scene = Self { cockpit, vendor, attacker, clients, path };
        scene.accept(OLD).await;
        scene
    }

    /// [`NEW`] comes out.
    async fn goes_on(&self) {
        self.vendor.release(NEW, &name(NEW), &content(NEW)).await;
    }

    fn client(&self) -> Client {
        self.cockpit.anonymous()
    }

    fn base(&self) -> String {
        format!("{}{}", self.attacker.url, self.path)
    }

    /// What a metadata file is now.
    async fn metadata(&self, name: &str) -> Vec<u8> {
        file(&self.client(), &format!("{}/metadata/{name}", self.path)).await
    }

    /// The name of the file of a role now, with its version.
    async fn versioned(&self, role: &str) -> String {
        let read = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).expect("JSON");
        let timestamp = read(self.metadata("timestamp.json").await);
        let version = &timestamp["signed"]["meta"]["snapshot.json"]["version"];
        if role == "snapshot" {
            return format!("{version}.snapshot.json");
        }
        let snapshot = read(self.metadata(&format!("{version}.snapshot.json")).await);
        let version = &snapshot["signed"]["meta"][format!("{role}.json")]["version"];
        format!("{version}.{role}.json")
    }

    /// What both are told of a release.
    async fn ask(&self, version: &str) -> [Value; 2] {
        let [python, node] = &self.clients;
        let (base, target) = (self.base(), target(version));
        let told = tokio::join!(python.ask(&base, &target), node.ask(&base, &target));
        told.into()
    }

    async fn accept(&self, version: &str) {
        for outcome in self.ask(version).await {
            accepted(&outcome, &content(version));
        }
    }

    async fn refuse(&self, version: &str, errors: &[&str]) {
        for outcome in self.ask(version).await {
            refused(&outcome, errors);
        }
    }

    /// Without the attacker, the same clients go on.
    async fn ends(self, version: &str) {
        self.attacker.is_honest();
        self.accept(version).await;
    }
}

/// Answers with `body` whatever is asked of files that end like this.
fn instead(ending: &str, body: Vec<u8>) -> impl Fn(&str, Reply) -> Reply + Send + Sync + 'static {
    let (ending, body) = (ending.to_owned(), Arc::new(body));
    move |path, reply| {
        if path.ends_with(&ending) { reply.with(body.to_vec()) } else { reply }
    }
}

/// An older state is sent again.
pub(super) async fn rollback() {
    let scene = Scene::begin().await;
    let before = scene.metadata("timestamp.json").await;
    scene.goes_on().await;
    scene.accept(NEW).await;
    scene.attacker.does(instead("/timestamp.json", before));
    scene.refuse(OLD, &["BadVersionNumberError", "BadVersionError"]).await;
    scene.ends(NEW).await;
}

/// News are held back for longer than a timestamp holds.
pub(super) async fn freeze() {
    let scene = Scene::begin().await;
    let before = scene.metadata("timestamp.json").await;
    scene.goes_on().await;
    scene.attacker.does(instead("/timestamp.json", before));
    for outcome in scene.ask(NEW).await {
        assert_eq!((&outcome["ok"], &outcome["target"]), (&json!(true), &Value::Null), "{outcome}");
    }
    for client in &scene.clients {
        let outcome = client.ask_after(2, &scene.base(), &target(OLD)).await;
        refused(&outcome, &["ExpiredMetadataError", "timestamp.json is expired"]);
        assert!(
            outcome["message"].as_str().is_some_and(|it| it.contains("timestamp")),
            "{outcome}"
        );
    }
    scene.ends(NEW).await;
}

/// Files of one state are sent under the names of another one.
pub(super) async fn mix_and_match() {
    let scene = Scene::begin().await;
    let snapshot = scene.metadata(&scene.versioned("snapshot").await).await;
    let channel = scene.metadata(&scene.versioned("stable").await).await;
    scene.goes_on().await;
    for (ending, before) in [(".snapshot.json", snapshot), (".stable.json", channel)] {
        scene.attacker.does(instead(ending, before));
        scene.refuse(NEW, &["LengthOrHashMismatchError", "Expected "]).await;
    }
    scene.ends(NEW).await;
}

/// A file goes on and on.
pub(super) async fn endless_data() {
    let scene = Scene::begin().await;
    scene.goes_on().await;
    for part in ["/timestamp.json", ".snapshot.json", "setup.exe"] {
        for client in &scene.clients {
            scene.attacker.does(move |path, reply| {
                let is_endless = path.ends_with(part);
                Reply { is_endless, ..reply }
            });
            let outcome = client.ask(&scene.base(), &target(NEW)).await;
            refused(&outcome, &["DownloadLengthMismatchError", "Max length reached"]);
            let sent = scene.attacker.sent();
            assert!(sent < MUCH, "{:?} took {sent} bytes of {part}", client.kind);
        }
    }
    scene.ends(NEW).await;
}

/// Another file is sent, or one that was changed.
pub(super) async fn wrong_software() {
    let scene = Scene::begin().await;
    scene.goes_on().await;
    let mut changed = content(NEW);
    *changed.first_mut().expect("a byte") ^= 1;
    // The older release is genuine, as long as the new one, and not what was asked for.
    assert_eq!(content(OLD).len(), content(NEW).len());
    for body in [changed, content(OLD)] {
        scene.attacker.does(instead(&name(NEW), body));
        scene.refuse(NEW, &["LengthOrHashMismatchError"]).await;
    }
    scene.ends(NEW).await;
}

/// Metadata is changed, and signed with a key of the attacker's own under the name of the real one.
pub(super) async fn forged() {
    let scene = Scene::begin().await;
    scene.goes_on().await;
    let mut whole: Value =
        serde_json::from_slice(&scene.metadata("timestamp.json").await).expect("JSON");
    let version = whole["signed"]["version"].as_i64().expect("a number");
    whole["signed"]["version"] = (version + 1).into();
    scene.attacker.does(instead("/timestamp.json", whole.to_string().into_bytes()));
    scene.refuse(NEW, &["UnsignedMetadataError"]).await;
    whole["signatures"][0]["sig"] =
        signature(&SigningKey::from_bytes(&[9; 32]), &whole["signed"]).into();
    scene.attacker.does(instead("/timestamp.json", whole.to_string().into_bytes()));
    scene.refuse(NEW, &["UnsignedMetadataError"]).await;
    scene.ends(NEW).await;
}

/// The signature of what metadata says, in hexadecimal.
fn signature(key: &SigningKey, signed: &Value) -> String {
    plugin_api::hex(&key.sign(canonical(signed).as_bytes()).to_bytes())
}
