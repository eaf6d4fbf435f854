//! electron-updater as it comes: credentials, rollouts, differential downloads, and the way back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cockpit_tests::update_clients::Electron;
use cockpit_tests::vendor::Vendor;
use cockpit_tests::{Cockpit, Setup};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};

use super::INSTALLATION;

/// Bytes of an installer.
const SIZE: usize = 6 * 1024 * 1024;

fn name(version: &str) -> String {
    format!("Acme-{version}-x64-setup.exe")
}

/// The same in each version but for three places: some bytes changed, some put in, some left out.
fn installer(version: &str) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(6);
    let mut bytes: Vec<u8> = std::iter::repeat_with(|| random.u8(..)).take(SIZE).collect();
    let mark = format!("this is Acme {version}; ").repeat(30);
    for (place, byte) in bytes.iter_mut().skip(1_000_000).zip(mark.bytes()) {
        *place = byte;
    }
    bytes.splice(3_000_000..3_000_000, mark.bytes());
    bytes.drain(5_000_000..5_000_000 + version.len() * 7);
    bytes
}

fn sha512(bytes: &[u8]) -> String {
    STANDARD.encode(Sha512::digest(bytes))
}

fn download() -> Value {
    json!({ "download": true })
}

#[track_caller]
fn offered(told: &Value, version: &str, is_available: bool) {
    let expected = (json!(version), json!(is_available));
    assert_eq!((&told["version"], &told["available"]), (&expected.0, &expected.1), "{told}");
}

/// Everything about it, on one server.
pub(super) async fn works_as_it_comes() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let vendor = Vendor::of_demo(&cockpit).await;
    vendor.release("2.0.0", &name("2.0.0"), &installer("2.0.0")).await;
    credentials(&cockpit, &vendor).await;
    let id = differential(&cockpit, &vendor).await;
    rollback(&cockpit, &vendor, &id).await;
    staged(&cockpit, &vendor).await;
}

/// In the address, in a header, in the query; a revoked one is refused, as is none.
async fn credentials(cockpit: &Cockpit, vendor: &Vendor) {
    let licence = vendor.licence().await;
    let address = vendor.address(&licence.id).await;
    let secret = address.url.rsplit('/').next().expect("a secret").to_owned();
    let in_path = format!("{}/electron/stable", address.url);
    let open = format!("{}/u/~{}/electron/stable", cockpit.url, vendor.product);
    let queried = |key: &str| format!("{open}?key={key}");
    let header = |name: &str, value: String| {
        let mut more = download();
        more["headers"] = json!({ name: value });
        more
    };
    let new = installer("2.0.0");
    let works = async |feed: &str, more: Value| {
        let told = Electron::new(INSTALLATION).ask(feed, "1.0.0", more).await;
        offered(&told, "2.0.0", true);
        assert_eq!(told["sha512"], sha512(&new), "{told}");
    };
    works(&in_path, download()).await;
    works(&queried(&licence.key), download()).await;
    works(&queried(&secret), download()).await;
    works(&open, header("authorization", format!("Bearer {secret}"))).await;
    works(&open, header("x-licence-key", licence.key.clone())).await;

    let fails = async |feed: &str, more: Value, error: &str| {
        let told = Electron::new(INSTALLATION).ask(feed, "1.0.0", more).await;
        assert_eq!(told["error"], error, "{told}");
    };
    fails(&open, download(), "HTTP_ERROR_401").await;
    fails(&queried("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"), download(), "HTTP_ERROR_401").await;
    let revoke = format!("/api/admin/gettoni-aggiornamenti/{}/revoca", address.id);
    vendor.software.post(&revoke, &json!({})).await.assert(200);
    fails(&in_path, download(), "HTTP_ERROR_403").await;
    fails(&queried(&secret), download(), "HTTP_ERROR_403").await;
    fails(&open, header("authorization", format!("Bearer {secret}")), "HTTP_ERROR_403").await;
    // The licence holds on, and so does its key.
    works(&queried(&licence.key), download()).await;
}

