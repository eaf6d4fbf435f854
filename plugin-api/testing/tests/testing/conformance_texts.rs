//! `conformance` finds what is wrong in the files of a plugin: texts, migrations, its library.

use crate::folder::{assert_faults, crate_dir, write};
use crate::tiny::{self, EN, IT};

/// The faults after one file was written.
#[track_caller]
fn with(path: &str, text: &str, told: &[&str]) {
    let folder = crate_dir();
    write(folder.path(), path, text);
    assert_faults(tiny::plugin, folder.path(), told);
}

#[test]
fn locales_that_differ_are_found() {
    let more = EN.to_owned() + "only-english = x\n";
    with("locales/en.ftl", &more, &["it.ftl lacks only-english"]);
    let more = IT.to_owned() + "solo-italiano = x\n";
    with("locales/it.ftl", &more, &["en.ftl lacks solo-italiano"]);
    let turned =
        IT.replace("things = Cose\ncolumn-nome = Nome", "column-nome = Nome\nthings = Cose");
    with("locales/it.ftl", &turned, &["en.ftl has things where it.ftl has column-nome"]);
    let variable = IT.replace("state-new = Nuova", "state-new = Nuova { $quando }");
    with("locales/it.ftl", &variable, &["state-new does not take the same variables"]);
    let twice = |text: &str| text.to_owned() + "things = x\n";
    let folder = crate_dir();
    write(folder.path(), "locales/en.ftl", &twice(EN));
    write(folder.path(), "locales/it.ftl", &twice(IT));
    assert_faults(tiny::plugin, folder.path(), &["en.ftl has things twice"]);
    with(
        "locales/countries.en.ftl",
        "country-it = Italy\n",
        &["countries.en.ftl and countries.it"],
    );
}

#[test]
fn texts_that_are_used_but_not_there_are_found() {
    with(
        "templates/tiny/deep/x.html",
        "{{ lang.t(\"gone\") }}",
        &["deep/x.html: there is no text \"gone\""],
    );
    with("src/a.rs", "lang.n(\n    \"gone-n\", 3)", &["\"gone-n\""]);
    with("src/a.rs", "lang.with(\"gone-with\", &[(\"a\", \"b\")])", &["\"gone-with\""]);
    with("src/a.rs", "Problem::conflict(\"gone_problem\")", &["\"problem-gone-problem\""]);
    with(
        "src/a.rs",
        "Problem::new(StatusCode::GONE, \"gone_new\"); FieldProblem::new(\"/a\", \"gone-field\");",
        &["\"problem-gone-new\"", "\"gone-field\""],
    );
}

#[test]
fn what_only_looks_like_a_text_is_let_pass() {
    with(
        "src/a.rs",
        "format(\"x\"); insert(\"y\"); q.with(\"z\", 1); lang.t(\"save\"); // lang.t(\"in a comment\")\n\
         FieldProblem::new(\"/a\", \"A ready sentence.\"); Problem::malformed(\"malformed_body\");",
        &[],
    );
}

#[test]
fn a_migration_that_is_not_listed_is_found() {
    with(
        "migrations/tiny/sqlite/0002_add_column.sql",
        "",
        &["sqlite/0002_add_column.sql is not listed"],
    );
}

#[test]
fn a_library_that_brings_a_runtime_is_found() {
    let folder = crate_dir();
    write(
        folder.path(),
        "library/tokio/Cargo.toml",
        "[package]\nname = \"tokio\"\nversion = \"1.0.0\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n",
    );
    write(folder.path(), "library/tokio/lib.rs", "");
    let cargo = std::fs::read_to_string(folder.path().join("library/Cargo.toml")).unwrap();
    let cargo = cargo + "[dependencies]\ntokio = { path = \"tokio\" }\n";
    write(folder.path(), "library/Cargo.toml", &cargo);
    assert_faults(tiny::plugin, folder.path(), &["tiny-library depends on tokio"]);
}

#[test]
fn a_missing_library_is_found() {
    let folder = crate_dir();
    std::fs::remove_file(folder.path().join("library/Cargo.toml")).unwrap();
    assert_faults(tiny::plugin, folder.path(), &["there is no library/Cargo.toml"]);
}
