//! Everything lent by name: one line per call, the work is done where it belongs.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use plugin_api::db::codec::Unpacker;
use plugin_api::host::TxId;
use plugin_api::lent::answer::{Answer, answer, bytes_answer, read};
use plugin_api::lent::tabs::of_kind;
use plugin_api::lent::{
    MacRequest, OnceRequest, Publish, SealRequest, ServiceCall, SetSetting, SignRequest, Signed,
    VerifyRequest, ViewsOf,
};
use plugin_api::{Access, Cx, Fault, FaultKind};

use super::Lent;
use crate::{blobs, jobs, once, settings, views};

/// Answers the call `name` of a plugin.
pub(crate) async fn call(
    lent: &Lent,
    tx: TxId,
    name: &str,
    payload: Vec<u8>,
    body: Body,
) -> Answer {
    let (state, plugin, caller) = (&lent.state, &*lent.plugin, &*lent.caller);
    match name {
        "keys.sign" => {
            let SignRequest { typ, claims } = read(&payload)?;
            described(lent, &typ)?;
            let token = state.keys.sign(&state.system("keys"), plugin, &typ, claims).await?;
            answer(&Signed { token })
        }
        "keys.verify" => {
            let VerifyRequest { typ, token } = read(&payload)?;
            answer(&state.keys.verify(plugin, &typ, &token))
        }
        "keys.mac" => {
            let MacRequest { purpose, bytes } = read(&payload)?;
            bytes_answer(&state.keys.mac(plugin, &purpose, &bytes))
        }
        "keys.seal" => {
            let SealRequest { purpose, bytes } = read(&payload)?;
            bytes_answer(&state.keys.seal(plugin, &purpose, &bytes)?)
        }
        "keys.open" => {
            let SealRequest { purpose, bytes } = read(&payload)?;
            bytes_answer(&state.keys.open_sealed(plugin, &purpose, &bytes)?)
        }
        "keys.public" => answer(&state.keys.jwks_of(plugin)),
        "settings.get" => answer(&settings::get(state, plugin, &read::<String>(&payload)?).await?),
        "settings.set" => {
            let SetSetting { key, value } = read(&payload)?;
            answer(&settings::set(state, &cx(lent, tx), plugin, &key, value).await?)
        }
        "service" => service(lent, tx, read(&payload)?).await,
        "job.progress" => answer(&jobs::progress(state, caller, read(&payload)?).await?),
        "job.status" => answer(&jobs::status(state, plugin, &read::<String>(&payload)?).await?),
        "job.cancel" => answer(&jobs::cancel(state, plugin, &read::<String>(&payload)?).await?),
        "blob.put" => {
            let (name, content_type): (String, String) = read(&payload)?;
            answer(&blobs::put(state, plugin, caller, &name, &content_type, body).await?)
        }
        "blob.get" => {
            let (info, content) = blobs::get(state, plugin, &read::<String>(&payload)?).await?;
            Ok((serde_json::to_vec(&info)?, content))
        }
        "blob.range" => {
            let (id, start, length): (String, u64, u64) = read(&payload)?;
            Ok((b"null".to_vec(), blobs::range(state, plugin, (&id, start, length)).await?))
        }
        "blob.delete" => answer(&blobs::delete(state, plugin, &read::<String>(&payload)?).await?),
        "blob.scanner" => answer(&state.work.scanner.is_there()),
        "blob.scan" => answer(&blobs::scan(state, plugin, &read::<String>(&payload)?).await?),
        "upload.begin" => answer(&blobs::begin(state, plugin, caller, read(&payload)?).await?),
        "upload.append" => {
            let (id, offset): (String, u64) = read(&payload)?;
            answer(&blobs::append(state, plugin, caller, (&id, offset), body).await?)
        }
        "upload.get" => {
            answer(&blobs::upload(state, plugin, caller, &read::<String>(&payload)?).await?)
        }
        "upload.finish" => {
            answer(&blobs::finish(state, plugin, caller, &read::<String>(&payload)?).await?)
        }
        "upload.abort" => {
            answer(&blobs::abort(state, plugin, caller, &read::<String>(&payload)?).await?)
        }
        "live.publish" => {
            let Publish { topic, message } = read(&payload)?;
            let module = state.registry.module(plugin);
            if !module.is_some_and(|m| m.manifest.topics.iter().any(|known| known.name == topic)) {
                let fault = Fault::new(FaultKind::Refused, "the plugin described no such topic");
                return Err(fault.about(topic));
            }
            state.live.publish(&topic, message);
            answer(&())
        }
        "timer.sleep" => {
            let time = Duration::from_millis(read(&payload)?).min(Duration::from_mins(1));
            tokio::time::sleep(time).await;
            answer(&())
        }
        "views.list" => {
            answer(&views::list(state, caller, &read::<ViewsOf>(&payload)?.path).await?)
        }
        "tabs.list" => {
            let (of, enabled) = (read::<String>(&payload)?, state.registry.enabled());
            let tabs = enabled.iter().flat_map(|manifest| &manifest.tabs);
            let seen = tabs.filter(|tab| caller.may(&Access::permission(&tab.permission)));
            answer(&of_kind(seen, &of))
        }
        "once" => {
            let request: OnceRequest = read(&payload)?;
            answer(&once::handle(&cx(lent, tx).db(), plugin, caller, request, state.now()).await?)
        }
        "db.behind" => {
            state.behind.send(Unpacker::new(&payload).statement()?);
            answer(&())
        }
        other => Err(Fault::new(FaultKind::NotFound, "nothing of this name is lent").about(other)),
    }
}

/// The host's own context on the plugin's transaction, for the same caller.
fn cx(lent: &Lent, tx: TxId) -> Cx {
    lent.state.cx_on(Arc::clone(&lent.caller), tx)
}

fn described(lent: &Lent, typ: &str) -> Result<(), Fault> {
    let module = lent.state.registry.module(&lent.plugin);
    if module.is_some_and(|module| module.manifest.token_types.iter().any(|known| known == typ)) {
        return Ok(());
    }
    Err(Fault::new(FaultKind::Refused, "the plugin described no such token type").about(typ))
}

async fn service(lent: &Lent, tx: TxId, call: ServiceCall) -> Answer {
    let registry = &lent.state.registry;
    let offering = registry.offering(&call.name).ok_or_else(|| {
        Fault::new(FaultKind::Unavailable, "no enabled plugin offers it").about(&call.name)
    })?;
    let name = format!("service:{}", call.name);
    let payload = serde_json::to_vec(&call.payload)?;
    let caller = call.caller(&lent.caller);
    // Boxed because a service may call a service.
    let called = Box::pin(registry.call(&lent.state, &offering.id, caller, tx, &name, payload));
    Ok((called.await?, Body::empty()))
}
