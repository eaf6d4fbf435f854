//! Settling a postponed entry, taking that back, and correcting an entry by another one.

use plugin_api::contracts::ledger::{PAID, Paid, Settle, Settlement, TransactionKind};
use plugin_api::db::Batch;
use plugin_api::time::{date, parse_date};
use plugin_api::{Cx, Fault, FaultKind, Form, Path, Problem, SeeOther};
use serde::Deserialize;

use super::book::told;
use super::entry::{Transaction, is_method};
use crate::found::found;
use crate::happened::actor_id;
use crate::store::transactions::{self as rows, LABEL};
use crate::{paths, store};

/// What became of a settlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// It is written.
    Yes,
    /// Somebody was faster, or there is nothing to settle.
    TooLate,
}

/// The answer to the question when and how it was paid.
#[derive(Debug, Deserialize)]
pub(super) struct SettleForm {
    #[serde(default)]
    date: String,
    #[serde(default)]
    method: String,
}

/// What is to be known of a correction.
#[derive(Debug, Deserialize)]
pub(super) struct ReverseForm {
    #[serde(default)]
    reason: String,
}

/// `POST /crm/transactions/{id}/settle`.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<SettleForm>,
) -> Result<SeeOther, Problem> {
    let entry = named(&cx, &id).await?;
    let Some(at) = parse_date(&form.date) else {
        return Err(Problem::unprocessable("settle_date"));
    };
    if !is_method(&form.method) {
        return Err(Problem::unprocessable("settle_method"));
    }
    answer(&cx, &id, settle(&cx, &entry, at, &form.method).await?, "transaction-settled-told")
}

/// `POST /crm/transactions/{id}/reopen`: it was not paid after all.
pub(super) async fn reopen(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let entry = named(&cx, &id).await?;
    let (Some(settled_at), true) = (entry.settled_at, entry.is_settled()) else {
        return Err(Problem::conflict("transaction_changed"));
    };
    let after = Transaction { settled_at: None, settled_method: String::new(), ..entry.clone() };
    let batch = Batch::new()
        .and(rows::reopening(cx.scope(), &id, settled_at))
        .emit(PAID, paid(&entry, Settlement::Reopened, cx.now()));
    let done = write(&cx, (Some(&entry), &after), "transaction.reopened", batch).await?;
    answer(&cx, &id, done, "transaction-reopened-told")
}

/// `POST /crm/transactions/{id}/reverse`: books the same with the other sign.
pub(super) async fn reverse(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<ReverseForm>,
) -> Result<SeeOther, Problem> {
    let entry = named(&cx, &id).await?;
    let notes: String = form.reason.trim().replace("\r\n", "\n").chars().take(4_000).collect();
    let reversal = entry.reversal(cx.fresh_id(), cx.now(), actor_id(&cx), notes);
    let batch = Batch::new()
        .and(rows::correction(cx.scope(), &id, &reversal.transaction_id))
        .and(rows::insertion(&reversal));
    let batch = if entry.kind == TransactionKind::Postponed {
        batch.emit(PAID, paid(&entry, Settlement::Cancelled, cx.now()))
    } else {
        batch
    };
    let done = write(&cx, (None, &reversal), "transaction.reversed", batch).await?;
    answer(&cx, &id, done, "transaction-reversed-told")
}

/// Settles an entry, unless somebody settled or corrected it since it was read.
pub(crate) async fn settle(
    cx: &Cx,
    entry: &Transaction,
    at: i64,
    method: &str,
) -> Result<Done, Problem> {
    let after =
        Transaction { settled_at: Some(at), settled_method: method.to_owned(), ..entry.clone() };
    let batch = Batch::new()
        .and(rows::settlement(cx.scope(), &entry.transaction_id, at, method))
        .emit(PAID, paid(entry, Settlement::Paid, at));
    write(cx, (Some(entry), &after), "transaction.settled", batch).await
}

/// Answers [`SETTLE`](plugin_api::contracts::ledger::SETTLE), on the caller's transaction.
pub(crate) async fn settle_asked(cx: Cx, asked: Settle) -> Result<bool, Fault> {
    let found = store::transactions::find(&cx.db(), cx.scope(), &asked.transaction_id).await?;
    let entry = found.ok_or_else(|| {
        Fault::new(FaultKind::NotFound, "no such transaction").about(asked.transaction_id)
    })?;
    let Some(day) = parse_date(&date(asked.at)).filter(|_| is_method(&asked.method)) else {
        return Err(Fault::invalid("this is no settlement"));
    };
    if entry.is_settled() || !entry.is_open() {
        return Ok(entry.is_settled());
    }
    let done = settle(&cx, &entry, day, &asked.method).await;
    let done = done.map_err(|why| why.fault().cloned().unwrap_or_else(|| Fault::internal(why)))?;
    Ok(done == Done::Yes)
}

/// What others are told of an entry.
fn paid(entry: &Transaction, settlement: Settlement, at: i64) -> Paid {
    Paid {
        transaction_id: entry.transaction_id.clone(),
        account_id: entry.customer_id.clone(),
        licence_id: entry.licence_id.clone(),
        reference: entry.reference.clone().unwrap_or_default(),
        settlement,
        at,
    }
}

async fn write(
    cx: &Cx,
    change: (Option<&Transaction>, &Transaction),
    action: &str,
    batch: Batch,
) -> Result<Done, Problem> {
    let customer = found(cx, &change.1.customer_id).await?;
    match cx.db().batch(told(cx, &customer, change, action, batch)).await {
        Ok(_) => Ok(Done::Yes),
        Err(fault) if fault.is_mismatch(LABEL) => Ok(Done::TooLate),
        Err(fault) => Err(Fault::into(fault)),
    }
}

fn answer(cx: &Cx, id: &str, done: Done, key: &str) -> Result<SeeOther, Problem> {
    match done {
        Done::TooLate => Err(Problem::conflict("transaction_changed")),
        Done::Yes => Ok(SeeOther::to(cx.url(&paths::transaction(id))).saying(cx.lang().t(key))),
    }
}

/// The entry, when it lies in the caller's branch.
pub(super) async fn named(cx: &Cx, id: &str) -> Result<Transaction, Problem> {
    let found = store::transactions::find(&cx.db(), cx.scope(), id).await?;
    found.ok_or_else(Problem::not_found)
}
