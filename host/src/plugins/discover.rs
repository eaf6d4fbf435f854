//! Finds the plugins: compiled in first, then the libraries of the plugins' directory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plugin_api::Plugin;
use plugin_api::abi::guest;
use plugin_api::db::Dialect;

use super::border::Bordered;
use super::library;
use super::module::{Linked, Module, Origin, Reason, SignatureState};
use crate::config::Config;
use crate::vendor::VendorKeys;

/// Every plugin present, by id. A library may not take the id of a plugin that is there already:
/// it is listed under its file name, failed.
pub(crate) fn discover(
    config: &Config,
    keys: &VendorKeys,
    dialect: Dialect,
) -> BTreeMap<String, Arc<Module>> {
    let mut found = BTreeMap::new();
    for plugin in plugin_api::export::compiled_in() {
        let manifest = plugin.manifest().clone();
        let linked = if config.plugins.through_border {
            through_border(plugin, dialect)
        } else {
            Linked::Direct(Box::new(plugin))
        };
        let signature = SignatureState::CompiledIn;
        let module = Module::new(manifest, Origin::CompiledIn, signature, linked);
        found.insert(module.id.to_string(), Arc::new(module));
    }
    let log_level = crate::logging::plugin_level(config);
    for path in libraries(&config.plugins_directory()) {
        let module = library::load(&path, keys, dialect, log_level);
        let id = module.id.to_string();
        if found.contains_key(&id) {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let reason = Reason::new("module-failed-duplicate", &id);
            let twin = Module::failed(&file, Origin::Library(path), module.signature, reason);
            found.insert(file, Arc::new(twin));
        } else {
            found.insert(id, Arc::new(module));
        }
    }
    found
}

fn through_border(plugin: Plugin, dialect: Dialect) -> Linked {
    let start = |host| Ok(guest::instance(plugin, Arc::new(host)));
    Bordered::new(start, dialect).map_or(Linked::Nothing, Linked::Border)
}

fn libraries(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "so"))
        .collect();
    paths.sort();
    paths
}
