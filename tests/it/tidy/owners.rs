//! What every owner of tables, texts and store functions keeps: two dialects, two languages, scope.

use std::collections::{BTreeMap, BTreeSet};

use super::{files, none};

#[test]
fn both_dialects_have_the_same_migrations() {
    let mut owners: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (path, _) in files(&["sql"]) {
        let names: Vec<String> =
            path.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        let [folder, owner, dialect, file] = names.as_slice() else {
            panic!("{} is no place for a migration", path.display())
        };
        assert_eq!(folder, "migrations", "{}", path.display());
        let dialects = owners.entry(owner.clone()).or_default();
        dialects.entry(dialect.clone()).or_default().insert(file.clone());
    }
    assert!(owners.len() >= 3, "{owners:?}");
    for (owner, dialects) in owners {
        let known: Vec<&String> = dialects.keys().collect();
        assert_eq!(known, ["mariadb", "sqlite"], "{owner}");
        assert_eq!(dialects["mariadb"], dialects["sqlite"], "{owner}");
        for (number, file) in (1..).zip(&dialects["sqlite"]) {
            assert!(file.starts_with(&format!("{number:04}_")), "{owner}: {file} leaves a gap");
        }
    }
}

#[test]
fn both_languages_have_the_same_texts() {
    let mut places: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (path, text) in files(&["ftl"]) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let language = if file.contains("en.ftl") { "en" } else { "it" };
        let place = path.to_string_lossy().replace(&format!("{language}.ftl"), "");
        let key = |line: &str| {
            let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
            starts.then(|| line.split('=').next().unwrap_or_default().trim().to_owned())
        };
        let keys = text.lines().filter_map(key).collect();
        places.entry(place).or_default().insert(language.to_owned(), keys);
    }
    assert!(places.len() >= 4, "{:?}", places.keys());
    let mut complaints = Vec::new();
    for (place, languages) in &places {
        let (Some(en), Some(it)) = (languages.get("en"), languages.get("it")) else {
            complaints.push(format!("{place}: a language is missing"));
            continue;
        };
        for key in en.symmetric_difference(it) {
            complaints.push(format!("{place}: {key}"));
        }
        if en.is_empty() {
            complaints.push(format!("{place}: no text at all"));
        }
    }
    none(&complaints);
}

/// Store functions see rows of many organisations, so each takes the branch it may touch; what
/// belongs to no organisation says so, for a function or at the head of a file for all of it.
#[test]
fn no_store_function_without_its_scope() {
    let mut complaints = Vec::new();
    let mut checked = 0;
    for (path, text) in files(&["rs"]) {
        let name = path.to_string_lossy();
        let is_store = name.contains("/src/store/") || name.ends_with("/src/store.rs");
        if !is_store {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        let head_says_why = lines.iter().any(|line| line.starts_with("//! Unscoped:"));
        for (at, line) in lines.iter().enumerate() {
            let line = line.trim_start();
            if !["pub async fn ", "pub(crate) async fn ", "pub(super) async fn "]
                .iter()
                .any(|start| line.starts_with(start))
            {
                continue;
            }
            checked += 1;
            let rest = lines[at..].join("\n");
            let head = rest.split('{').next().unwrap_or_default();
            let has_scope = head.contains("&Scope") || head.contains(": Scope");
            let docs: Vec<&&str> = lines[..at]
                .iter()
                .rev()
                .take_while(|line| line.trim_start().starts_with(['/', '#']))
                .collect();
            let says_why = docs.iter().any(|line| line.contains("Unscoped:"));
            if !has_scope && !says_why && !head_says_why {
                complaints.push(format!("{name}:{}: {line}", at + 1));
            }
        }
    }
    assert!(checked > 20, "only {checked} store functions were found");
    none(&complaints);
}
