//! Files of releases are looked at for viruses by the program the administrator chose.

use cockpit_tests::client::{Answer, Client};
use cockpit_tests::place::run;
use cockpit_tests::{Cockpit, Database, Linking, Place, Setup};
use reqwest::Method;
use serde_json::json;

const RELEASES: &str = "/api/admin/rilasci";
/// Says what it found as clamdscan does; finds nothing while the file `broken` lies beside it.
const SCRIPT: &str = "\
test -e \"$(dirname \"$0\")/broken\" && { echo 'no database' >&2; exit 2; }
if grep -q EICAR-STANDARD-ANTIVIRUS; then echo 'stream: Eicar FOUND'; exit 1; fi
";

/// A draft with one file; answers its path.
async fn drafted(client: &Client, product: &str, version: &str, content: &str) -> String {
    let body = json!({ "prodotto": product, "versione": version, "canali": ["stable"] });
    let made = client.post(RELEASES, &body).await.expect(201).json();
    let path = format!("{RELEASES}/{}", made["id"].as_str().expect("an id"));
    let name = format!("Acme-{version}-x64-setup.exe");
    let send = client.request(Method::PUT, &format!("{path}/file/{name}"));
    client.send(send.body(content.to_owned())).await.assert(200);
    path
}

async fn published(client: &Client, path: &str) -> Answer {
    client.post(&format!("{path}/pubblica"), &json!({})).await
}

fn told(answer: &Answer) -> String {
    let one = &answer.json()["avvisi"][0];
    format!("{}: {}", one["codice"].as_str().unwrap_or_default(), one["testo"])
}

async fn infected_files_do_not_go_out(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let place = Place::prepared(setup).await;
    let folder = place.file("scanner");
    std::fs::create_dir_all(&folder).expect("a folder");
    let script = folder.join("scan.sh");
    std::fs::write(&script, SCRIPT).expect("a script");
    let command = format!("/bin/sh,{}", script.display());
    let cockpit = Cockpit::demo_in(place.with("COCKPIT_SCAN__COMMAND", &command)).await;
    let client = cockpit.software();
    let list = client.get(RELEASES).await.expect(200).json();
    let product = list["dati"][0]["prodotto"].as_str().expect("a product").to_owned();

    let clean = drafted(&client, &product, "7.0.0", "a program").await;
    published(&client, &clean).await.assert(200);
    let file = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!";
    let infected = drafted(&client, &product, "7.1.0", file).await;
    let refused = published(&client, &infected).await.expect(422);
    assert!(told(&refused).starts_with("virus:") && told(&refused).contains("Eicar FOUND"));

    std::fs::write(folder.join("broken"), "").expect("a file");
    let unsure = drafted(&client, &product, "7.2.0", "another program").await;
    let refused = published(&client, &unsure).await.expect(422);
    assert!(told(&refused).starts_with("scansione_fallita:"), "{}", told(&refused));
    assert!(told(&refused).contains("no database"));
    std::fs::remove_file(folder.join("broken")).expect("it was there");
    published(&client, &unsure).await.assert(200);

    // The command line waits for it.
    let installer = folder.join("Acme-7.3.0-x64-setup.exe");
    std::fs::write(&installer, "a third program").expect("a file");
    let place = Place::new(Setup::PLAIN).await;
    let mut command = place.command();
    command.args(["release", "publish", "--url", &cockpit.told().url]);
    command.args(["--token", &cockpit.told().token, "--product", &product]);
    command.args(["--version", "7.3.0", "--channel", "stable"]).arg(&installer);
    let said = run(&mut command).success();
    assert!(said.contains("7.3.0 is published"), "{said}");
}

#[tokio::test]
async fn infected_files_do_not_go_out_on_sqlite() {
    infected_files_do_not_go_out(Setup::of(Database::Sqlite, Linking::Loaded)).await;
}

#[tokio::test]
async fn infected_files_do_not_go_out_on_mariadb() {
    infected_files_do_not_go_out(Setup::on(Database::MariaDb)).await;
}
