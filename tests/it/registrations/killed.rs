//! Acknowledged means committed: a server that is killed under load has lost nothing it said yes to,
//! and what is sent again with the same key is not there twice.

use std::collections::BTreeMap;
use std::time::Duration;

use cockpit_tests::{Client, Cockpit, Place, Setup};
use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;

/// How often the server is killed.
const TIMES: usize = 20;
/// Programs that report themselves at the same time.
const PROGRAMS: usize = 24;
/// Installations they are.
const INSTALLATIONS: usize = 500;

/// Reports by their key: the id they were acknowledged with, if they were.
type Sent = BTreeMap<String, Option<String>>;

/// Everything about it.
pub(super) async fn twenty_times(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let mut place = Cockpit::demo(setup).await.kill();
    let reports = "select count(*) from registration_inventory_report";
    let before = place.numbers(reports).await;
    let mut sent = Sent::new();
    for round in 0..TIMES {
        let cockpit = Cockpit::serve(place).await;
        let client = cockpit.anonymous();
        // What was cut off is sent again, and so is some of what was not.
        let again = sent.iter().filter(|(key, id)| id.is_none() || key.ends_with('7'));
        let again: Vec<String> = again.map(|(key, _)| key.clone()).collect();
        settle(&client, again, &mut sent).await;
        let mut programs = load(&client, round);
        tokio::time::sleep(Duration::from_millis(fastrand::u64(100..500))).await;
        place = cockpit.kill();
        while let Some(program) = programs.join_next().await {
            sent.extend(program.expect("no panic"));
        }
    }
    let cockpit = Cockpit::serve(place).await;
    let left: Vec<String> = sent.keys().cloned().collect();
    settle(&cockpit.anonymous(), left, &mut sent).await;
    let place = cockpit.kill();
    is_all_there(&place, &sent).await;
    let count = i64::try_from(sent.len()).expect("few");
    assert_eq!(place.numbers(reports).await, [before[0] + count], "every key wrote one report");
    assert!(sent.len() > TIMES * PROGRAMS, "there was load: {}", sent.len());
}

/// Programs that report themselves again and again until the server is gone.
fn load(client: &Client, round: usize) -> JoinSet<Sent> {
    let mut programs = JoinSet::new();
    for program in 0..PROGRAMS {
        let client = client.clone();
        programs.spawn(async move {
            let mut sent = Sent::new();
            for n in 0.. {
                let key = format!("power-cut-{round:02}-{program:02}-{n:05}");
                let id = report(&client, &key).await;
                let is_gone = id.is_none();
                sent.insert(key, id);
                if is_gone {
                    break;
                }
            }
            sent
        });
    }
    programs
}

/// Sends a report; the id it was acknowledged with, none when the connection broke.
async fn report(client: &Client, key: &str) -> Option<String> {
    let number = key.bytes().fold(0, |sum, byte| (sum * 31 + usize::from(byte)) % 1_000_003);
    let body = json!({
        "nome_software": "Prova di forza", "versione": format!("1.{}", number % 7),
        "ragione_sociale": "Rossi S.r.l.", "id_installazione": format!("pc-{}", number % INSTALLATIONS),
        "totale_ordini": number % 1000, "totale_venduto": number % 100_000,
    });
    let request = client.request(Method::POST, "/api/registrazione-software");
    let answer = client.try_send(request.header("idempotency-key", key).json(&body)).await.ok()?;
    assert!([200, 201].contains(&answer.status), "{}: {}", answer.status, answer.body);
    Some(answer.json()["id"].as_str().expect("an id").to_owned())
}

/// Sends these once more: what was acknowledged before is acknowledged with the same id.
async fn settle(client: &Client, keys: Vec<String>, sent: &mut Sent) {
    for keys in keys.chunks(64) {
        let mut asking = JoinSet::new();
        for key in keys.iter().cloned() {
            let client = client.clone();
            asking.spawn(async move { (report(&client, &key).await, key) });
        }
        for (id, key) in asking.join_all().await {
            let id = id.expect("the server runs");
            let before = sent.insert(key.clone(), Some(id.clone())).flatten();
            assert!(before.is_none_or(|before| before == id), "{key} was {id}");
        }
    }
}

async fn is_all_there(place: &Place, sent: &Sent) {
    let ids: Vec<&String> = sent.values().flatten().collect();
    assert_eq!(ids.len(), sent.len());
    for ids in ids.chunks(500) {
        let quoted: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
        let found = format!(
            "select count(*) from registration_inventory_report where report_id in ({})",
            quoted.join(", ")
        );
        assert_eq!(place.numbers(&found).await, [i64::try_from(ids.len()).expect("few")]);
    }
    // What is added up is what is there.
    for (added, counted) in [
        (
            "select cast(sum(installations) as signed) from registration_inventory_tally",
            "select count(*) from registration_inventory_installation",
        ),
        (
            "select cast(sum(sold) as signed) from registration_inventory_tally",
            "select cast(sum(sold) as signed) from registration_inventory_installation",
        ),
    ] {
        assert_eq!(place.numbers(added).await, place.numbers(counted).await, "{added}");
    }
}
