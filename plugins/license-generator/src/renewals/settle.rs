//! What becomes of a postponed payment: noted on the licence, which comes back into force when
//! nothing is late any more. The ledger tells it, whoever marked it as paid.

use plugin_api::contracts::ledger::{self, Paid, Settle, Settlement};
use plugin_api::db::{Audit, Batch};
use plugin_api::lent::Event;
use plugin_api::{Cx, Fault, Problem};
use serde_json::json;

use crate::change_state::{Outcome, apply};
use crate::domain::choices::SuspendedFor;
use crate::domain::licence::Licence;
use crate::domain::transition::{Change, Standing};
use crate::store;
use crate::store::licences::change;
use crate::store::renewals::{self as rows, PAYMENT, Renewal};

/// Hears what became of a postponed transaction.
pub(crate) async fn heard(cx: Cx, event: Event) -> Result<(), Fault> {
    let paid: Paid = serde_json::from_value(event.payload)?;
    let renewals = rows::of_transaction(&cx.db(), cx.scope(), &paid.transaction_id).await?;
    for renewal in &renewals {
        let (paid_at, cancelled_at) = match paid.settlement {
            Settlement::Paid => (Some(paid.at), None),
            Settlement::Reopened => (None, None),
            Settlement::Cancelled => (None, Some(paid.at)),
        };
        let noted = cx
            .transaction(|tx| async move { Ok(note(&tx, renewal, paid_at, cancelled_at).await?) });
        noted.await.map_err(fault)?;
    }
    Ok(())
}

fn fault(problem: Problem) -> Fault {
    problem.fault().cloned().unwrap_or_else(|| Fault::internal(problem))
}

/// Marks a postponed payment as paid, here and with whoever keeps the ledger; run it on a
/// transaction. Answers whether it is paid now.
pub(crate) async fn settle(
    cx: &Cx,
    renewal: &Renewal,
    at: i64,
    method: &str,
) -> Result<bool, Fault> {
    if let Some(transaction_id) = renewal.transaction_id.clone() {
        let asked = Settle { transaction_id, at, method: method.to_owned() };
        if !cx.service(&ledger::SETTLE, &asked).await? {
            return Ok(false);
        }
    }
    note(cx, renewal, Some(at), None).await?;
    Ok(true)
}

/// Notes what became of a payment. The same again changes nothing.
async fn note(
    cx: &Cx,
    renewal: &Renewal,
    paid_at: Option<i64>,
    cancelled_at: Option<i64>,
) -> Result<(), Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let is_same = |a: Option<i64>, b: Option<i64>| a.is_some() == b.is_some();
    if is_same(renewal.paid_at, paid_at) && is_same(renewal.cancelled_at, cancelled_at) {
        return Ok(());
    }
    let Some(licence) = store::licences::get(&db, scope, &renewal.licence_id).await? else {
        return Ok(());
    };
    let audit = Audit::of("licence.payment_noted", &licence.licence_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .after(json!({
            "renewal": renewal.renewal_id,
            "paid_at": paid_at,
            "cancelled_at": cancelled_at,
        }));
    let noting = Batch::new().and(rows::noting(scope, renewal, paid_at, cancelled_at)).audit(audit);
    match db.batch(noting).await {
        // Another delivery of the same event was faster.
        Err(fault) if fault.is_mismatch(PAYMENT) => return Ok(()),
        other => other.map(drop)?,
    }
    owe(cx, &licence, paid_at).await
}

/// Brings the licence in line with what is still to be paid for it.
async fn owe(cx: &Cx, licence: &Licence, paid_at: Option<i64>) -> Result<(), Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let next = rows::next_due(&db, scope, &licence.licence_id).await?;
    let (due_at, paid_at) = match next {
        Some(next) => (Some(next), None),
        // Nothing is owed: what was due last stays, with the day it was paid or taken back.
        None => (licence.due_at, Some(paid_at.unwrap_or_else(|| cx.now()))),
    };
    let owing = change::owing(scope, &licence.licence_id, due_at, paid_at);
    db.execute(owing).await?;
    let licence = Licence { due_at, paid_at, ..licence.clone() };
    follow(cx, &licence).await.map(drop)
}

/// Suspends or restores a licence as its payments say.
pub(super) async fn follow(cx: &Cx, licence: &Licence) -> Result<Outcome, Fault> {
    let held = Standing::of(licence) == Standing::Suspended(SuspendedFor::Payment);
    let change = match (licence.payment_suspends(cx.now()), held) {
        (true, false) => Change::Suspend(SuspendedFor::Payment),
        (false, true) => Change::Resume(SuspendedFor::Payment),
        _ => return Ok(Outcome::NotNow),
    };
    // One suspended with its customer would stand there for that.
    apply(cx, licence, change, false).await
}
