//! A server that is killed while it publishes, promotes, takes back and signs: whoever looks, at
//! whatever moment, sees one consistent repository, never a half.

mod vendor;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cockpit_tests::tuf::{Gone, Trusted, fetch};
use cockpit_tests::{Client, Cockpit, Setup, environment};
use tokio::task::JoinHandle;

use self::vendor::{Act, Vendor};

/// Every so many kills a client of others looks as well.
const OTHERS: usize = 10;

/// Kills it so many times.
pub(super) async fn again_and_again(setup: Setup, times: usize) {
    if !setup.database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(setup).await;
    let (url, told) = (cockpit.url.clone(), cockpit.told().clone());
    let port: u16 = url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let (base, client) = (told.updates.base_url.clone(), cockpit.anonymous());
    let mut vendor = Vendor::begin(&url, &told.updates.product, &told.token).await;
    let mut trusted = Trusted::begin(&client, &base).await;
    let root = cockpit.place.file("root.json");
    let first = fetch(&client, &format!("{base}/metadata/1.root.json")).await;
    std::fs::write(&root, first.expect("it runs").expect("a root")).expect("a file");

    let ends = Arc::new(AtomicBool::new(false));
    let walker =
        tokio::spawn(walking(trusted.clone(), url.clone(), base.clone(), Arc::clone(&ends)));
    let reader = tokio::spawn(reading(url.clone(), base.clone(), Arc::clone(&ends)));
    let mut cuts: BTreeMap<Act, usize> = BTreeMap::new();
    let mut place = cockpit.kill();
    for round in 0..times {
        let cockpit = Cockpit::serve_at(place, port).await;
        vendor.look(&url).await;
        let seen = trusted.walk(&client, &base).await;
        vendor.compare(&url, &seen.unwrap_or_else(|Gone| panic!("it runs"))).await;
        vendor.feeds(&client, &base).await;
        if round.is_multiple_of(OTHERS) {
            stock_client(&base, &root, &vendor.newest()).await;
        }
        let (address, first) = (url.clone(), Act::ALL[round % Act::ALL.len()]);
        let longest = vendor.prepare(&url, first).await;
        let mut working = vendor;
        let work = tokio::spawn(async move {
            let cut = working.work(&address, first).await;
            (working, cut)
        });
        tokio::time::sleep(longest.mul_f64(1.8 * fastrand::f64())).await;
        place = cockpit.kill();
        let cut;
        (vendor, cut) = work.await.expect("no panic");
        *cuts.entry(cut).or_default() += 1;
        assert!(!walker.is_finished() && !reader.is_finished(), "clients go on");
    }
    let cockpit = Cockpit::serve_at(place, port).await;
    vendor.look(&url).await;
    let mut new = Trusted::begin(&client, &base).await;
    let seen = new.walk(&client, &base).await.unwrap_or_else(|Gone| panic!("it runs"));
    vendor.compare(&url, &seen).await;
    stock_client(&base, &root, &vendor.newest()).await;
    ends.store(true, Ordering::Relaxed);
    let (walks, reads) = (ended(walker).await, ended(reader).await);
    eprintln!(
        "{times} kills, cut off: {cuts:?}, there and not: {:?}; {} releases, versions {:?}; {walks} walks and {reads} reads \
         of feeds meanwhile",
        vendor.became,
        vendor.made(),
        new.versions()
    );
    assert!(cuts.len() > 2, "various things were cut off: {cuts:?}");
    assert!(walks > times && reads > times, "clients looked: {walks}, {reads}");
    drop(cockpit);
}

async fn ended(task: JoinHandle<usize>) -> usize {
    task.await.expect("what clients saw was consistent at every moment")
}

/// Walks through the repository at every moment it answers; how often that was.
async fn walking(mut trusted: Trusted, url: String, base: String, ends: Arc<AtomicBool>) -> usize {
    let (client, mut walks) = (Client::anonymous(&url), 0);
    while !ends.load(Ordering::Relaxed) {
        match trusted.walk(&client, &base).await {
            Ok(targets) => walks += usize::from(!targets.is_empty()),
            Err(Gone) => tokio::time::sleep(Duration::from_millis(3)).await,
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    walks
}

/// Reads feeds at every moment; each is whole and offers something.
async fn reading(url: String, base: String, ends: Arc<AtomicBool>) -> usize {
    let (client, mut reads) = (Client::anonymous(&url), 0);
    while !ends.load(Ordering::Relaxed) {
        for channel in ["beta", "stable"] {
            let path = format!("{base}/electron/{channel}/latest.yml");
            if let Ok(feed) = fetch(&client, &path).await {
                let feed = String::from_utf8(feed.expect("a feed")).expect("text");
                let is_whole = feed.starts_with("version: \"") && feed.contains("\nreleaseDate: ");
                assert!(is_whole && !feed.starts_with("version: \"0"), "{feed}");
                reads += 1;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    reads
}

/// python-tuf, which keeps what it trusts from one time to the next.
async fn stock_client(base: &str, root: &Path, target: &str) {
    let output = tokio::process::Command::new(environment::python())
        .arg(environment::repository().join("tests/it/updates/tuf_client.py"))
        .args([base.as_ref(), root.as_os_str(), target.as_ref()])
        .arg(root.with_file_name("trusted"))
        .output()
        .await
        .expect("Python");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("\"length\""), "{told} for {target}");
}
