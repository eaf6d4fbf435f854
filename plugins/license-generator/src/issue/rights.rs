//! Whether somebody may issue what he asks for: his permission, the rules that bind him, and how
//! many he issued.

use std::collections::BTreeSet;

use plugin_api::{Actor, Caller, Cx, Fault, FieldProblem, Lang, Permissions};

use super::{NotIssued, Order};
use crate::domain::choices::Origin;
use crate::domain::draft::Rejection;
use crate::domain::licence::Licence;
use crate::domain::right::{Asked, Counted, Excess, Quota, Right, Within, days_between};
use crate::store::rights::Counter;
use crate::{ISSUE, store};

/// The stable code of a refusal.
pub const CODE: &str = "oltre_i_diritti";

/// Refuses an order that is beyond what the caller may issue, and counts it against his quotas.
pub(super) async fn check(cx: &Cx, order: &Order) -> Result<(), NotIssued> {
    check_many(cx, order, 1).await
}

/// Refuses `n` orders like this one when they are beyond what the caller may issue, and counts them
/// against his quotas: call it once for all of them, on the transaction that decides. A refusal
/// counts nothing.
pub async fn check_many(cx: &Cx, order: &Order, n: i64) -> Result<(), NotIssued> {
    let rights = allowing(cx, order).await?;
    let mut claimed: Vec<Counter> = Vec::new();
    for (right, quota, counter) in counters(cx, &rights) {
        if store::rights::claim(&cx.db(), &counter, n, quota.most).await? {
            claimed.push(counter);
            continue;
        }
        for counter in &claimed {
            store::rights::release(&cx.db(), counter, n).await?;
        }
        return Err(beyond(&cx.lang(), right, Excess::Quota(quota)).into());
    }
    Ok(())
}

/// Refuses a change of `licence` into `order` that makes of it what the caller may not issue. What
/// nobody touches was allowed once, less than there was is no more of it, and quotas count what is
/// issued.
pub(crate) async fn check_change(
    cx: &Cx,
    licence: &Licence,
    order: &Order,
    touched: &BTreeSet<String>,
) -> Result<(), NotIssued> {
    let is = |names: &[&str]| names.iter().any(|name| touched.contains(*name));
    let asked = asked(order);
    let had = [Some(licence.devices_max), licence.users_max, licence.seats_max];
    let has_more = had.into_iter().flatten().max().is_none_or(|had| asked.seats > had);
    let lasts_longer = licence
        .expires_at
        .is_some_and(|end| order.terms.expires_at.is_none_or(|later| later > end));
    for right in &mut binding(cx).await? {
        let limits = &mut right.limits;
        if !is(&["prodotto"]) {
            limits.products.clear();
        }
        if !is(&["tipo"]) {
            limits.types.clear();
        }
        limits.no_internal &= is(&["interna"]);
        limits.seats_most = limits.seats_most.filter(|_| has_more);
        limits.days_most = limits.days_most.filter(|_| lasts_longer);
        if let Some(excess) = right.excess(&asked) {
            return Err(beyond(&cx.lang(), right, excess).into());
        }
    }
    Ok(())
}

/// Whether a rule that binds the caller keeps him from letting a licence last until `end`.
pub(crate) async fn forbid_end(cx: &Cx, licence: &Licence, end: i64) -> Result<bool, Fault> {
    if licence.expires_at.is_some_and(|present| end <= present) {
        return Ok(false);
    }
    let days = days_between(licence.starts_at, end);
    let forbids = |right: &Right| right.limits.days_most.is_some_and(|most| days > most);
    Ok(binding(cx).await?.iter().any(forbids))
}

/// Whether `n` such orders would be refused as things stand; counts nothing, so that forms can say
/// it while somebody types.
pub async fn would_refuse(cx: &Cx, order: &Order, n: i64) -> Result<Option<Rejection>, Fault> {
    let rights = match allowing(cx, order).await {
        Ok(rights) => rights,
        Err(NotIssued::Rejected(rejection)) => return Ok(Some(rejection)),
        Err(NotIssued::Failed(fault)) => return Err(fault),
    };
    for (right, quota, counter) in counters(cx, &rights) {
        if store::rights::counted(&cx.db(), &counter).await? + n > quota.most {
            return Ok(Some(beyond(&cx.lang(), right, Excess::Quota(quota))));
        }
    }
    Ok(None)
}

