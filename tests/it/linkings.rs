//! The same requests against compiled-in and loaded plugins, on both databases: equal answers.

mod requests;

use cockpit_tests::{Cockpit, Database, Linking, Setup, eventually, normal};

use requests::{ALL, Asking};

/// The answers of one setup, each with what was asked.
async fn answers(setup: Setup) -> Vec<(String, String)> {
    let cockpit = Cockpit::demo(setup).await;
    let asking = Asking::of(&cockpit).await;
    let mut answers = Vec::new();
    for request in ALL {
        if answers.len() == ALL.len() - LAST {
            settled(&asking).await;
        }
        let answer = asking.ask(request).await;
        answers.push(((*request).to_owned(), normal::answer(&answer)));
    }
    answers
}

/// How many requests at the end look at what the others left in the log.
const LAST: usize = 2;

/// Refusals and validations are logged behind, by at most a second: waits for both refusals of a
/// device that has no seat.
async fn settled(asking: &Asking) {
    let page = ALL[ALL.len() - LAST];
    eventually("the log is written", || async {
        normal::answer(&asking.ask(page).await).matches("Device not activated").count() >= 2
    })
    .await;
}

async fn equal_answers(database: Database) {
    if !database.is_available() {
        return;
    }
    let compiled_in = answers(Setup::of(database, Linking::CompiledIn)).await;
    let loaded = answers(Setup::of(database, Linking::Loaded)).await;
    assert!(compiled_in.len() >= 150, "{}", compiled_in.len());
    let mut differences = Vec::new();
    for ((request, ours), (_, theirs)) in compiled_in.iter().zip(&loaded) {
        if ours != theirs {
            differences.push(format!("{request}\n{}", difference(ours, theirs)));
        }
    }
    assert!(differences.is_empty(), "compiled in (<) and loaded (>):\n{}", differences.join("\n"));
}

/// The lines of both that differ, the first few of them.
fn difference(ours: &str, theirs: &str) -> String {
    let mut lines = Vec::new();
    let (mut a, mut b) = (ours.lines(), theirs.lines());
    loop {
        let (left, right) = (a.next(), b.next());
        if (left, right) == (None, None) || lines.len() >= 6 {
            return lines.join("\n");
        }
        if left != right {
            let (left, right) = (left.unwrap_or("(nothing)"), right.unwrap_or("(nothing)"));
            let alike = left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
            lines.push(format!("< {}\n> {}", shown(left, alike), shown(right, alike)));
        }
    }
}

/// The part of a line around its first difference.
fn shown(line: &str, alike: usize) -> String {
    line.chars().skip(alike.saturating_sub(80)).take(240).collect()
}

#[tokio::test]
async fn both_linkings_answer_alike_on_sqlite() {
    equal_answers(Database::Sqlite).await;
}

#[tokio::test]
async fn both_linkings_answer_alike_on_mariadb() {
    equal_answers(Database::MariaDb).await;
}
