//! Which plugin answers a path: one table for mounted and loaded plugins alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::Method;
use matchit::Router;
use plugin_api::Access;
use plugin_api::manifest::Route;

use super::module::Module;

/// The paths of the enabled plugins.
#[derive(Default)]
pub(crate) struct Routing {
    paths: Router<Arc<Owned>>,
}

/// A path and whose it is.
struct Owned {
    module: Arc<Module>,
    /// The methods that change something and need no session for it.
    open: Vec<String>,
    /// Whether a handler there looks at a credential of its own.
    credential: bool,
    /// The methods by which files come.
    files: Vec<String>,
}

impl Owned {
    fn by(module: &Arc<Module>) -> Self {
        let module = Arc::clone(module);
        Self { module, open: Vec::new(), credential: false, files: Vec::new() }
    }
}

impl Routing {
    /// Adds the routes of a plugin, all or none; answers a path somebody else has.
    pub(crate) fn add(&mut self, module: &Arc<Module>) -> Result<(), String> {
        let mut paths = self.paths.clone();
        // A path stands there once for each of its methods.
        let mut own: BTreeMap<&str, Owned> = BTreeMap::new();
        for route in &module.manifest.routes {
            let owned = own.entry(&route.path).or_insert_with(|| Owned::by(module));
            owned.open.extend(needs_no_session(route).then(|| route.method.clone()));
            owned.files.extend(route.takes_files.then(|| route.method.clone()));
            owned.credential |= route.access == Access::Credential;
        }
        for (path, owned) in own {
            if paths.insert(path, Arc::new(owned)).is_err() {
                return Err(path.to_owned());
            }
        }
        self.paths = paths;
        Ok(())
    }

    /// Who answers `path`.
    pub(crate) fn find(&self, path: &str) -> Option<&Arc<Module>> {
        self.paths.at(path).ok().map(|found| &found.value.module)
    }

    /// Whether a handler of this path looks at a credential of its own, which may come as a bearer
    /// token.
    pub(crate) fn takes_credential(&self, path: &str) -> bool {
        self.paths.at(path).is_ok_and(|found| found.value.credential)
    }

    /// Whether files come by such a call.
    pub(crate) fn takes_files(&self, method: &Method, path: &str) -> bool {
        let found = self.paths.at(path).ok();
        found.is_some_and(|found| found.value.files.iter().any(|files| files == method.as_str()))
    }

    /// Whether a call changes something and needs no session for it, so that other sites may make a
    /// browser send it.
    pub(crate) fn is_open(&self, method: &Method, path: &str) -> bool {
        let found = self.paths.at(path).ok();
        found.is_some_and(|found| found.value.open.iter().any(|open| open == method.as_str()))
    }
}

/// A handler that looks at a credential of its own, or the API for everybody. Public pages are none:
/// signing in and out changes what the browser is.
fn needs_no_session(route: &Route) -> bool {
    let changes = !matches!(route.method.as_str(), "GET" | "HEAD" | "OPTIONS");
    let is_open = match route.access {
        Access::Credential => true,
        Access::Public => route.path.starts_with("/api/"),
        _ => false,
    };
    changes && is_open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_at_a_credential_of_its_own_needs_no_session() {
        let open = |method: &str, path: &str, access: Access| {
            let (method, path) = (method.to_owned(), path.to_owned());
            needs_no_session(&Route { method, path, access, takes_files: false })
        };
        assert!(open("POST", "/api/licenze/attiva", Access::Credential));
        assert!(open("POST", "/sso", Access::Credential));
        assert!(open("POST", "/api/clienti/registrazione", Access::Public));
        assert!(!open("POST", "/login", Access::Public));
        assert!(!open("GET", "/sso", Access::Credential));
        assert!(!open("POST", "/api/licenze/rinnova", Access::SignedIn));
        assert!(!open("POST", "/api/clienti/x", Access::permission("a:b")));
    }
}
