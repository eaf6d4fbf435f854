//! A crate of the tiny plugin as it would lie on disk, for `conformance` to look at.

use std::path::Path;

use plugin_api::Plugin;
use tempfile::TempDir;

use crate::tiny::{EN, IT, MARIADB, SQLITE};

const LIBRARY: &str = "\
[package]
name = \"tiny-library\"
version = \"1.0.0\"
edition = \"2024\"

[lib]
path = \"lib.rs\"

[workspace]
";

const SOURCE: &str = r#"
// lang.t("only-in-a-comment")
fn refuse(lang: &Lang) -> Problem {
    lang.t("things");
    query.with("state", "x");
    Problem::unprocessable("thing_refused")
}
"#;

/// A crate with nothing wrong.
pub(crate) fn crate_dir() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("locales/en.ftl", EN),
        ("locales/it.ftl", IT),
        ("migrations/tiny/sqlite/0001_create_thing.sql", SQLITE),
        ("migrations/tiny/mariadb/0001_create_thing.sql", MARIADB),
        ("templates/tiny/show.html", r#"<h1>{{ lang.t("things") }}</h1>"#),
        ("src/lib.rs", SOURCE),
        ("library/Cargo.toml", LIBRARY),
        ("library/lib.rs", ""),
    ] {
        write(folder.path(), path, text);
    }
    folder
}

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Whether one of the faults of `plugin` holds each of `told`, and there is none besides.
#[track_caller]
pub(crate) fn assert_faults(plugin: fn() -> Plugin, folder: &Path, told: &[&str]) {
    let faults = plugin_testing::faults(plugin, folder);
    for part in told {
        assert!(faults.iter().any(|fault| fault.contains(part)), "{part:?} is not in {faults:#?}");
    }
    let other = faults.iter().find(|fault| !told.iter().any(|part| fault.contains(part)));
    assert_eq!(other, None, "nothing else is wrong");
}