/// Who has the installer before loads what is new of it: several parts in one answer.
async fn differential(cockpit: &Cockpit, vendor: &Vendor) -> String {
    let (old, new) = (installer("2.0.0"), installer("2.1.0"));
    let id = vendor.release("2.1.0", &name("2.1.0"), &new).await;
    let feed = format!("{}/electron/stable", cockpit.told().updates.base_url);
    let mut electron = Electron::new(INSTALLATION);
    electron.has(&old);
    let told = electron.ask(&feed, "2.0.0", download()).await;
    offered(&told, "2.1.0", true);
    assert_eq!(told["sha512"], sha512(&new), "{told}");
    let bytes = told["bytes"].as_u64().expect("a number");
    let share = bytes * 1000 / new.len() as u64;
    eprintln!("differential: {bytes} of {} bytes, {}.{} %", new.len(), share / 10, share % 10);
    assert!(share < 50, "{bytes} of {} bytes: {told}", new.len());
    let requests = told["requests"].as_array().expect("requests");
    let in_parts = |request: &&Value| {
        request["status"] == 206 && request["range"].as_str().is_some_and(|it| it.contains(','))
    };
    assert!(requests.iter().any(|request| in_parts(&request)), "{told}");
    let maps = requests.iter().filter(|request| {
        request["path"].as_str().is_some_and(|path| path.contains(".exe.blockmap"))
    });
    assert_eq!(maps.count(), 2, "{told}");

    let told = electron.ask(&feed, "2.1.0", download()).await;
    offered(&told, "2.1.0", false);
    id
}

/// A release is taken back: who has it goes back, if his program lets him.
async fn rollback(cockpit: &Cockpit, vendor: &Vendor, id: &str) {
    vendor.yank(id).await;
    let feed = format!("{}/electron/stable", cockpit.told().updates.base_url);
    let mut electron = Electron::new(INSTALLATION);
    electron.has(&installer("2.1.0"));
    let told = electron.ask(&feed, "2.1.0", json!({ "downgrade": true, "download": true })).await;
    offered(&told, "2.0.0", true);
    assert_eq!(told["sha512"], sha512(&installer("2.0.0")), "{told}");
    let bytes = told["bytes"].as_u64().expect("a number");
    assert!(bytes * 20 < SIZE as u64, "block maps of what was taken back stay: {told}");
    let told = electron.ask(&feed, "2.1.0", download()).await;
    offered(&told, "2.0.0", false);
    let told = Electron::new(INSTALLATION).ask(&feed, "1.2.0", download()).await;
    offered(&told, "2.0.0", true);
}

/// The server decides who is reached; everybody else gets the release before.
async fn staged(cockpit: &Cockpit, vendor: &Vendor) {
    let files = [(&*name("2.2.0"), &*installer("2.2.0"))];
    let id = vendor.draft("2.2.0", &["stable"], &files).await;
    vendor.publish(&id, Some(50)).await;
    let feed = format!("{}/electron/stable", cockpit.told().updates.base_url);
    let (mut inside, mut outside) = (0, 0);
    let mut random = fastrand::Rng::with_seed(8);
    for _ in 0..10 {
        let low = random.u64(..) >> 2 | 1 << 63;
        let id =
            format!("{:08x}-0000-4000-{:04x}-{:012x}", random.u32(..), low >> 48, low << 16 >> 16);
        let electron = Electron::new(&id);
        let told = electron.ask(&feed, "1.2.0", json!({})).await;
        let version = told["version"].as_str().expect("a version").to_owned();
        match &*version {
            "2.2.0" => inside += 1,
            "2.0.0" => outside += 1,
            _ => panic!("{told}"),
        }
        offered(&told, &version, true);
        // Who has asked once is told the same again; who has it is not told to go back.
        offered(&electron.ask(&feed, "1.2.0", json!({})).await, &version, true);
        offered(&electron.ask(&feed, "2.2.0", json!({})).await, &version, false);
        if inside > 0 && outside > 0 {
            return;
        }
    }
    panic!("{inside} inside, {outside} outside");
}
