//! Who may know whom, read from `cargo metadata`: host → plugin-api ← plugins.

use std::process::Command;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use cockpit_tests::environment::repository;
use cockpit_tests::place::run;

use super::none;

fn metadata() -> Metadata {
    let manifest = repository().join("Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("cargo metadata")
}

/// Which part of the product a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Host,
    Api,
    Plugin,
    Library,
    Tests,
}

fn part(package: &Package) -> Part {
    let root = repository();
    let folder = package.manifest_path.parent().expect("a folder").as_std_path();
    let folder = folder.strip_prefix(root).expect("below the root");
    let names: Vec<_> = folder.iter().map(|name| name.to_string_lossy()).collect();
    match names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().as_slice() {
        ["host", ..] => Part::Host,
        ["plugin-api", ..] => Part::Api,
        ["plugins", _] => Part::Plugin,
        ["plugins", _, "library"] | ["tests", "plugins", _] => Part::Library,
        ["tests"] => Part::Tests,
        other => panic!("{other:?} is no part of the product"),
    }
}

#[test]
fn the_host_knows_the_api_and_the_plugins_know_nothing_else() {
    let metadata = metadata();
    let packages = metadata.workspace_packages();
    let mut complaints = Vec::new();
    for package in &packages {
        for dependency in &package.dependencies {
            let Some(other) = packages.iter().find(|other| *other.name == dependency.name) else {
                continue;
            };
            let is_test = dependency.kind == DependencyKind::Development;
            let is_fine = match (part(package), part(other)) {
                (Part::Tests, _)
                | (Part::Host, Part::Host | Part::Api)
                | (Part::Api, Part::Api) => true,
                // Built in only behind a feature of their own.
                (Part::Host, Part::Plugin) => dependency.optional,
                (Part::Plugin, Part::Api) => is_test || *other.name == "plugin-api",
                (Part::Library, Part::Plugin) => package.name.starts_with(other.name.as_str()),
                (Part::Library, Part::Api) => *other.name == "plugin-api",
                // The harness runs plugins on a real database.
                (Part::Api, Part::Host) => {
                    *package.name == "plugin-testing" && *other.name == "cockpit-database"
                }
                _ => false,
            };
            if !is_fine {
                complaints.push(format!("{} must not know {}", package.name, other.name));
            }
        }
    }
    none(&complaints);
}

#[test]
fn a_library_contains_no_runtime_and_no_database() {
    let metadata = metadata();
    let packages = metadata.workspace_packages();
    let libraries: Vec<_> = packages.iter().filter(|one| part(one) == Part::Library).collect();
    assert!(libraries.len() >= 4, "{libraries:?}");
    let mut complaints = Vec::new();
    for library in libraries {
        let mut tree = Command::new("cargo");
        tree.current_dir(repository()).args(["tree", "--edges", "normal", "--prefix", "none"]);
        tree.args(["--offline", "--package", library.name.as_str()]);
        let told = run(&mut tree).success();
        for banned in ["tokio", "sqlx", "reqwest", "hyper", "rusqlite", "libsqlite3-sys"] {
            if told.lines().any(|line| line.split(' ').next() == Some(banned)) {
                complaints.push(format!("{} contains {banned}", library.name));
            }
        }
    }
    none(&complaints);
}
