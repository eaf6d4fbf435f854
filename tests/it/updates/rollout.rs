//! Rollouts over HTTP: who is reached, that everybody else gets the release before in the words of each
//! client, that failures stop one, and that nobody is left with what was taken back.

mod acme;

use std::collections::BTreeSet;

use cockpit_tests::{Client, Cockpit, Setup};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use self::acme::{Acme, Running, Seen};

/// Installations that ask.
const INSTALLATIONS: usize = 10_000;
/// How many of them ask at the same time.
const AT_ONCE: usize = 16;

fn stages(percent: u8) -> Value {
    json!([{ "percentuale": percent, "dopo_ore": 0 }])
}

/// What `verifica` answers to an installation that runs 2.0.0.
async fn check(client: &Client, product: &str, installation: &str, running: &str) -> Value {
    let path = format!(
        "/api/aggiornamenti/verifica?prodotto={product}&versione={running}&piattaforma=windows\
         &formato=nsis&installazione={installation}"
    );
    client.get(&path).await.expect(200).json()
}

/// The numbers of the installations that get 2.1.0.
async fn reached(cockpit: &Cockpit, product: &str) -> BTreeSet<usize> {
    let mut asking = JoinSet::new();
    for begin in 0..AT_ONCE {
        let (client, product) = (cockpit.anonymous(), product.to_owned());
        asking.spawn(async move {
            let mut reached = BTreeSet::new();
            for number in (begin..INSTALLATIONS).step_by(AT_ONCE) {
                let answer = check(&client, &product, &installation(number), "2.0.0").await;
                match (answer["esito"].as_str(), answer["versione"].as_str()) {
                    (Some("disponibile"), Some("2.1.0")) => drop(reached.insert(number)),
                    (Some("aggiornato"), Some("2.0.0")) => {}
                    _ => panic!("{answer}"),
                }
            }
            reached
        });
    }
    asking.join_all().await.into_iter().flatten().collect()
}

fn installation(number: usize) -> String {
    format!("machine-{number}")
}

/// Five standard deviations of a binomial distribution, √(n·p·(1−p)) each: chance exceeds them once in
/// 1.7 million runs.
fn bound(percent: f64) -> f64 {
    let share = percent / 100.0;
    5.0 * (f64::from(u32::try_from(INSTALLATIONS).expect("few")) * share * (1.0 - share)).sqrt()
}

#[track_caller]
fn is_share(reached: &BTreeSet<usize>, percent: u32) {
    let expected = f64::from(u32::try_from(INSTALLATIONS).expect("few") * percent / 100);
    let counted = f64::from(u32::try_from(reached.len()).expect("few"));
    let bound = bound(f64::from(percent));
    eprintln!("{percent} %: {counted} of {INSTALLATIONS}, expected {expected} ± {bound:.0}");
    assert!((counted - expected).abs() < bound, "{counted} instead of {expected} ± {bound}");
}

