//! The library's side of the border: a [`Plugin`] as `v1` wants it, a `v1` host as plugins want it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use abi_stable::prefix_type::PrefixTypeTrait as _;
use abi_stable::sabi_trait::TD_Opaque;
use abi_stable::std_types::{RResult, RSliceMut, RStr, RVec};
use async_ffi::FfiFuture;
use axum::body::Body;
use axum::response::IntoResponse as _;
use futures_util::StreamExt as _;
use http::{Request, Response};
use tower::ServiceExt as _;

use super::body::{contained, fault_from, fault_to, from_border, panic_text, pieces, to_border};
use super::{head, v1};
use crate::caller::Caller;
use crate::db::codec::{Packer, Unpacker};
use crate::db::{Dialect, Effect, Rendered, Rows};
use crate::host::{Host, HostFuture, RowStream, TxId};
use crate::{Fault, Plugin, Problem};

/// The root module made of its two functions.
pub fn root_module(
    describe: extern "C" fn() -> RVec<u8>,
    start: extern "C" fn(v1::HostBox, u8) -> RResult<v1::PluginBox, v1::FaultBytes>,
) -> v1::PluginModRef {
    v1::PluginMod { describe, start }.leak_into_prefix()
}

/// The manifest of `plugin` as JSON; empty when building it panics.
pub fn describe(plugin: fn() -> Plugin) -> RVec<u8> {
    catch_unwind(|| serde_json::to_vec(plugin().manifest()).unwrap_or_default())
        .unwrap_or_default()
        .into()
}

/// An instance of `plugin` that uses `host`.
pub fn start(
    plugin: fn() -> Plugin,
    host: v1::HostBox,
    log_level: u8,
) -> RResult<v1::PluginBox, v1::FaultBytes> {
    let host = Arc::new(host);
    let logging = Arc::clone(&host);
    super::log::forward(log_level, move |record| logging.log(record.into()));
    match catch_unwind(AssertUnwindSafe(plugin)) {
        Ok(plugin) => RResult::ROk(instance(plugin, host)),
        Err(panic) => {
            let fault = Fault::internal(format!("panic: {}", panic_text(&*panic)));
            RResult::RErr(fault_to(&fault))
        }
    }
}

/// A built plugin behind the border; also how a compiled-in plugin is measured through it.
pub fn instance(plugin: Plugin, host: Arc<v1::HostBox>) -> v1::PluginBox {
    v1::Plugin_TO::from_value(Instance { plugin: Arc::new(plugin), host }, TD_Opaque)
}

struct Instance {
    plugin: Arc<Plugin>,
    host: Arc<v1::HostBox>,
}

impl Instance {
    fn lent(&self, ctx: u64) -> Arc<dyn Host> {
        Arc::new(Lent { host: Arc::clone(&self.host), ctx })
    }
}

impl v1::Plugin for Instance {
    fn handle(&self, ctx: u64, message: v1::Message) -> FfiFuture<v1::Message> {
        let (plugin, host) = (Arc::clone(&self.plugin), self.lent(ctx));
        let handled = async move {
            let answered = async {
                let (mut parts, caller) = head::unpack_request(&message.head)?;
                parts.extensions.insert(plugin.cx(host, Arc::new(caller), 0));
                let request = Request::from_parts(parts, from_border(message.body));
                Ok::<_, Fault>(plugin.router().oneshot(request).await.into_response())
            };
            respond(answered.await.unwrap_or_else(|fault| Problem::from(fault).into_response()))
                .await
        };
        contained(handled, |fault| failed(&fault))
    }

    fn call(&self, ctx: u64, name: RStr<'_>, payload: RVec<u8>) -> v1::Answer {
        let (plugin, host) = (Arc::clone(&self.plugin), self.lent(ctx));
        let name = name.to_string();
        let called = async move {
            let called = async {
                let mut unpacker = Unpacker::new(&payload);
                let tx = unpacker.int()?;
                let caller: Caller = serde_json::from_slice(unpacker.bytes()?)?;
                let payload = unpacker.bytes()?.to_owned();
                plugin.call(plugin.cx(host, Arc::new(caller), tx), &name, payload).await
            };
            match called.await {
                Ok(answer) => RResult::ROk(answer.into()),
                Err(fault) => RResult::RErr(fault_to(&fault)),
            }
        };
        contained(called, |fault| RResult::RErr(fault_to(&fault)))
    }
}

