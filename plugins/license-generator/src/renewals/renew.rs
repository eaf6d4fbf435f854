//! Renewing a licence: the one way, from the page, the API, bulk actions and by itself.

use plugin_api::contracts::ledger::{self, Book};
use plugin_api::contracts::{licences, timeline};
use plugin_api::db::{Audit, Batch};
use plugin_api::time::date;
use plugin_api::{Cx, Problem};
use serde_json::json;

use super::order::{Order, Payment, Plan, plan};
use crate::domain::draft::Rejection;
use crate::domain::licence::Licence;
use crate::domain::payment::Kind;
use crate::issue::NotIssued;
use crate::store::licences::change::{self, LICENCE};
use crate::store::renewal_failures;
use crate::store::renewals::{self as rows, Renewal};
use crate::{store, story};

/// Renews a licence as it was read, with its transaction of the ledger; run it on a transaction. The
/// same reference again answers what it did the first time.
pub(crate) async fn renew(cx: &Cx, licence: &Licence, order: &Order) -> Result<Renewal, NotIssued> {
    let (db, scope) = (cx.db(), cx.scope());
    if let Some(reference) = &order.reference
        && let Some(done) = rows::by_reference(&db, scope, &licence.licence_id, reference).await?
    {
        return Ok(done);
    }
    let plan = plan(cx, licence, order).await?;
    let renewal = Renewal {
        renewal_id: cx.fresh_id(),
        licence_id: licence.licence_id.clone(),
        kind: Kind::Renewal,
        mode: plan.mode,
        automatic: order.automatic,
        old_end: Some(plan.old_end),
        new_end: Some(plan.new_end),
        amount: plan.amount,
        currency: plan.currency.clone(),
        discount: order.discount,
        due_at: plan.due_at,
        paid_at: None,
        cancelled_at: None,
        transaction_id: None,
        reference: order.reference.clone(),
        at: cx.now(),
        by_name: story::who(cx.caller()),
    };
    // Before the ledger: two at once wait for each other here, and the second finds it changed.
    db.batch(Batch::new().and(change::renewing(scope, licence, plan.new_end, cx.now()))).await?;
    let transaction_id = book(cx, licence, order, &plan, &renewal).await?;
    let renewal = Renewal { transaction_id, ..renewal };
    db.batch(writing(cx, licence, &renewal)).await?;
    Ok(renewal)
}

/// Books what a renewal costs with whoever keeps the ledger.
async fn book(
    cx: &Cx,
    licence: &Licence,
    order: &Order,
    plan: &Plan,
    renewal: &Renewal,
) -> Result<Option<String>, NotIssued> {
    if plan.amount == 0 {
        return Ok(None);
    }
    let method = match order.payment {
        Payment::Paid(method) => method,
        Payment::Postponed(_) => "",
    };
    let book = Book {
        account_id: licence.account_id.clone(),
        kind: plan.transaction_kind(),
        amount: plan.amount,
        currency: plan.currency.clone(),
        at: cx.now(),
        due_at: plan.due_at,
        method: method.to_owned(),
        notes: format!("{} → {}", date(plan.old_end), date(plan.new_end)),
        licence_id: licence.licence_id.clone(),
        licence_name: format!("{} {}", licence.product_name, licence.key_hint),
        reference: format!("renewal:{}", renewal.renewal_id),
    };
    Ok(Some(cx.service(&ledger::BOOK, &book).await?.transaction_id))
}

/// Everything a renewal leaves beside the new end.
fn writing(cx: &Cx, licence: &Licence, renewal: &Renewal) -> Batch {
    let scope = cx.scope();
    let action = "licence.renewed";
    let until = renewal.new_end.unwrap_or_default();
    let audit = Audit::of(action, &licence.licence_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .before(json!({ "end": renewal.old_end }))
        .after(json!({
            "end": renewal.new_end,
            "amount": renewal.amount,
            "currency": renewal.currency,
            "mode": renewal.mode.as_str(),
            "due_at": renewal.due_at,
            "automatic": renewal.automatic,
            "transaction": renewal.transaction_id,
        }));
    let told = licences::Renewed {
        licence_id: licence.licence_id.clone(),
        account_id: licence.account_id.clone(),
        product_code: licence.product_code.clone(),
        until,
        transaction_id: renewal.transaction_id.clone().unwrap_or_default(),
        automatic: renewal.automatic,
    };
    let line = story::entry(cx, licence.into(), action, &date(until));
    let batch = Batch::new()
        .and(rows::insertion(renewal, &licence.organisation_id, &licence.account_id))
        .and(renewal_failures::forgetting(scope, &licence.licence_id))
        .audit(audit)
        .emit(licences::RENEWED, told)
        .emit(timeline::HAPPENED, line);
    match renewal.due_at {
        Some(due_at) => batch.and(owing_from(cx, licence, due_at)),
        None => batch,
    }
}

/// The statement that notes a further payment that is due; the earliest of several counts.
pub(crate) fn owing_from(cx: &Cx, licence: &Licence, due_at: i64) -> plugin_api::db::Statement {
    let earlier = licence.due_at.filter(|_| licence.owes());
    let due_at = earlier.map_or(due_at, |earlier| earlier.min(due_at));
    change::owing(cx.scope(), &licence.licence_id, Some(due_at), None)
}

/// Renews a licence in a transaction of its own: why not, if what was asked makes no sense.
pub(crate) async fn in_transaction(
    cx: &Cx,
    licence_id: &str,
    order: &Order,
) -> Result<Result<Renewal, Rejection>, Problem> {
    cx.transaction(|tx| async move {
        let licence = store::licences::get(&tx.db(), tx.scope(), licence_id).await?;
        let licence = licence.ok_or_else(Problem::not_found)?;
        match renew(&tx, &licence, order).await {
            Ok(renewal) => Ok(Ok(renewal)),
            Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection)),
            Err(NotIssued::Failed(fault)) => Err(changed(fault)),
        }
    })
    .await
}

/// The problem of a fault while a licence is changed: 409 when somebody was faster.
pub(crate) fn changed(fault: plugin_api::Fault) -> Problem {
    if fault.is_mismatch(LICENCE) || fault.is_unique("license_generator_renewal") {
        return Problem::conflict("stato_cambiato");
    }
    fault.into()
}
