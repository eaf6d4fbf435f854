//! Gives a device its seat: what the call itself and a request brought from a machine without a
//! network do alike.

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, FaultKind, Problem};

use super::facts::{Asked, Facts};
use super::tokens::{give, suspect};
use crate::api::{Trail, key_hash};
use crate::domain::choices::Binding;
use crate::domain::decision::Question;
use crate::domain::device::{Activation, Device};
use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::refusal::Refusal;
use crate::domain::user::UserName;
use crate::domain::verdict::Verdict;
use crate::store;
use crate::store::activations::{Renewing, Taking, is_contested};
use crate::store::tokens::Given;
use crate::store::users::Seating;

/// How often a request that met another one for the same seat reads again.
const ATTEMPTS: usize = 24;

/// A device that has its seat.
#[derive(Debug)]
pub(crate) struct Activated {
    /// The licence.
    pub(crate) licence: Licence,
    /// The seat.
    pub(crate) activation: Activation,
    /// The token the device shows at its next validation, if its licence asks for one.
    pub(crate) token: Option<String>,
}

/// Gives the device of `asked` a seat of the licence with this key, together with what `with`
/// brings; the same device again gets the same seat. Refusals and success leave their line in the
/// log.
pub(crate) async fn activate(
    cx: &Cx,
    key: ActivationKey,
    asked: &Asked,
    trail: &Trail,
    with: &Batch,
) -> Result<Activated, Problem> {
    let key_hash = key_hash(cx, key).await?;
    let device = asked.device.as_ref().ok_or(Fault::internal("an activation has a device"))?;
    for _ in 0..ATTEMPTS {
        let Some(found) = asked.by_key(cx, &key_hash).await? else {
            // Anybody can send unknown keys: those never wait for a commit of their own.
            let line = trail.entry(cx, None, Refusal::UnknownKey.code());
            cx.write_behind(line.insertion()).await?;
            return Err(Refusal::UnknownKey.into());
        };
        let facts = Facts::gather(cx, found, asked, Question::Activation).await?;
        let refusal = facts.case(asked, Question::Activation, cx.now()).refusal();
        let verdict = Verdict::of(&facts.licence, refusal);
        let log = trail.judged(cx, &facts.licence, verdict).insertion();
        // What the caller brings goes along only if the device gets its seat.
        let is_refused = verdict.refusal().is_some();
        let mut batch = if is_refused { Batch::new() } else { with.clone() };
        if let (Some(Refusal::Cloned), Some(seat)) = (refusal, &facts.seat) {
            let who = (trail.address(), device.name.as_str());
            batch = suspect(cx, batch, &facts.licence, seat, who);
        }
        let batch = batch.and(log);
        if let Some(refusal) = verdict.refusal() {
            cx.db().batch(batch).await?;
            return Err(refusal.into());
        }
        match settle(cx, facts, asked, (device, trail), batch).await {
            Ok(activated) => return Ok(activated),
            Err(fault) if is_contested(&fault) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Err(Fault::new(FaultKind::Retry, "the seat stayed contested").into())
}

/// Takes a seat for the device, or renews the one it has.
async fn settle(
    cx: &Cx,
    facts: Facts,
    asked: &Asked,
    (device, trail): (&Device, &Trail),
    with: Batch,
) -> Result<Activated, Fault> {
    let now = cx.now();
    let licence = &facts.licence;
    let given = licence.conditions.rolling_token.then(|| give(cx, None, trail.address()));
    let (token, given) = given.unzip();
    let activation = match &facts.seat {
        Some(seat) if seat.is_active() => {
            let renewing = Renewing {
                licence,
                activation: seat,
                is_changed: facts.is_changed,
                retired: facts.retired.as_deref(),
                token: given.as_ref(),
                now,
            };
            store::activations::renew(&cx.db(), device, renewing, with).await?;
            described(device, seat.clone(), now)
        }
        _ => take(cx, &facts, asked, device, (given.as_ref(), with)).await?,
    };
    Ok(Activated { licence: facts.licence, activation, token })
}

async fn take(
    cx: &Cx,
    facts: &Facts,
    asked: &Asked,
    device: &Device,
    (token, with): (Option<&Given>, Batch),
) -> Result<Activation, Fault> {
    let now = cx.now();
    let licence = &facts.licence;
    let previous = facts.seat.as_ref();
    let known = previous.map(|seat| seat.activation_id.clone());
    let activation_id = known.unwrap_or_else(|| cx.fresh_id());
    let asking = facts.people.as_ref().and_then(|people| people.asking.as_ref());
    let user_id = asking.map_or_else(|| cx.fresh_id(), |user| user.user_id.clone());
    let person = match (licence.binding, &asked.user) {
        (Binding::User, Some(name)) => {
            Some(Seating { user_id: &user_id, name, is_new: asking.is_none(), reserved: false })
        }
        _ => None,
    };
    let transfer_id = cx.fresh_id();
    let counts = previous.is_none() && licence.conditions.transfers_max.is_some();
    let taking = Taking {
        likeness: facts.likeness.as_ref(),
        retired: facts.retired.as_deref(),
        person,
        transfer_id: counts.then_some(transfer_id.as_str()),
        token,
        ..Taking::new(&activation_id, previous.is_none(), now)
    };
    store::activations::take(&cx.db(), licence, device, taking, with).await?;
    let name = asked.user.as_ref().filter(|_| person.is_some());
    let seat = Activation {
        activation_id: activation_id.clone(),
        activated_at: now,
        user_id: person.map(|person| person.user_id.to_owned()),
        user_name: name.map_or_else(String::new, |UserName { name, .. }| name.clone()),
        deactivated_at: None,
        ..previous.cloned().unwrap_or_else(|| blank(device))
    };
    Ok(described(device, seat, now))
}

/// The seat as the device describes itself now.
fn described(device: &Device, seat: Activation, now: i64) -> Activation {
    Activation {
        fingerprint: device.fingerprint.as_str().to_owned(),
        device_name: device.name.clone(),
        platform: device.platform.clone(),
        last_seen_at: now,
        ..seat
    }
}

fn blank(device: &Device) -> Activation {
    let none = Activation {
        activation_id: String::new(),
        fingerprint: String::new(),
        device_name: String::new(),
        platform: String::new(),
        activated_at: 0,
        last_seen_at: 0,
        deactivated_at: None,
        user_id: None,
        user_name: String::new(),
    };
    described(device, none, 0)
}
