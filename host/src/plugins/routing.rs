//! Which plugin answers a path: one table for mounted and loaded plugins alike.

use std::collections::BTreeSet;
use std::sync::Arc;

use matchit::Router;

use super::module::Module;

/// The paths of the enabled plugins.
#[derive(Default)]
pub(crate) struct Routing {
    paths: Router<Arc<Module>>,
}

impl Routing {
    /// Adds the routes of a plugin, all or none; answers a path somebody else has.
    pub(crate) fn add(&mut self, module: &Arc<Module>) -> Result<(), String> {
        let mut paths = self.paths.clone();
        // A path stands there once for each of its methods.
        let own: BTreeSet<&str> = module.manifest.routes.iter().map(|r| r.path.as_str()).collect();
        for path in own {
            if paths.insert(path, Arc::clone(module)).is_err() {
                return Err(path.to_owned());
            }
        }
        self.paths = paths;
        Ok(())
    }

    /// Who answers `path`.
    pub(crate) fn find(&self, path: &str) -> Option<&Arc<Module>> {
        self.paths.at(path).ok().map(|found| found.value)
    }
}
