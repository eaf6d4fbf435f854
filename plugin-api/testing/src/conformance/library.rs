//! The loadable library: nothing in it may bring a runtime, a driver or a client of its own.

use std::path::Path;
use std::process::Command;

use super::faults::Faults;

/// A library has its own copy of every static: these would find no runtime, or a second `SQLite`.
const BANNED: [&str; 5] = ["tokio", "sqlx", "reqwest", "hyper", "rusqlite"];

pub(super) fn check(id: &str, crate_dir: &Path, faults: &mut Faults) {
    let package = format!("{id}-library");
    let manifest = crate_dir.join("library/Cargo.toml");
    if !manifest.is_file() {
        faults.tell("library: there is no library/Cargo.toml");
        return;
    }
    let tree = Command::new("cargo")
        .args(["tree", "--offline", "--prefix", "none", "-e", "normal", "-p", &package])
        .arg("--manifest-path")
        .arg(&manifest)
        .output();
    let tree = match tree {
        Ok(tree) if tree.status.success() => String::from_utf8_lossy(&tree.stdout).into_owned(),
        Ok(tree) => {
            let told = String::from_utf8_lossy(&tree.stderr).into_owned();
            faults.tell(format!("library: cargo tree -p {package}: {}", told.trim()));
            return;
        }
        Err(error) => {
            faults.tell(format!("library: cargo tree cannot be run: {error}"));
            return;
        }
    };
    let packages: Vec<&str> = tree.lines().filter_map(|l| l.split_whitespace().next()).collect();
    for banned in BANNED.into_iter().filter(|banned| packages.contains(banned)) {
        faults.tell(format!("library: {package} depends on {banned}"));
    }
}
