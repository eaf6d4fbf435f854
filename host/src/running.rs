//! What runs beside the requests, and how it ends.

use std::sync::Arc;

use crate::state::State;
use crate::work;

/// Jobs, events, mails and writes that may wait, at work until stopped.
///
/// Dropping it stops nothing: rows that are still held in memory would be lost.
#[must_use = "what runs beside the requests is to be stopped when the server ends"]
pub struct Running {
    state: Arc<State>,
    work: work::Handles,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").finish_non_exhaustive()
    }
}

impl Running {
    /// Starts it.
    pub(crate) fn begin(state: Arc<State>) -> Self {
        let http = &state.config.http;
        if http.leads_astray() {
            let origin = http.origin();
            tracing::warn!(origin, "Without http.public_url links in mails lead to this machine.");
        }
        let work = work::start(&state);
        Self { state, work }
    }

    /// What requests share.
    pub fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// Done when `stop` is; first it ends the live streams, which never end by themselves and would
    /// hold up a server that lets its requests end.
    pub fn after<F>(&self, stop: F) -> impl Future<Output = ()> + Send + use<F>
    where
        F: Future<Output = ()> + Send,
    {
        let live = self.state.live.clone();
        async move {
            stop.await;
            live.close();
        }
    }

    /// Hands jobs back, writes what is still held in memory, closes the database: call it once the
    /// server has answered its last request.
    pub async fn stop(self) {
        self.work.stop().await;
        self.state.database.clone().close().await;
    }
}
