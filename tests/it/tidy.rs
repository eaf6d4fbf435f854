//! The rules of the repository that no compiler knows.

mod files;
mod imports;
mod owners;

use std::path::{Path, PathBuf};

use cockpit_tests::environment::repository;

/// Every file of the repository that people write, with its path below the root.
fn files(endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    walk(&repository(), endings, &mut found);
    assert!(!found.is_empty(), "no file ends in {endings:?}");
    found
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // A link leads to what is read elsewhere already.
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            if !["target", ".git", "node_modules"].contains(&name.as_str()) {
                walk(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let path = path.strip_prefix(repository()).expect("below the root");
            found.push((path.to_owned(), text));
        }
    }
}

/// Fails with all complaints at once.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}
