//! A bundle is carried to where no network is: stock clients use it there as it is, another cockpit takes
//! it in.

use std::process::Command;

use cockpit_tests::branches::led_to;
use cockpit_tests::objects::upload_to;
use cockpit_tests::place::run;
use cockpit_tests::update_clients::{Folder, Tuf, TufClient, accepted, file, refused};
use cockpit_tests::vendor::Vendor;
use cockpit_tests::{Cockpit, Database, Linking, Setup, eventually, licences};

const NAME: &str = "Acme-2.0.0-setup.exe";
const TARGET: &str = "stable/2.0.0/Acme-2.0.0-setup.exe";
const CONTENT: &[u8] = b"Acme 2.0.0";
/// Bundles hold for so long, days.
const HOLDS: u32 = 90;

/// Made by a loaded plugin, for a licence; taken in by one that is compiled in, on the other database.
pub(super) async fn carried_to_clients_and_to_another_cockpit() {
    let cockpit = Cockpit::demo(Setup::of(Database::Sqlite, Linking::Loaded)).await;
    let vendor = Vendor::of_demo(&cockpit).await;
    vendor.release("2.0.0", NAME, CONTENT).await;
    let licence = vendor.licence().await;
    let device = licences::activate(&cockpit.anonymous(), &licence.key, "apart").await;
    device.assert(200);
    let root = format!("{}/metadata/1.root.json", cockpit.told().updates.base_url);
    let root = file(&cockpit.anonymous(), &root).await;
    let path = vendor.path(&format!("/pacchetto?versioni=2.0.0&licenza={}", licence.id));
    let bundle = file(&vendor.software, &path).await;

    let carried = tempfile::tempdir().expect("a directory");
    let archive = carried.path().join("bundle.tar");
    std::fs::write(&archive, &bundle).expect("a file");
    let mut unpack = Command::new("tar");
    run(unpack.arg("-xf").arg(&archive).arg("-C").arg(carried.path())).success();
    let refreshed = std::fs::read_to_string(carried.path().join("licence.json")).expect("a file");
    assert!(refreshed.contains("eyJ"), "a fresh computer key for the device: {refreshed}");
    let revoked = std::fs::read_to_string(carried.path().join("revocations.jws")).expect("a file");
    assert_eq!(revoked.matches('.').count(), 2, "{revoked}");

    let folder = Folder::serve(carried.path()).await;
    for kind in Tuf::ALL {
        let client = TufClient::new(kind, &root);
        accepted(&client.ask(&folder.url, TARGET).await, CONTENT);
        accepted(&client.ask_after(HOLDS - 1, &folder.url, TARGET).await, CONTENT);
        let late = client.ask_after(HOLDS + 1, &folder.url, TARGET).await;
        refused(&late, &["ExpiredMetadataError", "expired"]);
    }

    taken_in(&bundle).await;
}

/// Another cockpit shows whose it is, trusts the key when it is told to, and publishes what is in it.
async fn taken_in(bundle: &[u8]) {
    let database = Database::available().pop().expect("a database");
    let cockpit = Cockpit::demo(Setup::on(database)).await;
    let admin = cockpit.superadmin().await;
    let sent = led_to(&upload_to(&admin, "/crm/update-bundles", bundle).await);
    let page = format!("/crm/update-bundles/{sent}");
    admin.submit(&page, &[]).await.assert(422);
    admin.submit(&page, &[("fiducia", "true")]).await.assert(303);
    let base = cockpit.told().updates.base_url.clone();
    let client = cockpit.anonymous();
    eventually("the release is out", || async {
        let feed = client.get(&format!("{base}/electron/stable/latest.yml")).await;
        feed.expect(200).body.contains(NAME)
    })
    .await;
    assert_eq!(file(&client, &format!("{base}/files/2.0.0/{NAME}")).await, CONTENT);
    let root = file(&client, &format!("{base}/metadata/1.root.json")).await;
    accepted(&TufClient::new(Tuf::Python, &root).ask(&base, TARGET).await, CONTENT);

    let mut broken = bundle.to_vec();
    let middle = broken.len() / 2;
    broken.truncate(middle);
    upload_to(&admin, "/crm/update-bundles", &broken).await.assert(422);
}
