//! The end of a run that issues licences: one transaction of the ledger, one line of the timeline
//! and one audit row for all of them.

use plugin_api::contracts::accounts::{self, Account};
use plugin_api::contracts::ledger::{self, Book, TransactionKind};
use plugin_api::contracts::{licences, timeline};
use plugin_api::db::Batch;
use plugin_api::time::parse_end_of_day;
use plugin_api::{Cx, Fault};
use serde_json::json;

use super::make::fault;
use crate::bulk::audit::audit;
use crate::domain::bulk::{Issuing, Run, RunState, Source};
use crate::{ISSUE, paths, store, story};

/// Ends a run in a state, with a code that says why it ended early; books what is not booked yet.
pub(super) async fn end(
    cx: &Cx,
    run: &Run,
    work: &Issuing,
    (to, code): (RunState, &str),
) -> Result<(), Fault> {
    let action = if to == RunState::Done { "bulk.finished" } else { "bulk.stopped" };
    let ended = cx.transaction(|tx| async move {
        let told = json!({ "issued": run.made(), "left_out": run.skipped, "reason": code });
        let step = store::bulk::step(tx.scope(), run, to, &run.job_id, tx.now());
        let mut batch = Batch::new().and(step).audit(audit(action, run).after(told));
        let news = run.done - run.booked;
        if work.source != Source::Customers
            && news > 0
            && let Some(account) = account(&tx, work).await?
        {
            book(&tx, run, work, &account, news).await?;
            batch = tell(&tx, batch, run, work, &account, news).await?;
        }
        tx.db().batch(batch.and(store::bulk::booked(run))).await?;
        Ok(())
    });
    match ended.await.map_err(|problem| fault(&problem)) {
        Err(fault) if !fault.is_mismatch(store::bulk::RUN) => Err(fault),
        _ => Ok(()),
    }
}

async fn account(cx: &Cx, work: &Issuing) -> Result<Option<Account>, Fault> {
    let account_id = work.draft.cliente.clone().unwrap_or_default();
    cx.service(&accounts::FIND, &accounts::Find { account_id }).await
}

/// Books what these licences cost together.
async fn book(
    cx: &Cx,
    run: &Run,
    work: &Issuing,
    account: &Account,
    news: i64,
) -> Result<(), Fault> {
    let amount = run.price.unwrap_or_default().saturating_mul(news);
    if amount == 0 || work.draft.interna {
        return Ok(());
    }
    let due_at = work.draft.pagamento_entro.as_deref().and_then(|day| parse_end_of_day(day.trim()));
    let book = Book {
        account_id: account.account_id.clone(),
        kind: due_at.map_or(TransactionKind::Activation, |_| TransactionKind::Postponed),
        amount,
        currency: run.currency.clone(),
        at: cx.now(),
        due_at,
        method: String::new(),
        notes: run.title.clone(),
        licence_id: String::new(),
        licence_name: String::new(),
        // A run that was stopped and goes on books again, but never the same licences.
        reference: format!("bulk:{}:{}", run.bulk_id, run.booked),
    };
    cx.service(&ledger::BOOK, &book).await.map(drop)
}

/// Tells the timeline of the customer, and who wants to know that something was issued to him.
async fn tell(
    cx: &Cx,
    batch: Batch,
    run: &Run,
    work: &Issuing,
    account: &Account,
    news: i64,
) -> Result<Batch, Fault> {
    let code = work.draft.prodotto.as_deref().unwrap_or_default().trim();
    let product = store::products::by_code(&cx.db(), code).await?;
    let name = product.as_ref().map_or(code, |product| product.name.as_str());
    let kind = "bulk.issued";
    let entry = timeline::Entry {
        account_id: account.account_id.clone(),
        at: cx.now(),
        kind: kind.to_owned(),
        icon: "key".to_owned(),
        text: cx.in_languages(|lang| {
            let n = lang.number(news);
            lang.with("story-bulk-issued", &[("n", n.as_str()), ("product", name)])
        }),
        path: paths::of(paths::BULK_RUN, &run.bulk_id),
        permission: ISSUE.to_owned(),
        actor: story::who(cx.caller()),
    };
    let issued = licences::Issued {
        licence_id: String::new(),
        account_id: account.account_id.clone(),
        product_code: code.to_owned(),
    };
    Ok(batch.emit(timeline::HAPPENED, entry).emit(licences::ISSUED, issued))
}
