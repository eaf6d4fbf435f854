//! One view of every plugin, compiled in or loaded, and the operations of the Modules page.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use plugin_api::manifest::Manifest;
use plugin_api::{Cx, Fault, FieldProblem, Problem};

use super::module::{Linked, Module, ModuleRow, Origin, Reason, SignatureState, Status};
use super::resolve::resolve;
use super::routing::Routing;
use super::unlock::Unlocks;
use crate::state::State;
use crate::store::plugins::{self as store, Switches};
use crate::vendor::{VendorKeys, unlock};

/// All plugins and where they stand.
pub struct Registry {
    host: Arc<Module>,
    modules: BTreeMap<String, Arc<Module>>,
    vendor: VendorKeys,
    standing: RwLock<Standing>,
}

#[derive(Default)]
struct Standing {
    routing: Arc<Routing>,
    unlocks: Unlocks,
    switches: Switches,
    broken: BTreeMap<String, Reason>,
}

impl Registry {
    /// A registry of the plugins that were found, before anybody decided where they stand.
    pub(crate) fn new(
        host: plugin_api::Plugin,
        modules: BTreeMap<String, Arc<Module>>,
        vendor: VendorKeys,
    ) -> Self {
        let manifest = host.manifest().clone();
        let linked = Linked::Direct(Box::new(host));
        let host = Module::new(manifest, Origin::CompiledIn, SignatureState::CompiledIn, linked);
        host.set(Status::Enabled);
        Self { host: Arc::new(host), modules, vendor, standing: RwLock::default() }
    }

    fn read<T>(&self, look: impl FnOnce(&Standing) -> T) -> T {
        look(&self.standing.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut Standing)) {
        change(&mut self.standing.write().unwrap_or_else(PoisonError::into_inner));
    }

    pub(crate) fn routing(&self) -> Arc<Routing> {
        self.read(|standing| Arc::clone(&standing.routing))
    }

    pub(crate) fn host(&self) -> &Arc<Module> {
        &self.host
    }

    pub(crate) fn module(&self, id: &str) -> Option<&Arc<Module>> {
        if id == &*self.host.id { Some(&self.host) } else { self.modules.get(id) }
    }

    pub(crate) fn offering(&self, service: &str) -> Option<&Arc<Module>> {
        let mut modules = std::iter::once(&self.host).chain(self.modules.values());
        modules.find(|m| m.is_enabled() && m.manifest.services.iter().any(|s| s == service))
    }

    /// The manifests of the enabled plugins, by id; the host's own is not among them.
    pub fn enabled(&self) -> Vec<Arc<Manifest>> {
        let enabled = self.modules.values().filter(|module| module.is_enabled());
        enabled.map(|module| Arc::clone(&module.manifest)).collect()
    }

    /// The host's own manifest.
    pub fn host_manifest(&self) -> Arc<Manifest> {
        Arc::clone(&self.host.manifest)
    }

    /// Every plugin with where it stands, by id.
    pub fn list(&self, now: i64) -> Vec<ModuleRow> {
        let row = |(id, module): (&String, &Arc<Module>)| {
            let unlocked_until = self.read(|standing| standing.unlocks.until(id));
            ModuleRow {
                id: id.clone(),
                manifest: Arc::clone(&module.manifest),
                origin: module.origin.clone(),
                signature: module.signature,
                status: module.status(),
                unlocked_until,
                in_grace: unlocked_until.is_some_and(|until| until <= now) && module.is_enabled(),
            }
        };
        self.modules.iter().map(row).collect()
    }

    /// Reads unlocks and switches from the database and decides where everything stands.
    pub(crate) async fn reload(&self, state: &Arc<State>) -> Result<(), Fault> {
        let cx = state.system("registry");
        let mut unlocks = Unlocks::default();
        for token in store::unlock_tokens(&cx.db()).await? {
            match unlock::verify_entered(&token, &self.vendor, &state.installation_id) {
                Ok(key) => unlocks.add(&key.modules, key.not_before, key.expires),
                Err(refusal) => tracing::warn!(error = %refusal, "A stored unlock key is void."),
            }
        }
        let switches = store::switches(&cx.db()).await?;
        self.write(|standing| {
            standing.unlocks = unlocks;
            standing.switches = switches;
        });
        self.settle(state).await;
        Ok(())
    }

