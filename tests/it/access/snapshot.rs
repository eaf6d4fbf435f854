//! The reviewed list of what every route answers to whom.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cockpit_tests::environment::{repository, variable};

/// What the list is about, above its lines.
const HEAD: &str = "\
# What every route answers to nobody and to each role. Where its path names objects: to his own,
# to one of the node below, next to, or above his; one number stands for all of them. Reviewed;
# COCKPIT_BLESS=1 writes it anew.
";

/// Statuses of a route by role.
#[derive(Debug, Default)]
pub(super) struct Line(BTreeMap<String, Vec<String>>);

impl Line {
    /// Notes what a role was answered.
    pub(super) fn note(&mut self, role: &str, relation: &str, status: u16) {
        let noted =
            if relation.is_empty() { status.to_string() } else { format!("{relation}={status}") };
        self.0.entry(role.to_owned()).or_default().push(noted);
    }

    /// The line, roles with the same answers together.
    fn text(&self) -> String {
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for (role, noted) in &self.0 {
            let mut statuses = noted.iter().map(|noted| noted.rsplit('=').next().unwrap_or(noted));
            let first = statuses.next().unwrap_or_default();
            let all_same = statuses.all(|status| status == first);
            let told = if all_same { first.to_owned() } else { noted.join(" ") };
            match groups.iter_mut().find(|(known, _)| *known == told) {
                Some((_, roles)) => roles.push(role),
                None => groups.push((told, vec![role])),
            }
        }
        let told = groups.iter().map(|(told, roles)| format!("{}: {told}", roles.join(" ")));
        told.collect::<Vec<_>>().join(" | ")
    }
}

/// Compares with the reviewed list, or writes it.
pub(super) fn compare(lines: &BTreeMap<String, Line>) {
    let mut text = HEAD.to_owned();
    for (route, line) in lines {
        let _ = writeln!(text, "{route} | {}", line.text());
    }
    let path = repository().join("tests/it/access/matrix.txt");
    if variable("COCKPIT_BLESS").is_some() {
        std::fs::write(&path, text).expect("the list is written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let missing = |of: &str, from: &str, sign: &str| -> Vec<String> {
        let lines = of.lines().filter(|line| !from.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign} {line}")).collect()
    };
    let mut differences = missing(&kept, &text, "-");
    differences.extend(missing(&text, &kept, "+"));
    differences.sort_by(|a, b| a[2..].cmp(&b[2..]));
    assert!(
        differences.is_empty(),
        "reviewed (-) and answered (+); after a review COCKPIT_BLESS=1 writes {}:\n{}",
        path.display(),
        differences.join("\n")
    );
}

#[test]
fn roles_with_the_same_answers_stand_together() {
    let mut line = Line::default();
    for role in ["agent", "customer", "auditor"] {
        line.note(role, "own", if role == "customer" { 404 } else { 200 });
        line.note(role, "parent", 404);
    }
    assert_eq!(line.text(), "agent auditor: own=200 parent=404 | customer: 404");
}
