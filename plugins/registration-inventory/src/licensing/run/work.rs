//! Does a run: each licence is issued, linked and noted in one transaction, so that a run that was cut
//! off goes on right behind and no installation gets two.

use plugin_api::db::Batch;
use plugin_api::{Cx, Fault, Problem, Scope};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::mails;
use super::plan::{Plan, audit};
use crate::domain::State;
use crate::licensing::keeper;
use crate::mapping::decisions::{Change, Decision, Kind, decide};
use crate::mapping::tell;
use crate::store::decisions::CHANGED;
use crate::store::installations::{self, Installation};
use crate::store::runs::{self, Group, Item, Outcome, Run};

/// The name of the job.
pub(super) const NAME: &str = "regularise";
/// Installations decided about with one call.
const TOGETHER: usize = 500;
/// Installations one licence is for at most: more than a run has.
const MOST: i64 = 2_000;

#[derive(Deserialize)]
struct Payload {
    run_id: String,
}

/// The job; nothing when the run waits for nothing, or for another job.
pub(super) async fn job(cx: Cx, payload: Json) -> Result<(), Fault> {
    let Payload { run_id } = serde_json::from_value(payload)?;
    let found = runs::get(&cx.db(), &Scope::everything(), &run_id).await?;
    let mine = |run: &Run| run.state == "running" && run.job_id == cx.caller().job_id;
    let Some(run) = found.filter(mine) else { return Ok(()) };
    self::run(&cx.acting_for(&run.caller), &run).await
}

/// Does what is left to do.
pub(super) async fn run(cx: &Cx, run: &Run) -> Result<(), Fault> {
    let plan = Plan::of(run)?;
    let most = if plan.each { 1 } else { MOST };
    let mut done = run.done + run.failed;
    loop {
        let items = runs::next(&cx.db(), &run.run_id, most).await?;
        if items.is_empty() {
            return end(cx, run, "done").await;
        }
        if tell(cx, done, run.total).await? {
            return end(cx, run, "stopped").await;
        }
        match next(cx, run, &plan, &items).await {
            Ok(()) => done += 1,
            // Another job works on the run.
            Err(fault) if fault.is_mismatch(runs::RUN) => return Ok(()),
            Err(fault) => return Err(fault),
        }
    }
}

/// Issues one licence for these.
async fn next(cx: &Cx, run: &Run, plan: &Plan, items: &[Item]) -> Result<(), Fault> {
    let issued = cx.transaction(|tx| async move { issued(&tx, run, plan, items).await }).await;
    let Err(problem) = issued else { return Ok(()) };
    let is_changed = problem.codice() == CHANGED;
    match problem.fault() {
        _ if is_changed => {}
        Some(fault) => return Err(fault.clone()),
        None => {}
    }
    // Somebody changed one of them in the same moment: they stay as he left them.
    let outcome = Outcome { licence_id: None, problem: "changed", detail: "" };
    let ids: Vec<&str> = items.iter().map(|item| item.installation_id.as_str()).collect();
    let noted = runs::noted(&run.run_id, &ids, outcome, cx.now()).into_iter();
    cx.db().batch(noted.fold(Batch::new(), Batch::and).and(runs::advanced(run, false))).await?;
    Ok(())
}

async fn issued(cx: &Cx, run: &Run, plan: &Plan, items: &[Item]) -> Result<(), Problem> {
    let Some(first) = items.first() else { return Ok(()) };
    let ids: Vec<String> = items.iter().map(|item| item.installation_id.clone()).collect();
    let found = installations::by_ids(&cx.db(), cx.scope(), &ids).await?;
    let fit: Vec<Installation> = found.into_iter().filter(|one| still_fits(one, first)).collect();
    let fit_ids: Vec<&str> = fit.iter().map(|one| one.installation_id.as_str()).collect();
    let gone: Vec<&str> =
        ids.iter().map(String::as_str).filter(|id| !fit_ids.contains(id)).collect();
    let now = cx.now();
    let changed = Outcome { licence_id: None, problem: "changed", detail: "" };
    let noted = runs::noted(&run.run_id, &gone, changed, now).into_iter();
    let batch = noted.fold(Batch::new(), Batch::and);
    if fit.is_empty() {
        cx.db().batch(batch.and(runs::advanced(run, false))).await?;
        return Ok(());
    }
    let group = Group {
        account_id: first.account_id.clone(),
        customer: fit.iter().find_map(|one| one.customer.clone()).unwrap_or_default(),
        product_code: first.product_code.clone(),
        n: i64::try_from(fit.len()).unwrap_or(i64::MAX),
    };
    let ordered = keeper::issue(cx, &plan.order(&group)).await?;
    let licence_id = Some(ordered.licence_id.as_str()).filter(|_| ordered.problem.is_empty());
    let problem = if licence_id.is_some() { "" } else { "refused" };
    let outcome = Outcome { licence_id, problem, detail: &ordered.problem };
    let noted = runs::noted(&run.run_id, &fit_ids, outcome, now).into_iter();
    let mut batch = noted.fold(batch, Batch::and).and(runs::advanced(run, licence_id.is_some()));
    if let Some(licence_id) = licence_id {
        link(cx, plan, &group, &fit_ids, licence_id).await?;
        let node = fit.first().map_or("", |one| one.organisation_id.as_str());
        for mail in mails::of(cx, run, plan, node).await? {
            batch = batch.mail(mail);
        }
    }
    cx.db().batch(batch).await?;
    Ok(())
}

/// Whether an installation still is what the run found.
fn still_fits(one: &Installation, item: &Item) -> bool {
    one.state == State::Assigned
        && one.licence_id.is_none()
        && one.account_id.as_deref() == Some(&item.account_id)
        && one.product_code.as_deref() == Some(&item.product_code)
}

async fn link(
    cx: &Cx,
    plan: &Plan,
    group: &Group,
    ids: &[&str],
    licence_id: &str,
) -> Result<(), Problem> {
    let summary = json!({ "customer": group.customer, "product": group.product_code });
    let decision = Decision::new(cx, Kind::Regularise, summary);
    for ids in ids.chunks(TOGETHER) {
        let change = |id: &&str| Change {
            licence_id: Some(Some(licence_id.to_owned())),
            licence_offered: Some(plan.terms.announced),
            ..Change::of(*id)
        };
        let changes = ids.iter().map(change).collect();
        decide(cx, Decision { changes, ..decision.clone() }).await?;
    }
    Ok(())
}

/// Ends a run, unless another job works on it.
async fn end(cx: &Cx, run: &Run, state: &str) -> Result<(), Fault> {
    let to = Run { state: state.to_owned(), ended_at: Some(cx.now()), ..run.clone() };
    let action = if state == "done" { "inventory_run.finished" } else { "inventory_run.stopped" };
    let batch = Batch::new().and(runs::moved(cx.scope(), run, &to)).audit(audit(action, run));
    match cx.db().batch(batch).await {
        Err(fault) if !fault.is_mismatch(runs::RUN) => Err(fault),
        _ => Ok(()),
    }
}