/// The payload of [`v1::Plugin::call`]: transaction, caller and what is asked.
pub fn pack_call(tx: TxId, caller: &Caller, payload: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut packer = Packer::new();
    packer.int(tx);
    packer.bytes(&serde_json::to_vec(caller)?);
    packer.bytes(payload);
    Ok(packer.finish())
}

async fn respond(response: Response<Body>) -> v1::Message {
    let (parts, body) = response.into_parts();
    match to_border(body).await {
        Ok(body) => v1::Message { head: head::pack_response(&parts).into(), body },
        Err(fault) => failed(&fault),
    }
}

/// What the host takes for a fault of the plugin: no head, the fault as the body.
fn failed(fault: &Fault) -> v1::Message {
    v1::Message { head: RVec::new(), body: v1::Body::Bytes(fault_to(fault)) }
}

/// The host in the context of one request, over the border.
struct Lent {
    host: Arc<v1::HostBox>,
    ctx: u64,
}

impl Host for Lent {
    fn dialect(&self) -> Dialect {
        if self.host.dialect() == 0 { Dialect::Sqlite } else { Dialect::MariaDb }
    }

    fn now(&self) -> i64 {
        self.host.now()
    }

    fn random(&self, out: &mut [u8]) {
        self.host.random(RSliceMut::from_mut_slice(out));
    }

    fn query(&self, tx: TxId, statement: Rendered) -> HostFuture<Rows> {
        let answer = self.host.db_query(self.ctx, tx, packed(&statement));
        Box::pin(async move { Unpacker::new(&opened(answer.await)?).rows() })
    }

    fn execute(&self, tx: TxId, statement: Rendered) -> HostFuture<u64> {
        let answer = self.host.db_execute(self.ctx, tx, packed(&statement));
        Box::pin(async move { Unpacker::new(&opened(answer.await)?).int() })
    }

    fn batch(
        &self,
        tx: TxId,
        statements: Vec<Rendered>,
        effects: Vec<Effect>,
    ) -> HostFuture<Vec<u64>> {
        let mut packer = Packer::new();
        packer.count(statements.len());
        for statement in &statements {
            packer.statement(statement);
        }
        packer.bytes(&serde_json::to_vec(&effects).unwrap_or_default());
        let answer = self.host.db_batch(self.ctx, tx, packer.finish().into());
        let count = statements.len();
        Box::pin(async move {
            let bytes = opened(answer.await)?;
            let mut unpacker = Unpacker::new(&bytes);
            (0..count).map(|_| unpacker.int()).collect()
        })
    }

    fn begin(&self) -> HostFuture<TxId> {
        let answer = self.host.db_begin(self.ctx);
        Box::pin(async move { Unpacker::new(&opened(answer.await)?).int() })
    }

    fn commit(&self, tx: TxId) -> HostFuture<()> {
        let answer = self.host.db_commit(self.ctx, tx);
        Box::pin(async move { opened(answer.await).map(drop) })
    }

    fn rollback(&self, tx: TxId) {
        self.host.db_rollback(self.ctx, tx);
    }

    fn stream(&self, statement: Rendered) -> RowStream {
        let chunks = self.host.db_stream(self.ctx, packed(&statement));
        Box::pin(pieces(chunks).map(|piece| Unpacker::new(&piece?).rows()))
    }

    fn call(
        &self,
        tx: TxId,
        name: &str,
        payload: Vec<u8>,
        body: Body,
    ) -> HostFuture<(Vec<u8>, Body)> {
        let (host, ctx, name) = (Arc::clone(&self.host), self.ctx, name.to_owned());
        Box::pin(async move {
            let message = v1::Message { head: payload.into(), body: to_border(body).await? };
            match host.call(ctx, tx, RStr::from_str(&name), message).await {
                RResult::ROk(answer) => Ok((answer.head.into_vec(), from_border(answer.body))),
                RResult::RErr(fault) => Err(fault_from(&fault)),
            }
        })
    }
}

fn packed(statement: &Rendered) -> RVec<u8> {
    let mut packer = Packer::new();
    packer.statement(statement);
    packer.finish().into()
}

fn opened(answer: RResult<RVec<u8>, v1::FaultBytes>) -> Result<RVec<u8>, Fault> {
    answer.into_result().map_err(|fault| fault_from(&fault))
}
