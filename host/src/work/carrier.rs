//! How workers reach plugins.

use std::pin::Pin;
use std::sync::Arc;

use plugin_api::manifest::Manifest;
use plugin_api::{Caller, Cx, Fault};

use crate::state::State;

/// The answer of a plugin, on its way.
pub(crate) type Carried = Pin<Box<dyn Future<Output = Result<Vec<u8>, Fault>> + Send>>;

/// What carries jobs and events to plugins: the registry, or what a test puts in its place.
pub(crate) trait Carrier: Send + Sync + 'static {
    /// What the enabled plugins contribute.
    fn manifests(&self) -> Vec<Arc<Manifest>>;

    /// Calls `job:…` or `event:…` of `plugin`.
    fn carry(&self, plugin: &str, caller: Caller, name: String, payload: Vec<u8>) -> Carried;
}

/// What a worker works with.
#[derive(Clone)]
pub(crate) struct Bench {
    /// The host's own context.
    pub(crate) cx: Cx,
    /// The way to plugins.
    pub(crate) carrier: Arc<dyn Carrier>,
}

/// The plugins of the running host.
pub(crate) struct Registered(pub(crate) Arc<State>);

impl Carrier for Registered {
    fn manifests(&self) -> Vec<Arc<Manifest>> {
        self.0.registry.enabled()
    }

    fn carry(&self, plugin: &str, caller: Caller, name: String, payload: Vec<u8>) -> Carried {
        let (state, plugin) = (Arc::clone(&self.0), plugin.to_owned());
        Box::pin(
            async move { state.registry.call(&state, &plugin, caller, 0, &name, payload).await },
        )
    }
}