    /// Decides anew where everything stands; schema changes run before a plugin joins.
    pub(crate) async fn settle(&self, state: &Arc<State>) {
        loop {
            let resolved = self.read(|standing| {
                let Standing { unlocks, switches, broken, .. } = standing;
                resolve(&self.host, &self.modules, unlocks, switches, broken, state.now())
            });
            let mut failed = Vec::new();
            for (id, status) in &resolved.statuses {
                let Some(module) = self.modules.get(id) else { continue };
                if *status == Status::Enabled
                    && !module.is_enabled()
                    && let Err(fault) = prepare(state, module).await
                {
                    tracing::error!(plugin = id, error = %fault, "It could not be prepared.");
                    let reason = Reason::new("module-failed-schema", fault.message);
                    failed.push((id.clone(), reason));
                }
            }
            if !failed.is_empty() {
                // Added, not replaced: a breaker may have opened meanwhile.
                self.write(|standing| standing.broken.extend(failed));
                continue;
            }
            for (id, status) in resolved.statuses {
                if let Some(module) = self.modules.get(&id)
                    && module.status() != status
                {
                    tracing::info!(plugin = id, status = ?status, "A plugin changed its status.");
                    module.set(status);
                }
            }
            return self.write(|standing| standing.routing = Arc::new(resolved.routing));
        }
    }

    /// Enters a licence key; answers the ids it opened. Audited.
    pub async fn enter_unlock_key(
        &self,
        cx: &Cx,
        state: &Arc<State>,
        text: &str,
    ) -> Result<Vec<String>, Problem> {
        let refuse = |refusal: unlock::UnlockRefusal| {
            let sentence = refusal.sentence(&cx.lang());
            let error = FieldProblem::new("/key", sentence.clone());
            Problem::validation(vec![error]).detail(sentence)
        };
        let token = text.trim();
        let key = unlock::verify(token, &self.vendor, &state.installation_id, state.now())
            .map_err(refuse)?;
        let names = |id: &&String| key.modules.iter().any(|m| m == "*" || m == *id);
        let opened: Vec<String> = self.modules.keys().filter(names).cloned().collect();
        if opened.is_empty() {
            let named = key.modules.join(", ");
            return Err(Problem::unprocessable("unlock_none_present").argument("what", named));
        }
        store::enter_unlock(cx, &key, token, &opened).await?;
        self.reload(state).await?;
        Ok(opened)
    }

    /// Switches a plugin on or off. Audited; its data stays.
    pub async fn switch(
        &self,
        cx: &Cx,
        state: &Arc<State>,
        id: &str,
        on: bool,
    ) -> Result<(), Problem> {
        let module = self.modules.get(id).ok_or_else(Problem::not_found)?;
        store::switch(cx, id, on).await?;
        module.breaker.reset();
        self.write(|standing| {
            standing.broken.remove(id);
        });
        Ok(self.reload(state).await?)
    }

    /// Opens the breaker of a plugin that failed once too often.
    pub(crate) async fn trip(&self, state: &Arc<State>, id: &str) {
        tracing::error!(plugin = id, "Five faults in ten minutes: the plugin is taken out.");
        self.write(|standing| {
            standing.broken.insert(id.to_owned(), Reason::new("module-failed-faults", id));
        });
        self.settle(state).await;
    }
}

/// Schema and signing keys, before a plugin is at work: a key made inside a transaction of the plugin
/// would wait for the writer that this transaction holds.
async fn prepare(state: &Arc<State>, module: &Module) -> Result<(), Fault> {
    let migrations = &module.manifest.migrations;
    let migrations = match state.database.dialect() {
        plugin_api::db::Dialect::Sqlite => &migrations.sqlite,
        plugin_api::db::Dialect::MariaDb => &migrations.mariadb,
    };
    state.database.migrate(&module.id, migrations).await?;
    let cx = state.system("keys");
    state.keys.prepare(&cx, &module.id, &module.manifest.token_types).await
}
