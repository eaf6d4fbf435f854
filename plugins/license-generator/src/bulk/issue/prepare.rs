//! Prepares a run: everything that can be wrong is found before anybody confirms it.

use plugin_api::db::Batch;
use plugin_api::{Cx, FieldProblem};
use serde_json::json;

use crate::bulk::audit::audit;
use crate::domain::bulk::{Checked, ISSUE, Issuing, Line, MOST, Run, RunState, Source};
use crate::domain::choices::{Binding, Origin};
use crate::domain::draft::{Draft, Rejection};
use crate::issue::{self, NotIssued, Order};
use crate::{store, story};

/// How many wrong lines are told one by one.
const TOLD: usize = 100;

/// Many licences as somebody asks for them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// What each of them is.
    pub(crate) draft: Draft,
    /// How many, when there is no list.
    pub(crate) count: Option<i64>,
    /// What the list holds.
    pub(crate) source: Source,
    /// Its lines.
    pub(crate) checked: Checked,
}

/// Checks what was asked, and keeps it as a run that waits to be confirmed; run it on a transaction.
pub(crate) async fn prepare(cx: &Cx, asked: Asked) -> Result<Run, NotIssued> {
    let Asked { draft, count, source, checked } = asked;
    let total = match source {
        Source::Count => count.unwrap_or_default(),
        _ => i64::try_from(checked.lines.len()).unwrap_or(i64::MAX),
    };
    if !(1..=MOST).contains(&total) {
        return Err(why_none(source, &checked).into());
    }
    let draft = bound(draft, source);
    let order = order(cx, &draft, source, &checked.lines).await?;
    if let Some(rejection) = issue::rights::would_refuse(cx, &order, total).await? {
        return Err(rejection.into());
    }
    let wrong = checked.wrong.iter().take(TOLD).map(|(n, key)| (*n, (*key).to_owned()));
    let work = Issuing {
        source,
        left_out: wrong.collect(),
        left_out_count: i64::try_from(checked.wrong.len()).unwrap_or(i64::MAX),
        draft,
    };
    let is_one_price = source != Source::Customers || work.draft.prezzo.is_some();
    let run = Run {
        bulk_id: cx.fresh_id(),
        organisation_id: cx.caller().organisation_id.clone(),
        kind: ISSUE.to_owned(),
        state: RunState::Prepared,
        title: format!("{total} × {}", order.product.name),
        work: serde_json::to_string(&work).map_err(plugin_api::Fault::from)?,
        total,
        done: 0,
        skipped: 0,
        booked: 0,
        price: order.quote.price.filter(|_| is_one_price),
        currency: order.quote.currency,
        caller: cx.kept_caller(),
        job_id: String::new(),
        created_at: cx.now(),
        created_by: story::who(cx.caller()),
        finished_at: None,
    };
    let told = json!({ "licences": total, "product": order.product.code, "price": run.price });
    let batch = Batch::new().and(store::bulk::insert(&run));
    let lines = store::bulk::keep_lines(&run.bulk_id, &checked.lines)?;
    let batch = lines.into_iter().fold(batch, Batch::and);
    cx.db().batch(batch.audit(audit("bulk.prepared", &run).after(told))).await?;
    Ok(run)
}

/// The order of the first licence: what is wrong with it is wrong with all.
pub(in crate::bulk) async fn order(
    cx: &Cx,
    draft: &Draft,
    source: Source,
    lines: &[Line],
) -> Result<Order, NotIssued> {
    let mut draft = draft.clone();
    if source == Source::Customers {
        draft.cliente = lines.first().map(|line| line.key.clone());
    }
    issue::prepare(cx, &draft, Origin::Bulk).await
}

/// The draft of a licence that is made for one device.
fn bound(draft: Draft, source: Source) -> Draft {
    if source != Source::Devices {
        return draft;
    }
    Draft {
        associazione: Some(Binding::Device.wire().to_owned()),
        dispositivi: Some(1),
        posti: None,
        ..draft
    }
}

fn why_none(source: Source, checked: &Checked) -> Rejection {
    let (pointer, key) = match (source, checked.wrong.first()) {
        (Source::Count, _) => ("/quantita", "bulk-count-range"),
        (_, Some((_, key))) if checked.lines.is_empty() => ("/lista", *key),
        (_, _) if checked.lines.is_empty() => ("/lista", "bulk-list-empty"),
        _ => ("/lista", "bulk-count-range"),
    };
    Rejection::fields(vec![FieldProblem::new(pointer, key)])
}
