//! Nobody reads what another branch wrote: every customer carries a word of its own, things happen
//! to customers and branches at random, and after each somebody reads all that he can list.

mod happening;
mod reading;
mod tree;

use std::collections::BTreeSet;

use cockpit_tests::environment::variable;
use cockpit_tests::{Cockpit, Database, Setup};

use self::tree::Tree;
use super::routes::routes;

/// How many things happen.
const STEPS: usize = 200;
/// How many pages the reader of a step opens; at the end everybody opens all of them.
const PAGES: usize = 6;

async fn nothing_leaks(database: Database) {
    if !database.is_available() {
        return;
    }
    let seed = variable("COCKPIT_TEST_SEED").and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    eprintln!("COCKPIT_TEST_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let place = Cockpit::demo(Setup::on(database)).await.stop().await;
    let paths = reading::paths(&routes(&place));
    let cockpit = Cockpit::demo_in(place).await;
    let mut tree = Tree::planted(&cockpit).await;
    let mut log = Vec::new();
    let mut leaks = BTreeSet::new();
    for step in 0..STEPS {
        let told = happening::at_random(&mut tree, &mut random).await;
        log.push(format!("{step}: {told}"));
        let reader = random.usize(..tree.members.len());
        let mut some = paths.clone();
        random.shuffle(&mut some);
        some.truncate(PAGES);
        reading::read(&tree, reader, &some, &mut leaks).await;
        reading::foreign_object(&tree, reader, &mut random, &mut leaks).await;
        if !leaks.is_empty() {
            break;
        }
    }
    for reader in 0..tree.members.len() {
        let found = reading::read(&tree, reader, &paths, &mut leaks).await;
        eprintln!("{}: {found} words of his own", tree.members[reader].email);
        reading::badge(&tree, reader, &mut leaks).await;
    }
    reading::mails(&tree, &mut leaks);
    let refused = log.iter().filter(|told| told.contains(": 4")).count();
    eprintln!("{} words, {refused} of {} refused", tree.canaries.len(), log.len());
    // Who registers too often is refused, and nothing else.
    assert!(refused * 5 < STEPS, "{}", log.join("\n"));
    let last = log.len().saturating_sub(25);
    let (leaks, log) = (Vec::from_iter(leaks).join("\n"), log[last..].join("\n"));
    assert!(leaks.is_empty(), "seed {seed}, leaks:\n{leaks}\nafter:\n{log}");
}

#[tokio::test]
async fn nothing_leaks_on_sqlite() {
    nothing_leaks(Database::Sqlite).await;
}

#[tokio::test]
async fn nothing_leaks_on_mariadb() {
    nothing_leaks(Database::MariaDb).await;
}
