//! Which plugin answers a path: one table for mounted and loaded plugins alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use matchit::Router;
use plugin_api::manifest::Route;

use super::module::Module;

/// The paths of the enabled plugins.
#[derive(Default)]
pub(crate) struct Routing {
    paths: Router<Arc<Module>>,
    claimed: BTreeMap<String, Arc<str>>,
}

impl Routing {
    /// Adds the routes of a plugin, all or none; answers a path somebody else has.
    pub(crate) fn add(&mut self, module: &Arc<Module>) -> Result<(), String> {
        let mut paths = self.paths.clone();
        let mut own: Vec<&Route> = module.manifest.routes.iter().collect();
        own.dedup_by(|a, b| a.path == b.path);
        for route in own {
            if paths.insert(route.path.clone(), Arc::clone(module)).is_err() {
                return Err(route.path.clone());
            }
            self.claimed.insert(route.path.clone(), Arc::clone(&module.id));
        }
        self.paths = paths;
        Ok(())
    }

    /// Who answers `path`.
    pub(crate) fn find(&self, path: &str) -> Option<&Arc<Module>> {
        self.paths.at(path).ok().map(|found| found.value)
    }
}
