//! Takes reports in: reads them, groups them, writes them. Nobody is ever blocked.

mod budgets;
mod fold;
mod group;
mod incoming;
mod intake;
mod limits;
mod queue;
mod write;

pub(crate) use fold::VENDOR;
pub(crate) use incoming::{Answer, Incoming, Outcome};

use std::collections::BTreeMap;

use plugin_api::time::DAY;
use plugin_api::{Access, Cx, Fault, Plugin, Problem, Routes};
use serde_json::Value as Json;

use self::intake::Intake;
use crate::api::registrazione_software as api;
use crate::store::receive::forget_keys;

/// The live topic of the list of installations: it has changed.
pub const TOPIC: &str = "registration-inventory.installations";
/// Keys forgotten with one statement.
const KEYS: i64 = 1_000;
/// Seconds after which an address that filled its part of the disk may try again.
const FULL: u32 = 600;
/// The quota of reports of one software from one address, as quarantine names it.
const TOO_MANY: &str = "reports";

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let routes = Routes::new()
        .api(plugin_api::routes!(api::post, api::get), &Access::Public)
        .cross_origin(&["POST", "GET"], &["content-type", "idempotency-key"]);
    limits::settings(plugin)
        .memory(Intake::new())
        .topic("installations", "read")
        .routes(routes)
        .job("forget-request-keys", Some("11 * * * *"), forget)
}

/// Takes in a report that a program sent, above a quota into quarantine.
pub(crate) async fn take_in(cx: &Cx, mut item: Incoming) -> Result<Outcome, Problem> {
    let intake = cx.memory::<Intake>()?;
    let limits = intake.limits(cx).await?;
    let (address, now) = (cx.caller().address, cx.now());
    let own = cx.caller().subscriber().map(|own| own.to_string()).unwrap_or_default();
    let waited = intake.waiting_since().map_or(0, |since| now - since);
    let _ticket = intake.waiting.enter(&own, waited)?;
    item.address = address.map(|address| address.to_canonical().to_string()).unwrap_or_default();
    if !limits.exempts(address) {
        if !intake.budgets.has_room_for(&own, item.payload.len(), now) {
            return Err(Problem::too_many_requests(FULL));
        }
        let software = &item.identity.software_id;
        if intake.budgets.spend_on_report(software, &own, now) > limits.reports {
            item.quarantine = Some(TOO_MANY);
        }
        item.subscriber = own;
    }
    let answer = fold_in(cx, vec![item]).await.pop();
    Ok(answer.unwrap_or_else(|| Err(Fault::internal("a report without an answer")))?)
}

/// Writes reports together with those that come in meanwhile, and answers each in order; every one
/// is committed when it is answered `Ok`. Up to some hundreds at once.
pub(crate) async fn fold_in(cx: &Cx, items: Vec<Incoming>) -> Vec<Answer> {
    let intake = match cx.memory::<Intake>() {
        Ok(intake) => intake,
        Err(fault) => return items.iter().map(|_| Err(fault.clone())).collect(),
    };
    let (count, dialect) = (items.len(), cx.db().dialect());
    let mut parts: BTreeMap<usize, Vec<(usize, Incoming)>> = BTreeMap::new();
    for (at, item) in items.into_iter().enumerate() {
        parts.entry(intake.place_of(dialect, &item)).or_default().push((at, item));
    }
    let mut answers: Vec<Option<Answer>> = (0..count).map(|_| None).collect();
    for (place, part) in parts {
        let Some(group) = intake.group(place) else { continue };
        let shard = i64::try_from(place + 1).unwrap_or(1);
        let (at, items): (Vec<usize>, Vec<Incoming>) = part.into_iter().unzip();
        let written = group.submit(items, cx.now(), |items| write::flush(cx, items, shard)).await;
        for (at, answer) in at.into_iter().zip(written) {
            if let Some(place) = answers.get_mut(at) {
                *place = Some(answer);
            }
        }
    }
    let none = || Err(Fault::internal("a report without an answer"));
    answers.into_iter().map(|answer| answer.unwrap_or_else(none)).collect()
}

/// A job: forgets the keys of requests that are over a day old.
async fn forget(cx: Cx, _: Json) -> Result<(), Fault> {
    while cx.db().execute(forget_keys(cx.now() - DAY, KEYS)).await? > 0 {}
    Ok(())
}
