//! The host's side of the border: contexts by number, and a plugin called over it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use abi_stable::sabi_trait::TD_Opaque;
use abi_stable::std_types::{RResult, RSliceMut, RStr, RVec};
use async_ffi::{FfiFuture, FutureExt as _};
use axum::body::Body;
use futures_util::StreamExt as _;
use plugin_api::abi::body::{chunks, fault_from, fault_to, from_border, to_border};
use plugin_api::abi::{guest, head, v1};
use plugin_api::db::codec::{Packer, Unpacker};
use plugin_api::db::{Dialect, Rendered};
use plugin_api::host::Host;
use plugin_api::lent::LogRecord;
use plugin_api::{Fault, FaultKind};

use crate::lend::Lent;

/// The contexts a library may name.
#[derive(Default)]
pub(crate) struct Contexts {
    next: AtomicU64,
    open: RwLock<HashMap<u64, Lent>>,
}

impl Contexts {
    fn enter(self: &Arc<Self>, lent: Lent) -> Entered {
        let ctx = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        self.open.write().unwrap_or_else(PoisonError::into_inner).insert(ctx, lent);
        Entered { contexts: Arc::clone(self), ctx }
    }

    fn find(&self, ctx: u64) -> Result<Lent, Fault> {
        let found = self.open.read().unwrap_or_else(PoisonError::into_inner).get(&ctx).cloned();
        found.ok_or_else(|| Fault::new(FaultKind::Timeout, "the request is over"))
    }
}

/// A context as long as it is needed.
struct Entered {
    contexts: Arc<Contexts>,
    ctx: u64,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let open = &self.contexts.open;
        open.write().unwrap_or_else(PoisonError::into_inner).remove(&self.ctx);
    }
}

/// A plugin behind the border: loaded, or compiled in and measured through it.
pub(crate) struct Bordered {
    plugin: v1::PluginBox,
    contexts: Arc<Contexts>,
}

impl Bordered {
    pub(crate) fn new(
        start: impl FnOnce(v1::HostBox) -> Result<v1::PluginBox, Fault>,
        dialect: Dialect,
    ) -> Result<Self, Fault> {
        let contexts = Arc::new(Contexts::default());
        let host = BorderHost { contexts: Arc::clone(&contexts), dialect };
        let plugin = start(v1::Host_TO::from_value(host, TD_Opaque))?;
        Ok(Self { plugin, contexts })
    }

    /// Answers a request. A fault means the plugin itself failed.
    pub(crate) async fn handle(
        &self,
        lent: Lent,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, Fault> {
        let (parts, body) = request.into_parts();
        let head = head::pack_request(&parts, &lent.caller)?;
        let body = to_border(body)
            .await
            .map_err(|fault| Fault::new(FaultKind::TooLarge, fault.message))?;
        let entered = self.contexts.enter(lent);
        let answer = self.plugin.handle(entered.ctx, v1::Message { head: head.into(), body }).await;
        if answer.head.is_empty() {
            return Err(match answer.body {
                v1::Body::Bytes(fault) => fault_from(&fault),
                v1::Body::Chunks(_) => Fault::internal("an answer without a head"),
            });
        }
        let parts = head::unpack_response(&answer.head)?;
        let body = match answer.body {
            whole @ v1::Body::Bytes(_) => from_border(whole),
            v1::Body::Chunks(_) => {
                // The library may still read rows while it streams: its context lives as long.
                let stream = from_border(answer.body).into_data_stream();
                Body::from_stream(stream.map(move |piece| {
                    let _ = &entered;
                    piece
                }))
            }
        };
        Ok(http::Response::from_parts(parts, body))
    }

    /// Answers a job, event or service.
    pub(crate) async fn call(
        &self,
        lent: Lent,
        tx: u64,
        name: &str,
        payload: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        let payload = guest::pack_call(tx, &lent.caller, payload)?;
        let entered = self.contexts.enter(lent);
        let answer = self.plugin.call(entered.ctx, RStr::from_str(name), payload.into()).await;
        answer.into_result().map(RVec::into_vec).map_err(|fault| fault_from(&fault))
    }
}

struct BorderHost {
    contexts: Arc<Contexts>,
    dialect: Dialect,
}

impl BorderHost {
    fn answer<F>(&self, ctx: u64, work: impl FnOnce(Lent) -> F + Send + 'static) -> v1::Answer
    where
        F: Future<Output = Result<Vec<u8>, Fault>> + Send,
    {
        let lent = self.contexts.find(ctx);
        async move {
            let answered = async { work(lent?).await };
            match answered.await {
                Ok(bytes) => RResult::ROk(bytes.into()),
                Err(fault) => RResult::RErr(fault_to(&fault)),
            }
        }
        .into_ffi()
    }
}

impl v1::Host for BorderHost {
    fn dialect(&self) -> u8 {
        u8::from(self.dialect == Dialect::MariaDb)
    }

