//! One licence of a run: changed through the same functions as from its own page.

use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault};
use serde_json::json;

use super::{Act, Acting};
use crate::change_state::{self, Outcome};
use crate::domain::bulk::Run;
use crate::domain::licence::{Licence, LicenceType};
use crate::domain::right::days_between;
use crate::domain::state::StoredState;
use crate::issue::{NotIssued, rights};
use crate::renewals::{self, Order, Payment};
use crate::store::licences::change::{self, LICENCE};
use crate::{policies, story};

/// Does it; answers the key of the text that says why it was left as it is, empty when it was done.
pub(super) async fn done(
    cx: &Cx,
    run: &Run,
    (act, acting): (Act, &Acting),
    licence: &Licence,
) -> Result<&'static str, Fault> {
    if let Some(decision) = act.change() {
        return Ok(match change_state::decide(cx, licence, decision).await? {
            Outcome::Done(_) => "",
            Outcome::HeldBy(_) => "bulk-skip-held",
            Outcome::NotNow => "bulk-skip-state",
            Outcome::NotAllowed => "bulk-skip-refused",
        });
    }
    if licence.state_stored == StoredState::Revoked {
        return Ok("bulk-skip-state");
    }
    if act == Act::Renew {
        return renewed(cx, run, acting, licence).await;
    }
    let batch = match act {
        Act::End if is_beyond(cx, acting, licence).await? => return Ok("bulk-skip-refused"),
        Act::End => match ending(cx, acting, licence) {
            Ok(batch) => batch,
            Err(reason) => return Ok(reason),
        },
        _ => match assigning(cx, acting, licence) {
            Some(batch) => batch,
            None => return Ok("bulk-skip-same"),
        },
    };
    match cx.db().batch(batch).await {
        Ok(_) => Ok(""),
        Err(fault) if fault.is_mismatch(LICENCE) => Ok("bulk-skip-changed"),
        Err(fault) => Err(fault),
    }
}

/// The run names the renewal, so that a repetition renews nothing twice.
async fn renewed(
    cx: &Cx,
    run: &Run,
    acting: &Acting,
    licence: &Licence,
) -> Result<&'static str, Fault> {
    let payment = if acting.later { Payment::Postponed(None) } else { Payment::Paid("") };
    let reference = Some(format!("bulk:{}", run.bulk_id));
    let order = Order { payment, reference, ..Order::months(acting.months) };
    match renewals::renew(cx, licence, &order).await {
        Ok(_) => Ok(""),
        Err(NotIssued::Rejected(_)) => Ok("bulk-skip-renewal"),
        Err(NotIssued::Failed(fault)) => Err(fault),
    }
}

/// Whether the new end is later than the caller may let such a licence last.
async fn is_beyond(cx: &Cx, acting: &Acting, licence: &Licence) -> Result<bool, Fault> {
    let later = acting.end.filter(|end| licence.expires_at.is_some_and(|present| *end > present));
    let Some(end) = later else { return Ok(false) };
    let in_force = match policies::in_force(cx, Some(&licence.product_id), None).await {
        Ok(in_force) => in_force,
        Err(NotIssued::Rejected(_)) => return Ok(true),
        Err(NotIssued::Failed(fault)) => return Err(fault),
    };
    let longest = in_force.policy.longest_days.filter(|_| !in_force.may_exceed);
    // A last day counts to its end, whenever the first one began.
    let is_too_long = |days: i64| days_between(licence.starts_at, end) > days.saturating_add(1);
    Ok(longest.is_some_and(is_too_long) || rights::forbid_end(cx, licence, end).await?)
}

fn ending(cx: &Cx, acting: &Acting, licence: &Licence) -> Result<Batch, &'static str> {
    let Some(end) = acting.end.filter(|_| licence.r#type != LicenceType::Permanent) else {
        return Err("bulk-skip-permanent");
    };
    if licence.expires_at == Some(end) {
        return Err("bulk-skip-same");
    }
    let action = "licence.end_changed";
    let line = story::entry(cx, licence.into(), action, &plugin_api::time::date(end));
    let audit = audit(action, licence)
        .before(json!({ "expires_at": licence.expires_at }))
        .after(json!({ "expires_at": end }));
    let ending = change::ending(cx.scope(), licence, end);
    Ok(Batch::new().and(ending).audit(audit).emit(timeline::HAPPENED, line))
}

fn assigning(cx: &Cx, acting: &Acting, licence: &Licence) -> Option<Batch> {
    let seller = acting.seller_id.as_ref().or(licence.seller_id.as_ref());
    let agent = acting.agent_id.as_ref().or(licence.agent_id.as_ref());
    if seller == licence.seller_id.as_ref() && agent == licence.agent_id.as_ref() {
        return None;
    }
    let audit = audit("licence.assigned", licence)
        .before(json!({ "seller": licence.seller_id, "agent": licence.agent_id }))
        .after(json!({ "seller": seller, "agent": agent }));
    let (seller, agent) = (seller.map(String::as_str), agent.map(String::as_str));
    Some(Batch::new().and(change::assigning(cx.scope(), licence, seller, agent)).audit(audit))
}

fn audit(action: &str, licence: &Licence) -> Audit {
    Audit::of(action, &licence.licence_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
}