/// Ten thousand installations at ten percent, the same ones at twenty, and errors.
pub(super) async fn ten_percent_of_ten_thousand() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let acme = Acme::open(&cockpit).await;
    acme.release("2.0.0", &json!([]), false).await;
    let rollout = acme.release("2.1.0", &stages(10), false).await;
    let few = reached(&cockpit, &acme.product).await;
    is_share(&few, 10);

    // The share grows; the server is another process by then.
    let (told, place) = (cockpit.told().clone(), cockpit.stop().await);
    let grown = "update update_server_rollout set schedule = '[{\"at\":0,\"percent\":20}]' \
        where state = 'running'";
    assert_eq!(place.tamper(grown).await, 1);
    let cockpit = Cockpit::serve(place).await;
    let acme = acme.at(&cockpit, &told.token);
    let more = reached(&cockpit, &acme.product).await;
    is_share(&more, 20);
    assert!(few.is_subset(&more), "who has it keeps it");

    // Who says himself which installation he is gets the same in other words.
    let inside = more.first().copied().expect("some");
    let outside = (0..INSTALLATIONS).find(|number| !more.contains(number)).expect("most");
    for (number, version) in [(inside, "2.1.0"), (outside, "2.0.0")] {
        let name = installation(number);
        let running = Running { version: "1.0.0", installation: Some(&name) };
        for (protocol, seen) in acme.everywhere(&acme.public(), &running).await {
            if ["verifica", "electron", "velopack"].contains(&protocol) {
                assert_eq!(seen, Seen::Version(version.to_owned()), "{protocol} of {name}");
            }
        }
    }

    // Errors: those who were not told to take it do not count, a tenth of twenty is enough to stop.
    let client = cockpit.anonymous();
    let mut failing = more.iter().copied().take(20);
    let said = async |number: usize, succeeded: bool| {
        let body = json!({ "prodotto": acme.product, "versione": "2.1.0",
            "versione_precedente": "2.0.0", "installazione": installation(number),
            "riuscito": succeeded, "errore": if succeeded { "" } else { "disk full" } });
        let answer = client.post("/api/aggiornamenti/esito", &body).await.expect(200).json();
        answer["contato"].as_bool().expect("whether it counts")
    };
    assert!(!said(outside, false).await, "nobody told it to");
    for (at, number) in failing.by_ref().enumerate() {
        assert_eq!(acme.state_of(&rollout).await, "in_corso", "after {at} outcomes");
        assert!(said(number, at < 17).await, "it counts");
        assert!(!said(number, at < 17).await, "once");
    }
    assert_eq!(acme.state_of(&rollout).await, "fermata", "3 of 20 are more than a tenth");
    for running in ["1.0.0", "2.0.0", "2.1.0"] {
        let installation = installation(inside);
        let running = Running { version: running, installation: Some(&installation) };
        acme.all_get(&acme.public(), &running, "2.0.0").await;
        acme.all_get(&acme.licensed, &running, "2.0.0").await;
    }
    let back = check(&client, &acme.product, &installation(inside), "2.1.0").await;
    assert_eq!((&back["esito"], &back["versione"]), (&json!("ritorno"), &json!("2.0.0")));
}

/// Each protocol: outside the previous release, inside the new one, steps, and what was taken back.
pub(super) async fn in_the_words_of_each_client() {
    let cockpit = Cockpit::demo(Setup::PLAIN).await;
    let acme = Acme::open(&cockpit).await;
    let anybody = |version| Running { version, installation: None };
    acme.release("2.0.0", &json!([]), false).await;
    acme.all_get(&acme.public(), &anybody("1.0.0"), "2.0.0").await;
    let new = acme.release("2.1.0", &stages(99), false).await;
    // Who cannot be told from others waits for the end; a licence has one place in the rollout.
    acme.all_get(&acme.public(), &anybody("1.0.0"), "2.0.0").await;
    let seen = acme.everywhere(&acme.licensed, &anybody("1.0.0")).await;
    let first = seen.first().expect("one").1.clone();
    assert!(seen.iter().all(|(_, seen)| *seen == first), "one licence, one answer: {seen:?}");
    acme.steer(&new, "concludi").await;
    acme.all_get(&acme.public(), &anybody("1.0.0"), "2.1.0").await;
    acme.all_get(&acme.licensed, &anybody("1.0.0"), "2.1.0").await;

    // Taken back: who has it is brought to the one before, who has not never hears of it.
    acme.yank("2.1.0").await;
    for running in ["1.0.0", "2.0.0", "2.1.0"] {
        acme.all_get(&acme.public(), &anybody(running), "2.0.0").await;
        acme.all_get(&acme.licensed, &anybody(running), "2.0.0").await;
    }
    acme.is_gone("2.1.0").await;

    // A step: nobody passes it, whatever comes later. Who has it goes on to the newest.
    acme.release("2.2.0", &json!([]), true).await;
    acme.release("2.3.0", &json!([]), false).await;
    acme.steps("2.0.0", "2.2.0").await;
    acme.steps("2.1.0", "2.2.0").await;
    acme.steps("2.2.0", "2.3.0").await;
    // A step that is taken back does not strand those before it.
    acme.yank("2.2.0").await;
    acme.steps("2.0.0", "2.3.0").await;
}