/// The rules that bind the caller, when the order is within all of them, quotas left out.
async fn allowing(cx: &Cx, order: &Order) -> Result<Vec<Right>, NotIssued> {
    // An import and the exchange of an old key have permissions of their own.
    if matches!(order.origin, Origin::Import | Origin::Legacy) {
        return Ok(Vec::new());
    }
    if !cx.may(ISSUE) {
        let errors = vec![FieldProblem::new("", "right-none")];
        return Err(Rejection { code: CODE, errors }.into());
    }
    let rights = binding(cx).await?;
    let asked = asked(order);
    for right in &rights {
        if let Some(excess) = right.excess(&asked) {
            return Err(beyond(&cx.lang(), right, excess).into());
        }
    }
    Ok(rights)
}

/// The rules that bind the caller; none for a superadmin or a job.
pub async fn binding(cx: &Cx) -> Result<Vec<Right>, Fault> {
    let caller = cx.caller();
    if caller.permissions == Permissions::Everything {
        return Ok(Vec::new());
    }
    let mut rights = store::rights::enabled(&cx.db()).await?;
    if rights.iter().any(|right| right.branch_id.is_some()) {
        let ancestors = store::rights::ancestors(&cx.db(), &caller.organisation_id).await?;
        rights.retain(|right| right.binds(&caller.roles, &ancestors));
    } else {
        rights.retain(|right| right.binds(&caller.roles, &[]));
    }
    // Counters are always claimed in one order, so that two at once cannot wait for each other.
    rights.sort_by(|a, b| a.right_id.cmp(&b.right_id));
    Ok(rights)
}

fn asked(order: &Order) -> Asked {
    let terms = &order.terms;
    let most = [Some(terms.devices_max), terms.users_max, terms.seats_max];
    Asked {
        product_code: order.product.code.clone(),
        r#type: terms.r#type,
        internal: terms.internal,
        seats: most.into_iter().flatten().max().unwrap_or_default(),
        days: terms.expires_at.map(|end| days_between(terms.starts_at, end)),
    }
}

fn counters<'a>(cx: &Cx, rights: &'a [Right]) -> Vec<(&'a Right, Quota, Counter)> {
    let caller = cx.caller();
    let of = |right: &'a Right| {
        let counter = move |quota: Quota| {
            let subject = subject(caller, quota.of);
            let period = quota.within.period(cx.now());
            (right, quota, Counter { right_id: right.right_id.clone(), subject, period })
        };
        right.quotas().into_iter().map(counter)
    };
    rights.iter().flat_map(of).collect()
}

/// Who is counted: a token counts for whose it is.
fn subject(caller: &Caller, of: Counted) -> String {
    if of == Counted::Organisation {
        return format!("organisation:{}", caller.organisation_id);
    }
    match &caller.actor {
        Actor::User { id, .. } => format!("user:{id}"),
        Actor::Token { user_id, .. } => format!("user:{user_id}"),
        Actor::Job { .. } | Actor::Anonymous => "job".to_owned(),
    }
}

fn beyond(lang: &Lang, right: &Right, excess: Excess) -> Rejection {
    let (pointer, key, most) = match excess {
        Excess::Product => ("/prodotto", "right-excess-product", 0),
        Excess::Type => ("/tipo", "right-excess-type", 0),
        Excess::Internal => ("/interna", "right-excess-internal", 0),
        Excess::Seats(most) => ("/dispositivi", "right-excess-seats", most),
        Excess::Days(most) => ("/scadenza", "right-excess-days", most),
        Excess::Quota(quota) => ("", quota_key(quota), quota.most),
    };
    let arguments = [("rule", right.name.as_str()), ("max", &lang.number(most))];
    let sentence = lang.with(key, &arguments);
    Rejection { code: CODE, errors: vec![FieldProblem::new(pointer, sentence)] }
}

fn quota_key(quota: Quota) -> &'static str {
    match (quota.of, quota.within) {
        (Counted::Person, Within::Day) => "right-excess-person-day",
        (Counted::Person, Within::Month) => "right-excess-person-month",
        (Counted::Organisation, Within::Day) => "right-excess-organisation-day",
        (Counted::Organisation, Within::Month) => "right-excess-organisation-month",
    }
}
