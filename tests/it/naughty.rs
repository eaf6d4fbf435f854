//! The big list of naughty strings through every form, every operation and into every export.

mod covered;
mod exports;
mod findings;
mod form;
mod mails;
mod operation;
mod routes;
mod submit;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cockpit_tests::{environment, naughty};
use reqwest::Method;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::submit::{Found, Sent};
pub(crate) use self::world::World;

/// How many write at the same time.
const TOGETHER: usize = 6;
/// How often each form and operation is sent: within two minutes every word goes through some
/// field of each kind. `COCKPIT_TEST_NAUGHTY_ALL` sends every word through every form.
const OFTEN: (usize, usize) = (60, 60);

/// Every form of every page that one can write in, each once; and what the others lead to.
async fn forms(world: &World) -> (Vec<Found>, BTreeSet<String>) {
    let mut found = BTreeMap::new();
    let mut places = BTreeSet::new();
    for page in world.pages() {
        let client = world.browser_for(&page);
        let answer = world.findings.ask(&page, client.request(Method::GET, &page), &[""]).await;
        for form in form::forms(&answer.body) {
            let method = if form.method == "post" { Method::POST } else { Method::GET };
            let action = if form.action.is_empty() { page.clone() } else { form.action.clone() };
            let place = match routes::at(&world.routes, &method, &action) {
                Some(path) => format!("{method} {path}"),
                None => panic!("the form of {page} leads nowhere: {method} {action}"),
            };
            places.insert(place.clone());
            let texts = form.texts().join(" ");
            let is_file = !form.encoding.is_empty();
            if !texts.is_empty() && !is_file {
                let new = Found { page: page.clone(), place: place.clone(), form };
                found.entry((place, texts)).or_insert(new);
            }
        }
    }
    (found.into_values().collect(), places)
}

/// The words through every form and operation, each sent so often.
pub(crate) async fn flood(world: &Arc<World>, words: &Arc<[String]>, often: (usize, usize)) {
    let together = Arc::new(Semaphore::new(TOGETHER));
    let (forms, places) = forms(world).await;
    let mut tasks: JoinSet<Sent> = JoinSet::new();
    for found in forms {
        let (world, words) = (Arc::clone(world), Arc::clone(words));
        let together = Arc::clone(&together);
        tasks.spawn(async move {
            let _turn = together.acquire().await.expect("it stays open");
            let started = tokio::time::Instant::now();
            let sent = submit::all(&world, &found, &words, often).await;
            eprintln!("{:?} {} {:?} {} of {} {}", started.elapsed(), sent.place, found.form.texts(), sent.taken, sent.times, found.page);
            sent
        });
    }
    for operation in operation::all(world).await {
        let (world, words) = (Arc::clone(world), Arc::clone(words));
        let together = Arc::clone(&together);
        tasks.spawn(async move {
            let _turn = together.acquire().await.expect("it stays open");
            let started = tokio::time::Instant::now();
            let sent = operation.all(&world, &words, often).await;
            eprintln!("{:?} {} {} of {}", started.elapsed(), sent.place, sent.taken, sent.times);
            sent
        });
    }
    let sent = tasks.join_all().await;
    covered::check(world, &places, &sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn naughty_strings_are_words_like_any_other() {
    let world = World::new().await;
    let words: Arc<[String]> = naughty::strings().into();
    let is_patient = environment::variable("COCKPIT_TEST_NAUGHTY_ALL").is_some();
    let often = if is_patient { (OFTEN.0, words.len()) } else { OFTEN };
    flood(&world, &words, often).await;
    let seen = exports::all(&world).await;
    assert!(seen.files >= 50 && seen.cells > 10_000, "{seen:?}");
    let mails = mails::all(&world).await;
    assert!(mails > 100, "only {mails} mails");
    let log = world.cockpit.log();
    for line in log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked")) {
        world.findings.note("the log", "tells of a fault", line);
    }
    world.findings.none();
}
