//! Calls a plugin, the same way for both linkings; contains its panics and hangs.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::{Method, Request};
use plugin_api::abi::body::panic_text;
use plugin_api::{Caller, Cx, Fault, FaultKind, Problem};
use tower::ServiceExt as _;

use super::Registry;
use super::module::{Linked, Module};
use crate::http::patience::Patience;
use crate::lend::Lent;
use crate::state::{App, State};

/// Which plugin made a response.
#[derive(Debug, Clone)]
pub(crate) struct AnsweredBy(pub(crate) Arc<str>);

impl Module {
    /// A context for the code of a plugin that is linked directly.
    pub(crate) fn cx(&self, state: &Arc<State>, caller: &Arc<Caller>, tx: u64) -> Option<Cx> {
        let lent = Lent::new(state, &self.id, caller);
        match &self.linked {
            Linked::Direct(plugin) => Some(plugin.cx(Arc::new(lent), Arc::clone(caller), tx)),
            Linked::Border(_) | Linked::Nothing => None,
        }
    }

    async fn answer(
        &self,
        state: &Arc<State>,
        caller: &Arc<Caller>,
        mut request: Request<Body>,
    ) -> Result<Response, Fault> {
        match &self.linked {
            Linked::Direct(plugin) => {
                let lent = Arc::new(Lent::new(state, &self.id, caller));
                request.extensions_mut().insert(plugin.cx(lent, Arc::clone(caller), 0));
                if &*self.id == "host" {
                    request.extensions_mut().insert(App(Arc::clone(state)));
                }
                Ok(plugin.router().oneshot(request).await.into_response())
            }
            Linked::Border(bordered) => {
                let lent = Lent::new(state, &self.id, caller);
                Ok(bordered.handle(lent, request).await?.into_response())
            }
            Linked::Nothing => Err(Fault::new(FaultKind::Unavailable, "the plugin cannot work")),
        }
    }

    /// Answers a request up to the head of the response; a panic or hang becomes a fault.
    async fn contained(
        self: Arc<Self>,
        state: Arc<State>,
        caller: Arc<Caller>,
        request: Request<Body>,
    ) -> Result<Response, Fault> {
        let patience = request.extensions().get::<Patience>().cloned();
        let answer = AssertUnwindSafe(self.answer(&state, &caller, request)).catch_unwind();
        let deadline = Duration::from_secs(state.config.http.request_deadline_seconds);
        let over = async {
            match patience {
                Some(patience) => patience.over().await,
                None => tokio::time::sleep(deadline).await,
            }
        };
        tokio::select! {
            biased;
            answer = answer => answer.unwrap_or_else(|panic| {
                Err(Fault::internal(format!("panic: {}", panic_text(&*panic))))
            }),
            () = over => Err(Fault::new(FaultKind::Timeout, "no answer before the deadline")),
        }
    }
}

impl Registry {
    /// Answers a request through `module`. Calls other than GET run to their end even when the
    /// client goes away; GETs are dropped with it.
    pub(crate) async fn handle(
        &self,
        state: &Arc<State>,
        module: &Arc<Module>,
        caller: &Arc<Caller>,
        request: Request<Body>,
    ) -> Result<Response, Problem> {
        let survives = !matches!(*request.method(), Method::GET | Method::HEAD);
        let answer = Arc::clone(module).contained(Arc::clone(state), Arc::clone(caller), request);
        let answer = if survives {
            use tracing::Instrument as _;
            tokio::spawn(answer.in_current_span())
                .await
                .unwrap_or_else(|error| Err(Fault::internal(error)))
        } else {
            answer.await
        };
        match answer {
            Ok(mut response) => {
                response.extensions_mut().insert(AnsweredBy(Arc::clone(&module.id)));
                Ok(response)
            }
            Err(fault) if fault.kind == FaultKind::TooLarge => Err(fault.into()),
            Err(fault) => {
                tracing::error!(plugin = &*module.id, error = %fault, "A plugin failed.");
                self.count_fault(state, module, &fault).await;
                Err(fault.into())
            }
        }
    }

    /// Calls `job:…`, `event:…`, `service:…` or `sample` of the plugin `id`, on the transaction
    /// `tx` unless that is 0.
    pub async fn call(
        &self,
        state: &Arc<State>,
        id: &str,
        caller: Caller,
        tx: u64,
        name: &str,
        payload: Vec<u8>,
    ) -> Result<Vec<u8>, Fault> {
        let module = self.module(id).filter(|module| module.is_enabled()).ok_or_else(|| {
            Fault::new(FaultKind::Unavailable, "the plugin is not enabled").about(id)
        })?;
        let caller = Arc::new(caller);
        let lent = Lent::new(state, &module.id, &caller);
        let called = async {
            match &module.linked {
                Linked::Direct(plugin) => {
                    let cx = plugin.cx(Arc::new(lent), caller, tx);
                    App::while_answering(state, plugin.call(cx, name, payload)).await
                }
                Linked::Border(bordered) => bordered.call(lent, tx, name, &payload).await,
                Linked::Nothing => Err(Fault::new(FaultKind::Unavailable, "it cannot work")),
            }
        };
        match AssertUnwindSafe(called).catch_unwind().await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(fault)) => {
                self.count_fault(state, module, &fault).await;
                Err(fault)
            }
            Err(panic) => {
                let fault = Fault::internal(format!("panic: {}", panic_text(&*panic)));
                self.count_fault(state, module, &fault).await;
                Err(fault)
            }
        }
    }

    /// Only panics count: a refused call or a failing database is not the plugin's fault.
    async fn count_fault(&self, state: &Arc<State>, module: &Module, fault: &Fault) {
        if fault.message.starts_with("panic: ") && module.breaker.fault(state.now()) {
            // Its type ends here: what it does reaches down to the database's own protocol.
            let trip: BoxFuture<'_, ()> = Box::pin(self.trip(state, &module.id));
            trip.await;
        }
    }
}
