//! What every plugin has to keep to, checked in one line of its tests.

mod access;
mod calls;
mod faults;
mod html;
mod library;
mod manifest;
mod migrations;
mod openapi;
mod pages;
mod sources;
mod texts;

use std::path::{Path, PathBuf};

use plugin_api::Plugin;

use self::faults::Faults;
use crate::Harness;

/// Checks everything a plugin has to keep to, on each database. `crate_dir` is
/// `env!("CARGO_MANIFEST_DIR")` of the plugin.
///
/// # Panics
/// With a list of all faults, when there is one.
pub fn conformance(plugin: fn() -> Plugin, crate_dir: &str) {
    conformance_where(plugin, crate_dir, |_| ());
}

/// [`conformance`] of a plugin that is never without another one: `prepare` lends what that serves.
///
/// # Panics
/// With a list of all faults, when there is one.
pub fn conformance_where(plugin: fn() -> Plugin, crate_dir: &str, prepare: impl Fn(&Harness)) {
    let found = faults_where(plugin, Path::new(crate_dir), prepare);
    assert!(found.is_empty(), "{} faults:\n- {}", found.len(), found.join("\n- "));
}

/// The faults [`conformance`] panics with.
pub fn faults(plugin: fn() -> Plugin, crate_dir: &Path) -> Vec<String> {
    faults_where(plugin, crate_dir, |_| ())
}

fn faults_where(
    plugin: fn() -> Plugin,
    crate_dir: &Path,
    prepare: impl Fn(&Harness),
) -> Vec<String> {
    let mut faults = Faults::default();
    let built = plugin();
    manifest::check(built.manifest(), &mut faults);
    openapi::check(built.manifest(), &mut faults);
    migrations::check(built.manifest(), crate_dir, &mut faults);
    library::check(&built.manifest().id, crate_dir, &mut faults);
    let harnesses = faults.contain("building it on each database", || Harness::each(plugin));
    for (n, harness) in harnesses.unwrap_or_default().iter().enumerate() {
        prepare(harness);
        if n == 0 {
            texts::check(harness, crate_dir, &mut faults);
        }
        let mut here = Faults::default();
        migrations::run_again(harness, &mut here);
        access::check(harness, &mut here);
        pages::check(harness, &mut here);
        calls::check(harness, &mut here);
        faults.adopt(here, harness.database());
    }
    faults.into_list()
}

/// The folder `<name>/<id>` beside the crate or above it.
fn folder(crate_dir: &Path, name: &str, id: &str) -> Option<PathBuf> {
    let mut folders = crate_dir.ancestors().map(|above| above.join(name).join(id));
    folders.find(|folder| folder.is_dir())
}
