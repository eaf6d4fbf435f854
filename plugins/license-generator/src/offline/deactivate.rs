//! A machine without a network gives its seat back: the code it shows proves that it destroyed its
//! key, because only who held that key can compute it.

use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Problem, Scope};
use serde_json::json;

use super::answer::{Answered, Case, code_hash};
use crate::clients::Facts;
use crate::domain::decision::Question;
use crate::domain::device::Activation;
use crate::domain::licence::Licence;
use crate::domain::offline::typed_code;
use crate::domain::refusal::Refusal;
use crate::store::activations::{Seat, is_contested};
use crate::store::log::Entry;
use crate::{store, story};

/// Frees the seat of the device that sent a request with its code.
pub(super) async fn by_request(case: &Case<'_>) -> Result<Answered, Problem> {
    let cx = case.cx;
    let facts = Facts::gather(cx, case.found.clone(), &case.asked, Question::Validation).await?;
    let licence = &facts.licence;
    let refuse = |problem: Problem| async {
        let line: Entry<'_> = case.trail.entry(cx, Some(licence), problem.codice());
        cx.write_behind(line.insertion()).await?;
        Err(problem)
    };
    let Some(seat) = facts.seat.as_ref().filter(|seat| seat.is_active()) else {
        return refuse(Refusal::NotActivated.into()).await;
    };
    let code = case.request.code.as_deref().unwrap_or_default();
    let last = match proven(cx, seat, code).await {
        Ok(last) => last,
        Err(problem) => return refuse(problem).await,
    };
    let request_id = cx.fresh_id();
    let with = case
        .row(&request_id, Some(&seat.activation_id))
        .and(store::offline::freed(&last, cx.now()))
        .and(case.trail.success(cx, licence).insertion());
    // The key in the request is the credential: it named this licence by itself.
    free(cx, &Scope::everything(), licence, seat, with).await?;
    Ok(Answered { request_id, activation_id: seat.activation_id.clone(), written: None })
}

/// Frees the seat of a licence the caller may see, by the code alone.
pub(super) async fn by_code(
    cx: &Cx,
    licence: &Licence,
    seat: &Activation,
    code: &str,
) -> Result<(), Problem> {
    let last = proven(cx, seat, code).await?;
    let audit = Audit::of("device.freed", &seat.activation_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .after(json!({
            "licence": licence.licence_id, "device": seat.title(), "confirmed": true,
        }));
    let with = Batch::new().and(store::offline::freed(&last, cx.now())).audit(audit);
    free(cx, cx.scope(), licence, seat, with).await
}

/// The id of the last answer the seat was given, if `code` proves that its key is gone.
async fn proven(cx: &Cx, seat: &Activation, code: &str) -> Result<String, Problem> {
    let last = store::offline::last_answer(&cx.db(), &seat.activation_id).await?;
    // An answer from before the seat was given back and taken again proves nothing about this time.
    let last = last.filter(|last| last.freed_at.is_none() && last.created_at >= seat.activated_at);
    let last = last.ok_or_else(|| Problem::unprocessable("attivazione_non_offline"))?;
    let wrong = || Problem::unprocessable("codice_errato");
    let code = typed_code(code).ok_or_else(wrong)?;
    let hash = code_hash(cx, &code).await?;
    if last.code_hash.as_deref() != Some(hash.as_str()) {
        return Err(wrong());
    }
    Ok(last.request_id)
}

async fn free(
    cx: &Cx,
    scope: &Scope,
    licence: &Licence,
    seat: &Activation,
    with: Batch,
) -> Result<(), Problem> {
    let told = story::entry(cx, licence.into(), "device.freed", seat.title());
    let with = with.emit(timeline::HAPPENED, told);
    let place = Seat { licence_id: &licence.licence_id, activation_id: &seat.activation_id };
    match store::activations::free(&cx.db(), scope, place, cx.now(), with).await {
        Err(fault) if is_contested(&fault) => Err(Refusal::NotActivated.into()),
        done => Ok(done?),
    }
}
