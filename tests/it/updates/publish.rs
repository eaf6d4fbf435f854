//! A build server publishes with the real program and a token that may nothing else; clients find it.

use std::process::Command;

use cockpit_tests::place::{Outcome, run};
use cockpit_tests::{Client, Cockpit, Setup};

const FILE: &str = "Studio-2.0.0-x64.exe";
/// More than is held in memory at once, bytes.
const LENGTH: usize = 20 * 1024 * 1024;

/// The command as a build server runs it, with what differs.
fn publish(cockpit: &Cockpit, token: &str, product: &str, more: &[&str]) -> Outcome {
    let mut command: Command = cockpit.place.command();
    command.env("COCKPIT_URL", &cockpit.url).env("COCKPIT_TOKEN", token);
    command.args(["release", "publish", "--product", product, "--version", "2.0.0"]);
    run(command.args(["--channel", "stable", "--note", "en=NEWS.md"]).args(more).arg(FILE))
}

/// A release is sent, held by a warning, published, and published again without harm.
pub(super) async fn by_a_build_server() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    std::fs::write(cockpit.place.file(FILE), vec![5; LENGTH]).expect("a file");
    std::fs::write(cockpit.place.file("NEWS.md"), "- Faster\n").expect("a file");
    let told = cockpit.told().clone();
    // Whoever makes a token at the terminal has the database to himself.
    let place = cockpit.stop().await;
    let (email, product) = (told.superadmin.email.as_str(), told.updates.product.as_str());
    let made = ["token", "add", "--user", email, "--name", "build"];
    let made = [&made[..], &["--permission", "update-server:publish"]].concat();
    let token = place.cockpit(&made).success().trim().to_owned();
    let cockpit = Cockpit::serve(place).await;

    let refused = publish(&cockpit, "cpk_00000000_nobody", product, &[]).refusal();
    assert!(refused.to_lowercase().contains("token"), "{refused}");
    let refused = publish(&cockpit, &token, "NO-SUCH", &[]).refusal();
    assert!(refused.contains("/prodotto"), "{refused}");

    let drafted = publish(&cockpit, &token, product, &["--draft"]).success();
    assert!(drafted.contains(&format!("{FILE} was sent")), "{drafted}");
    assert!(drafted.contains("draft"), "{drafted}");
    let published = publish(&cockpit, &token, product, &["--accept-warnings"]).success();
    assert!(published.contains(&format!("{FILE} is there already")), "{published}");
    assert!(published.contains("2.0.0 is published."), "{published}");
    let again = publish(&cockpit, &token, product, &[]).success();
    assert!(again.contains("published already"), "{again}");

    let client = cockpit.anonymous();
    let address = told.updates.base_url.trim_start_matches(&told.url);
    let feed = client.get(&format!("{address}/electron/stable/latest.yml")).await.expect(200);
    assert!(feed.body.contains("version: \"2.0.0\""), "{}", feed.body);
    let file = client.get(&format!("{address}/files/2.0.0/{FILE}")).await.expect(200);
    assert_eq!(file.header("content-length"), LENGTH.to_string());

    // It may nothing else.
    let software = Client::with_token(&cockpit.url, &token);
    software.get("/api/admin/licenze").await.assert(403);
}
