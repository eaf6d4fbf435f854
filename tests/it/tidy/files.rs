//! What a file looks like: short, explained, without what was only meant for a moment.

use super::{files, none};

const LONGEST: usize = 400;

/// Only what `abi_stable`'s macros write is unsafe, and it is named here.
const MAY_BE_UNSAFE: [&str; 2] = ["plugin-api/src/abi/v1.rs", "/library/"];

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let all = files(&["rs", "html", "css", "js", "sql", "ftl", "py", "sh"]);
    let long = all.iter().filter(|(_, text)| text.lines().count() > LONGEST);
    none(
        &long
            .map(|(path, text)| format!("{}: {}", path.display(), text.lines().count()))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn every_rust_file_begins_with_what_it_is() {
    let mut complaints = Vec::new();
    for (path, text) in files(&["rs"]) {
        let first = text.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").unwrap_or_default();
        let is_document = first.starts_with("#![doc = include_str!");
        if sentence.len() < 8 && !is_document {
            complaints.push(format!("{}: {first:?}", path.display()));
        }
    }
    none(&complaints);
}

#[test]
fn every_migration_begins_with_why() {
    let mut complaints = Vec::new();
    for (path, text) in files(&["sql"]) {
        if !text.starts_with("-- ") {
            complaints.push(path.display().to_string());
        }
    }
    none(&complaints);
}

#[test]
fn unsafe_code_is_where_the_architecture_says() {
    let word = concat!("un", "safe");
    let mut complaints = Vec::new();
    for (path, text) in files(&["rs"]) {
        let path = path.to_string_lossy();
        let is_allowed = MAY_BE_UNSAFE.iter().any(|place| path.contains(place));
        for (number, line) in code_lines(&text) {
            let is_unsafe = line.match_indices(word).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let rest = &line[at + word.len()..];
                let begins = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
                begins && (rest.starts_with([' ', '(', '{']) || rest.starts_with("_code,"))
            });
            if is_unsafe && !is_allowed {
                complaints.push(format!("{path}:{number}: {line}"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn nothing_is_left_for_later_or_switched_off() {
    let words = [
        concat!("#[ign", "ore"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
        concat!("#[al", "low("),
        concat!("#![al", "low("),
        concat!("should_", "panic"),
    ];
    let mut complaints = Vec::new();
    for (path, text) in files(&["rs"]) {
        for (number, line) in code_lines(&text) {
            if words.iter().any(|word| line.contains(word)) {
                complaints.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    none(&complaints);
}

#[test]
fn pages_need_no_inline_style_or_script() {
    let mut complaints = Vec::new();
    // Mail programs know no style sheets; what they show is under no policy of ours.
    let pages =
        files(&["html"]).into_iter().filter(|(path, _)| !path.starts_with("templates/mail"));
    for (path, text) in pages {
        for (number, line) in (1..).zip(text.lines()) {
            let lower = line.to_lowercase();
            let has_handler = lower
                .split_whitespace()
                .any(|word| word.starts_with("on") && word.contains("=\"") && !word.contains("{{"));
            let inline = lower.contains("<script>") || lower.contains("<style");
            if lower.contains(" style=\"") || has_handler || inline {
                complaints.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    none(&complaints);
}

/// Lines that are no comments, numbered from 1.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}
