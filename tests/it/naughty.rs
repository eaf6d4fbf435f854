//! The big list of naughty strings through every form, every operation and into every export.

mod covered;
mod exports;
mod findings;
mod form;
mod mails;
mod operation;
mod routes;
mod submit;
mod updates;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cockpit_tests::{environment, naughty};
use reqwest::Method;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::operation::Operation;
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

/// What takes words.
enum Taker {
    Form(Found),
    Operation(Operation),
}

impl Taker {
    /// When its turn is: what changes how the others are answered comes later.
    fn turn(&self) -> usize {
        let place = match self {
            Self::Operation(operation) => operation.place(),
            Self::Form(found) => found.place.clone(),
        };
        let is_end = world::ENDS.iter().chain(&updates::LAST).any(|end| place.ends_with(end));
        match self {
            _ if is_end || place.starts_with("DELETE ") => 2,
            Self::Operation(_) => 0,
            Self::Form(_) => 1,
        }
    }
}

/// The words through every form and operation, each sent so often.
pub(crate) async fn flood(world: &Arc<World>, words: &Arc<[String]>, often: (usize, usize)) {
    let together = Arc::new(Semaphore::new(TOGETHER));
    let (found, places) = forms(world).await;
    let found = found.into_iter().chain(covered::by_hand(world));
    let mut takers: Vec<Taker> = found.map(|found| Taker::Form(found.of_its_own(world))).collect();
    takers.extend(operation::all(world).await.into_iter().map(Taker::Operation));
    let mut sent = Vec::new();
    for turn in 0..3 {
        let mut tasks: JoinSet<Sent> = JoinSet::new();
        for taker in takers.extract_if(.., |taker| taker.turn() == turn) {
            let (world, words) = (Arc::clone(world), Arc::clone(words));
            let together = Arc::clone(&together);
            // Not in the task: which words somebody gets must not depend on who is faster.
            let begin = world.begin();
            tasks.spawn(async move {
                let _turn = together.acquire().await.expect("it stays open");
                match taker {
                    Taker::Form(found) => submit::all(&world, &found, &words, often, begin).await,
                    Taker::Operation(operation) => {
                        operation.all(&world, &words, often, begin).await
                    }
                }
            });
        }
        sent.extend(tasks.join_all().await);
    }
    for one in &sent {
        println!("{} of {} taken: {} {}", one.taken, one.times, one.place, one.refusal);
    }
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
    // That nobody can be reached at such an address is no fault.
    let told = log.lines().filter(|line| !line.contains("A mail was given up"));
    for line in told.filter(|line| line.contains("ERROR") || line.contains("panicked")) {
        world.findings.note("the log", "tells of a fault", line);
    }
    world.findings.none();
}
