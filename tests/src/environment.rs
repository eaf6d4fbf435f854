//! Where the programs, libraries and tools under test are.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the tests are a folder of the repository").to_owned()
}

fn target() -> PathBuf {
    repository().join("target")
}

/// The value of a variable of the environment, if it is set.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The program with all plugins compiled in; `COCKPIT_TEST_BIN` names another.
pub fn program() -> PathBuf {
    let program = variable("COCKPIT_TEST_BIN").map(PathBuf::from);
    existing(program.unwrap_or_else(|| target().join("debug/cockpit")))
}

/// The program without any plugin.
pub fn bare_program() -> PathBuf {
    existing(target().join("bare/cockpit"))
}

/// The existing cockpit that ours joins, an example of the host.
pub fn existing_cockpit() -> PathBuf {
    existing(target().join("debug/examples/existing_cockpit"))
}

/// The library of the plugin `id`, as it was built.
pub fn library(id: &str) -> PathBuf {
    existing(target().join(format!("libraries/{}", library_name(id))))
}

/// The file name of the library of the plugin `id`.
pub fn library_name(id: &str) -> String {
    format!("lib{}_library.so", id.replace('-', "_"))
}

/// An interpreter of Python that knows `PyJWT`.
pub fn python() -> PathBuf {
    let python = variable("COCKPIT_TEST_PYTHON").map(PathBuf::from);
    existing(python.unwrap_or_else(|| target().join("tools/python/bin/python")))
}

fn existing(path: PathBuf) -> PathBuf {
    assert!(path.exists(), "{} is missing: tests/run.sh makes it", path.display());
    path
}
