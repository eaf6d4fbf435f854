//! Everything lent by name, faked or done for real in memory.

use std::sync::PoisonError;

use axum::body::Body;
use plugin_api::contracts;
use plugin_api::db::codec::Unpacker;
use plugin_api::host::TxId;
use plugin_api::lent::answer::{Answer, answer, bytes_answer, read};
use plugin_api::lent::{
    MacRequest, Progress, Publish, SealRequest, ServiceCall, SetSetting, SignRequest, Signed,
    VerifyRequest,
};
use plugin_api::{Fault, FaultKind};
use serde_json::Value as Json;

use crate::lent::Lent;
use crate::{blobs, keys, once, uploads};

/// Answers the call `name` of a plugin.
pub(crate) async fn call(
    lent: &Lent,
    tx: TxId,
    name: &str,
    payload: Vec<u8>,
    body: Body,
) -> Answer {
    let (world, plugin) = (&lent.world, &*lent.plugin);
    match name {
        "keys.sign" => answer(&sign(lent, read(&payload)?)?),
        "keys.verify" => {
            let VerifyRequest { typ, token } = read(&payload)?;
            answer(&keys::verify(plugin, &typ, &token))
        }
        "keys.mac" => {
            let MacRequest { purpose, bytes } = read(&payload)?;
            bytes_answer(&keys::mac(plugin, &purpose, &bytes))
        }
        "keys.seal" => {
            let SealRequest { purpose, bytes } = read(&payload)?;
            bytes_answer(&world.keys.seal(plugin, &purpose, &bytes))
        }
        "keys.open" => {
            let SealRequest { purpose, bytes } = read(&payload)?;
            bytes_answer(&keys::open(plugin, &purpose, &bytes)?)
        }
        "keys.public" => answer(&world.keys.public(plugin)),
        "settings.get" => answer(&setting(lent, read(&payload)?)?),
        "settings.set" => {
            let SetSetting { key, value } = read(&payload)?;
            setting(lent, key.clone())?;
            let mut settings = world.settings.lock().unwrap_or_else(PoisonError::into_inner);
            settings.insert((plugin.to_owned(), key), value);
            answer(&())
        }
        "service" => service(lent, tx, read(&payload)?).await,
        "job.progress" => answer(&progress(lent, &read(&payload)?)),
        "job.status" => {
            let status = world.effects().job(&read::<String>(&payload)?).map(|j| j.status.clone());
            answer(&status)
        }
        "job.cancel" => {
            let job_id: String = read(&payload)?;
            let mut effects = world.effects();
            effects.job(&job_id).ok_or_else(|| missing("job", &job_id))?.stop = true;
            answer(&())
        }
        _ if name.starts_with("blob.") => blobs::call(lent, name, &payload, body).await,
        _ if name.starts_with("upload.") => uploads::call(lent, name, &payload, body).await,
        "live.publish" => {
            let publish: Publish = read(&payload)?;
            if !publish.topic.starts_with(&format!("{plugin}.")) {
                return Err(Fault::new(FaultKind::Refused, "the topic of another plugin"));
            }
            world.effects().live.push(publish);
            answer(&())
        }
        // Whoever sleeps finds that the time has passed.
        "timer.sleep" => {
            world.clock.advance(read::<i64>(&payload)?.min(60_000));
            answer(&())
        }
        "tabs.list" => answer(&world.tabs(&lent.caller, &read::<String>(&payload)?)),
        "views.list" => answer(&Vec::<Json>::new()),
        "once" => answer(&once::handle(lent, tx, read(&payload)?).await?),
        "db.behind" => {
            let statement = Unpacker::new(&payload).statement()?;
            lent.guard(&statement);
            world.behind.lock().unwrap_or_else(PoisonError::into_inner).push(statement);
            answer(&())
        }
        other => Err(missing("call", other)),
    }
}

pub(crate) fn missing(what: &str, name: &str) -> Fault {
    Fault::new(FaultKind::NotFound, format!("no {what} of this name")).about(name)
}

fn sign(lent: &Lent, request: SignRequest) -> Result<Signed, Fault> {
    let SignRequest { typ, mut claims } = request;
    let plugin = lent.world.plugin(&lent.plugin);
    if !plugin.is_some_and(|plugin| plugin.manifest().token_types.contains(&typ)) {
        let fault = Fault::new(FaultKind::Refused, "the plugin described no such token type");
        return Err(fault.about(typ));
    }
    claims.insert("iss".to_owned(), keys::ISSUER.into());
    claims.insert("iat".to_owned(), (lent.world.clock.now() / 1000).into());
    claims.entry("jti").or_insert_with(|| lent.world.fresh_id().into());
    Ok(Signed { token: lent.world.keys.sign(&lent.plugin, &typ, &claims) })
}

fn setting(lent: &Lent, key: String) -> Result<Json, Fault> {
    let plugin = lent.world.plugin(&lent.plugin).ok_or_else(|| missing("plugin", &lent.plugin))?;
    let described = plugin.manifest().settings.iter().find(|setting| setting.key == key);
    let described = described.ok_or_else(|| missing("setting", &key))?;
    let settings = lent.world.settings.lock().unwrap_or_else(PoisonError::into_inner);
    let set = settings.get(&(lent.plugin.to_string(), key));
    Ok(set.unwrap_or(&described.default).clone())
}

fn progress(lent: &Lent, progress: &Progress) -> bool {
    let mut effects = lent.world.effects();
    effects.progress.push(progress.clone());
    effects.job(&lent.caller.job_id).is_some_and(|job| {
        job.status.progress = progress.clone();
        job.stop
    })
}

async fn service(lent: &Lent, tx: TxId, call: ServiceCall) -> Answer {
    let world = &lent.world;
    let fake = {
        let fakes = world.fakes.lock().unwrap_or_else(PoisonError::into_inner);
        fakes.get(&call.name).cloned()
    };
    if let Some(fake) = fake {
        return answer(&fake(&call.caller(&lent.caller), call.payload)?);
    }
    let offering = world.find(|plugin| plugin.manifest().services.contains(&call.name));
    // The host's own, which is always there; no key of a test was ever taken back.
    if offering.is_none() && call.name == contracts::keys::WITHDRAWN.name {
        return answer(&Vec::<String>::new());
    }
    let offering = offering.ok_or_else(|| {
        Fault::new(FaultKind::Unavailable, "no plugin of this test offers it").about(&call.name)
    })?;
    let (name, caller) = (format!("service:{}", call.name), call.caller(&lent.caller));
    // Boxed because a service may call a service.
    answer(&Box::pin(world.call(&offering, caller, tx, &name, &call.payload)).await?)
}
