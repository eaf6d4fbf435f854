//! Jobs: licences renew themselves at their end, and stop when a payment is late for too long.

use plugin_api::db::Batch;
use plugin_api::time::{DAY, add_months};
use plugin_api::{Cx, Fault};
use serde_json::Value as Json;

use super::order::{Order, Payment};
use super::renew::in_transaction;
use super::settle::follow;
use crate::domain::licence::Licence;
use crate::domain::renewal::Start;
use crate::store;
use crate::store::renewal_failures::{Failure, MOST_ATTEMPTS, noting, of_licence};

/// Name of the job that renews.
pub(super) const RENEW: &str = "renew-automatically";
/// Name of the job that suspends and restores.
pub(super) const OVERDUE: &str = "follow-payments";
/// Setting: days before its end a licence renews itself.
pub(super) const DAYS: &str = "auto-renew-days";
/// Both run each hour: what ends before the next run is renewed in this one.
const HOUR: i64 = 3_600_000;
/// Licences that ended longer ago do not renew themselves any more, days.
const OLDEST: i64 = 30;

/// Renews the licences whose turn it is, each in a transaction of its own.
pub(super) async fn renew(cx: Cx, _: Json) -> Result<(), Fault> {
    let days: i64 = cx.setting(DAYS).await?;
    let now = cx.now();
    let until = now.saturating_add(days.clamp(0, 365) * DAY + HOUR);
    let (db, scope) = (cx.db(), cx.scope());
    let mut after = String::new();
    loop {
        let times = (now - OLDEST * DAY, until, now);
        let ids = store::renewal_failures::turn(&db, scope, times, &after).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        last.clone_into(&mut after);
        for id in &ids {
            if let Some(licence) = store::licences::get(&db, scope, id).await? {
                one(&cx, &licence).await?;
            }
        }
    }
}

/// Renews one; what goes wrong is noted for people, and tried again on the next days.
async fn one(cx: &Cx, licence: &Licence) -> Result<(), Fault> {
    let Some(ends_at) = licence.expires_at else { return Ok(()) };
    // Never more than one period ahead: a month that renews itself 60 days before its end would do so
    // again and again.
    if add_months(cx.now(), licence.renewal_months).is_some_and(|ahead| ends_at > ahead) {
        return Ok(());
    }
    let order = Order {
        start: Start::End,
        payment: Payment::Postponed(None),
        // One end is renewed once, however many hosts run this job.
        reference: Some(format!("auto:{ends_at}")),
        automatic: true,
        ..Order::months(licence.renewal_months)
    };
    let reason = match in_transaction(cx, &licence.licence_id, &order).await {
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(rejection)) => rejection.code.to_owned(),
        Err(problem) => problem.codice().to_owned(),
    };
    let before = of_licence(&cx.db(), cx.scope(), &licence.licence_id).await?;
    let attempts = before.map_or(0, |before| before.attempts) + 1;
    let now = cx.now();
    let failure = Failure {
        ends_at,
        attempts,
        reason: reason.chars().take(64).collect(),
        failed_at: now,
        next_at: (attempts < MOST_ATTEMPTS).then_some(now + DAY),
    };
    let noted = noting(&licence.licence_id, &licence.organisation_id, &failure);
    cx.db().batch(Batch::new().and(noted)).await.map(drop)
}

/// Suspends licences whose payment is late for too long, and restores those it is not any more.
pub(super) async fn overdue(cx: Cx, _: Json) -> Result<(), Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let mut after = String::new();
    loop {
        let ids = store::renewal_failures::late(&db, scope, cx.now(), &after).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        last.clone_into(&mut after);
        for id in &ids {
            if let Some(licence) = store::licences::get(&db, scope, id).await? {
                follow(&cx, &licence).await?;
            }
        }
    }
}
