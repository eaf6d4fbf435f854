//! Strings that break software, from the big list of naughty strings and from ourselves.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;

use crate::environment;

/// What the package of npm does not have yet.
#[derive(Deserialize)]
struct Newer {
    strings: Vec<String>,
}

/// What the list lacks: formulas of spreadsheets, headers of mails, our own canary, and texts that
/// are hard on databases.
const OURS: [&str; 22] = [
    "=1+1",
    "=HYPERLINK(\"http://evil.example/\",\"Click\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "\t=1+1",
    "\r=1+1",
    "\u{ff1d}1+1",
    "Ann\r\nBcc: victim@evil.example",
    "Ann\nX-Evil: 1\n\nHello",
    "a@naughty.example\r\nBcc: victim@evil.example",
    "a@naughty.example, victim@evil.example",
    "\"Ann\" <victim@evil.example>",
    "=?utf-8?Q?=0D=0ABcc:_victim@evil.example?=",
    "<script>window.ran = 1</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "</textarea></title></script><svg onload=alert(1)>",
    "javascript:alert(1)",
    "https://naughty.example/\"onmouseover=\"alert(1)",
    "a\0b",
    "\u{202e}\u{2066}gnp.exe",
];

/// All of them, each once.
pub fn strings() -> Vec<String> {
    let mut all: Vec<String> = listed();
    let newer: Newer = serde_json::from_str(include_str!("../it/naughty/newer.json"))
        .expect("the list beside the test");
    all.extend(newer.strings);
    all.extend(OURS.map(str::to_owned));
    let mut seen = BTreeSet::new();
    all.retain(|text| seen.insert(text.clone()));
    all
}

/// Those that mean something to a browser.
pub fn markup() -> Vec<String> {
    let mut all = strings();
    all.retain(|text| is_markup(text) || text.to_lowercase().contains("script:"));
    all
}

/// Whether the text is markup, which no page may contain as it is.
pub fn is_markup(text: &str) -> bool {
    let begins_tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    text.len() > 6 && text.split('<').skip(1).any(begins_tag)
}

/// The list as npm has it.
fn listed() -> Vec<String> {
    let given = environment::variable("COCKPIT_TEST_NAUGHTY").map(PathBuf::from);
    let path = given.unwrap_or_else(|| {
        let package = "target/tools/node_modules/big-list-of-naughty-strings/blns.json";
        environment::repository().join(package)
    });
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}: tests/run.sh makes it", path.display()));
    serde_json::from_str(&text).expect("a list of strings")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_at_least_as_many_as_the_list_had_when_it_was_written() {
        let all = strings();
        assert!(all.len() >= 515, "only {}", all.len());
        assert!(markup().len() >= 100, "only {}", markup().len());
        assert!(is_markup("<script>alert(123)</script>") && !is_markup("1 < 2, and 3 > 2"));
    }
}
