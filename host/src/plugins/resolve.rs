//! Decides where every plugin stands: locked, disabled, enabled or failed.
//!
//! Present, unlocked and switched on, with all it requires enabled, its schema up to date and its
//! paths free: then it is at work. Run at the start, after every change, and every few seconds,
//! because an unlock may run out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::module::{Linked, Module, Reason, Status};
use super::routing::Routing;
use super::unlock::Unlocks;
use crate::store::plugins::Switches;

/// What [`resolve`] found: the routing table, and what each plugin is to become.
pub(crate) struct Resolved {
    pub(crate) routing: Routing,
    pub(crate) statuses: BTreeMap<String, Status>,
}

/// Sets out where every plugin stands at `now`. `broken` holds plugins whose schema or start failed.
pub(crate) fn resolve(
    host: &Arc<Module>,
    modules: &BTreeMap<String, Arc<Module>>,
    unlocks: &Unlocks,
    switches: &Switches,
    broken: &BTreeMap<String, Reason>,
    now: i64,
) -> Resolved {
    let mut routing = Routing::default();
    if let Err(path) = routing.add(host) {
        tracing::error!(path, "The host claims a path twice.");
    }
    let mut statuses: BTreeMap<String, Status> = BTreeMap::new();
    let mut waiting: Vec<&Arc<Module>> = Vec::new();
    for (id, module) in modules {
        let status = if let (Linked::Nothing, failed @ Status::Failed(_)) =
            (&module.linked, module.status())
        {
            failed
        } else if !unlocks.open(id, now) {
            Status::Locked
        } else if !switches.is_on(id) {
            Status::Disabled
        } else if let Some(reason) = broken.get(id) {
            Status::Failed(reason.clone())
        } else {
            waiting.push(module);
            continue;
        };
        statuses.insert(id.clone(), status);
    }
    // A plugin joins once all it requires are in; what never can is failed with the name it misses.
    while let Some(at) = waiting.iter().position(|module| missing(module, &statuses).is_none()) {
        let module = waiting.remove(at);
        let status = match routing.add(module) {
            Ok(()) => Status::Enabled,
            Err(path) => Status::Failed(Reason::new("module-failed-path", path)),
        };
        statuses.insert(module.id.to_string(), status);
    }
    for module in waiting {
        let required = missing(module, &statuses).unwrap_or_default();
        let status = Status::Failed(Reason::new("module-failed-requires", required));
        statuses.insert(module.id.to_string(), status);
    }
    Resolved { routing, statuses }
}

fn missing(module: &Module, statuses: &BTreeMap<String, Status>) -> Option<String> {
    let mut required = module.manifest.requires.iter();
    required.find(|id| statuses.get(*id) != Some(&Status::Enabled)).cloned()
}

#[cfg(test)]
mod tests {
    use plugin_api::Access;
    use plugin_api::manifest::{Manifest, Route};

    use super::super::module::{Origin, SignatureState};
    use super::*;

    fn module(id: &str, requires: &[&str], path: &str) -> (String, Arc<Module>) {
        let manifest = Manifest {
            id: id.to_owned(),
            requires: requires.iter().map(|id| (*id).to_owned()).collect(),
            routes: vec![Route {
                method: "GET".into(),
                path: path.to_owned(),
                access: Access::Public,
                takes_files: false,
            }],
            ..Manifest::default()
        };
        // Never called here, so the linking does not matter as long as the status is its own.
        let origin = Origin::CompiledIn;
        let module = Module::new(manifest, origin, SignatureState::CompiledIn, Linked::Nothing);
        (id.to_owned(), Arc::new(module))
    }

    fn statuses(modules: Vec<(String, Arc<Module>)>, open: &[&str]) -> BTreeMap<String, Status> {
        let (_, host) = module("host", &[], "/");
        let unlocks = Unlocks::for_tests(open, 1000);
        let modules = modules.into_iter().collect();
        resolve(&host, &modules, &unlocks, &Switches::default(), &BTreeMap::new(), 500).statuses
    }

    #[test]
    fn a_plugin_without_an_unlock_is_locked() {
        let found = statuses(vec![module("a", &[], "/a")], &[]);
        assert_eq!(found.get("a"), Some(&Status::Locked));
    }

    #[test]
    fn a_plugin_waits_for_what_it_requires_whatever_the_order() {
        let modules = vec![module("a", &["b"], "/a"), module("b", &[], "/b")];
        let found = statuses(modules, &["a", "b"]);
        assert!(found.values().all(|status| *status == Status::Enabled));
    }

    #[test]
    fn a_missing_requirement_is_named() {
        let found = statuses(vec![module("a", &["b"], "/a")], &["a"]);
        let reason = Reason::new("module-failed-requires", "b");
        assert_eq!(found.get("a"), Some(&Status::Failed(reason)));
    }

    #[test]
    fn the_second_to_claim_a_path_fails() {
        let found = statuses(vec![module("a", &[], "/x"), module("b", &[], "/x")], &["a", "b"]);
        assert_eq!(found.get("a"), Some(&Status::Enabled));
        let reason = Reason::new("module-failed-path", "/x");
        assert_eq!(found.get("b"), Some(&Status::Failed(reason)));
    }
}