    fn now(&self) -> i64 {
        crate::lend::now()
    }

    fn random(&self, mut out: RSliceMut<'_, u8>) {
        crate::lend::random(out.as_mut_slice());
    }

    fn db_query(&self, ctx: u64, tx: u64, statement: RVec<u8>) -> v1::Answer {
        self.answer(ctx, move |lent| async move {
            let rows = lent.query(tx, Unpacker::new(&statement).statement()?).await?;
            let mut packer = Packer::new();
            packer.rows(&rows);
            Ok(packer.finish())
        })
    }

    fn db_execute(&self, ctx: u64, tx: u64, statement: RVec<u8>) -> v1::Answer {
        self.answer(ctx, move |lent| async move {
            Ok(number(lent.execute(tx, Unpacker::new(&statement).statement()?).await?))
        })
    }

    fn db_batch(&self, ctx: u64, tx: u64, batch: RVec<u8>) -> v1::Answer {
        self.answer(ctx, move |lent| async move {
            let mut unpacker = Unpacker::new(&batch);
            let statements: Result<Vec<Rendered>, Fault> =
                (0..unpacker.count()?).map(|_| unpacker.statement()).collect();
            let effects = serde_json::from_slice(unpacker.bytes()?)?;
            let counts = lent.batch(tx, statements?, effects).await?;
            let mut packer = Packer::new();
            for count in counts {
                packer.int(count);
            }
            Ok(packer.finish())
        })
    }

    fn db_begin(&self, ctx: u64) -> v1::Answer {
        self.answer(ctx, |lent| async move { Ok(number(lent.begin().await?)) })
    }

    fn db_commit(&self, ctx: u64, tx: u64) -> v1::Answer {
        self.answer(ctx, move |lent| async move { lent.commit(tx).await.map(|()| Vec::new()) })
    }

    fn db_rollback(&self, ctx: u64, tx: u64) {
        if let Ok(lent) = self.contexts.find(ctx) {
            lent.rollback(tx);
        }
    }

    fn db_stream(&self, ctx: u64, statement: RVec<u8>) -> v1::ChunksBox {
        let opened = self
            .contexts
            .find(ctx)
            .and_then(|lent| Ok((lent, Unpacker::new(&statement).statement()?)));
        match opened {
            Ok((lent, statement)) => chunks(Box::pin(lent.stream(statement).map(|rows| {
                let mut packer = Packer::new();
                packer.rows(&rows?);
                Ok(packer.finish())
            }))),
            Err(fault) => chunks(Box::pin(futures_util::stream::iter([Err(fault)]))),
        }
    }

    fn call(
        &self,
        ctx: u64,
        tx: u64,
        name: RStr<'_>,
        message: v1::Message,
    ) -> FfiFuture<RResult<v1::Message, v1::FaultBytes>> {
        let (lent, name) = (self.contexts.find(ctx), name.to_string());
        async move {
            let called = async {
                let body = from_border(message.body);
                let call = lent?.call(tx, &name, message.head.into_vec(), body);
                let (head, body) = call.await?;
                Ok(v1::Message { head: head.into(), body: to_border(body).await? })
            };
            match called.await {
                Ok(message) => RResult::ROk(message),
                Err(fault) => RResult::RErr(fault_to(&fault)),
            }
        }
        .into_ffi()
    }

    fn log(&self, record: RVec<u8>) {
        if let Ok(record) = serde_json::from_slice::<LogRecord>(&record) {
            tell(&record);
        }
    }
}

fn number(n: u64) -> Vec<u8> {
    n.to_le_bytes().to_vec()
}

/// Says what a library says; the host's current span tells on whose behalf.
fn tell(record: &LogRecord) {
    let LogRecord { level, target, message, fields } = record;
    match level {
        1 => tracing::error!(plugin.target = target, %fields, "{message}"),
        2 => tracing::warn!(plugin.target = target, %fields, "{message}"),
        3 => tracing::info!(plugin.target = target, %fields, "{message}"),
        4 => tracing::debug!(plugin.target = target, %fields, "{message}"),
        _ => tracing::trace!(plugin.target = target, %fields, "{message}"),
    }
}
