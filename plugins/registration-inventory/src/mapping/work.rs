//! What was decided, done: at once when it is little, else by a job that tells how far it is.

use axum::response::{IntoResponse as _, Response};
use plugin_api::contracts::accounts::{self, Account, Find};
use plugin_api::db::{Batch, Enqueue};
use plugin_api::table::{Selection, TableSpec};
use plugin_api::{Cx, Fault, Problem, SeeOther};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::decisions::undo::Mapped;
use super::decisions::{Change, Decision, Kind, decide, who};
use super::rules;
use crate::domain::State;
use crate::store::{companies, decisions};
use crate::{installations, paths};

/// The name of the job.
pub(super) const NAME: &str = "decide";
/// Installations decided about at once, and in one batch.
pub(super) const AT_ONCE: i64 = 200;

/// What to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Work {
    /// The same for each of these installations.
    Installations { selection: Selection, act: Act },
    /// Each company is the customer it most likely is.
    Best { selection: Selection },
    /// A company is a customer, who gets its installations that wait.
    Company { company_id: String, account_id: String },
    /// The version rules of a name, where nobody said otherwise; `codes` are those of all its rules,
    /// also of one that was removed.
    Rules { software_id: String, codes: Vec<String> },
}

/// What becomes of installations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Act {
    /// A customer has them.
    Assign(String),
    /// They are in this state.
    State(State),
    /// They are this product; empty for that of their software.
    Product(String),
}

#[derive(Serialize, Deserialize)]
struct Payload {
    caller: String,
    decision_id: String,
    work: Work,
}

/// Does `work` about `count` installations or companies, now or by a job, and shows where it is told.
pub(super) async fn start(cx: &Cx, work: Work, count: i64) -> Result<Response, Problem> {
    let decision_id = cx.fresh_id();
    let many = matches!(work, Work::Best { .. });
    let there = if many {
        SeeOther::to(cx.url(paths::DECISIONS))
    } else {
        SeeOther::to(cx.url(&paths::of(paths::DECISION, &decision_id)))
    };
    if count <= AT_ONCE {
        run(cx, &work, &decision_id).await?;
        if let Work::Rules { software_id, .. } = &work
            && decisions::by_id(&cx.db(), cx.scope(), &decision_id).await?.is_none()
        {
            // They said nothing new of any installation, so there is no decision.
            let there = SeeOther::to(cx.url(&paths::of(paths::SOFTWARE_NAME, software_id)));
            return Ok(there.saying(cx.lang().t("rules-changed-nothing")).into_response());
        }
        return Ok(there.saying(cx.lang().t("decided-done")).into_response());
    }
    let payload = Payload { caller: cx.kept_caller(), decision_id: decision_id.clone(), work };
    let mut batch = Batch::new();
    if !many {
        let (kind, summary) = told(cx, &payload.work).await?;
        let decision =
            Decision { decision_id: decision_id.clone(), ..Decision::new(cx, kind, summary) };
        // The row is there at once, so that its page can follow the job.
        decide(cx, decision).await?;
    }
    batch = batch.enqueue(Enqueue {
        job: NAME.to_owned(),
        payload: serde_json::to_value(&payload).map_err(Fault::from)?,
        run_at: 0,
        job_id: decision_id,
    });
    cx.db().batch(batch).await?;
    Ok(there.saying(cx.lang().t("decided-later")).into_response())
}

/// The job.
pub(super) async fn job(cx: Cx, payload: Json) -> Result<(), Fault> {
    let payload: Payload = serde_json::from_value(payload)?;
    let cx = cx.acting_for(&payload.caller);
    run(&cx, &payload.work, &payload.decision_id).await.map_err(|problem| {
        problem.fault().cloned().unwrap_or_else(|| Fault::internal(problem.codice()))
    })
}

/// The account, in the caller's branch.
pub(super) async fn account(cx: &Cx, id: &str) -> Result<Account, Problem> {
    let found = cx.service(&accounts::FIND, &Find { account_id: id.to_owned() }).await?;
    found.ok_or_else(Problem::not_found)
}

/// The kind of a piece of work and what it says.
async fn told(cx: &Cx, work: &Work) -> Result<(Kind, Json), Problem> {
    Ok(match work {
        Work::Installations { act: Act::Assign(id), .. } => {
            (Kind::Assign, json!({ "customer": account(cx, id).await?.name }))
        }
        Work::Installations { act: Act::State(state), .. } => {
            (Kind::State, json!({ "state": state.wire() }))
        }
        Work::Installations { act: Act::Product(code), .. } => {
            (Kind::Product, json!({ "product": code }))
        }
        Work::Company { company_id, account_id } => {
            let company = companies::by_id(&cx.db(), cx.scope(), company_id).await?;
            let company = company.ok_or_else(Problem::not_found)?;
            let account = account(cx, account_id).await?;
            let mapped = Mapped {
                what: "company".to_owned(),
                id: company_id.clone(),
                before: company.account_id,
                after: Some(account.account_id),
            };
            let name = if company.name.is_empty() { company.vat_number } else { company.name };
            let said = json!({ "company": name, "customer": account.name, "mapped": [mapped] });
            (Kind::Company, said)
        }
        Work::Rules { software_id, .. } => {
            let found = crate::store::software::by_id(&cx.db(), cx.scope(), software_id).await?;
            let software = found.ok_or_else(Problem::not_found)?;
            (Kind::Product, json!({ "software": software.name }))
        }
        Work::Best { .. } => (Kind::Company, json!({})),
    })
}

/// Does it.
async fn run(cx: &Cx, work: &Work, decision_id: &str) -> Result<(), Problem> {
    match work {
        Work::Installations { selection, act } => {
            let decision = decision(cx, work, decision_id).await?;
            selected(cx, &installations::list::spec(), selection, act, decision).await
        }
        Work::Best { selection } => best(cx, selection).await,
        Work::Company { company_id, account_id } => {
            company(cx, company_id, account_id, decision_id).await
        }
        Work::Rules { software_id, codes } => {
            rules::apply(cx, software_id, codes, decision(cx, work, decision_id).await?).await
        }
    }
}

async fn decision(cx: &Cx, work: &Work, decision_id: &str) -> Result<Decision, Problem> {
    let (kind, summary) = told(cx, work).await?;
    Ok(Decision { decision_id: decision_id.to_owned(), ..Decision::new(cx, kind, summary) })
}

async fn selected(
    cx: &Cx,
    spec: &TableSpec,
    selection: &Selection,
    act: &Act,
    decision: Decision,
) -> Result<(), Problem> {
    let mut made = Change::default();
    match act {
        Act::Assign(id) => made.account = Some(account(cx, id).await?),
        Act::State(state) => made.state = Some(*state),
        Act::Product(code) => {
            made.product_code = Some(Some(code.clone()).filter(|code| !code.is_empty()));
        }
    }
    let total = selection.count(cx, spec).await?;
    let (mut after, mut done) = (None::<String>, 0);
    loop {
        let size = usize::try_from(AT_ONCE).unwrap_or_default();
        let ids = selection.ids(cx, spec, after.as_deref(), size).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = Some(last.clone());
        done += i64::try_from(ids.len()).unwrap_or_default();
        let changes = ids.iter().map(|id| Change { installation_id: id.clone(), ..made.clone() });
        decide(cx, Decision { changes: changes.collect(), ..decision.clone() }).await?;
        if tell(cx, done, total).await? {
            return Ok(());
        }
    }
}

/// Tells how far a job is; answers whether somebody asked it to stop.
pub(crate) async fn tell(cx: &Cx, done: i64, total: i64) -> Result<bool, Fault> {
    if cx.caller().job_id.is_empty() {
        return Ok(false);
    }
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let lang = cx.lang();
    let (n, of) = (lang.number(done), lang.number(total));
    let message = lang.with("decide-progress", &[("n", &n), ("total", &of)]);
    cx.progress(count(done), count(total), &message).await
}

/// Each company is the likeliest customer; those without a suggestion are left out.
async fn best(cx: &Cx, selection: &Selection) -> Result<(), Problem> {
    let spec = super::companies::suggested();
    let total = selection.count(cx, &spec).await?;
    let (mut after, mut done) = (None::<String>, 0);
    loop {
        let ids = selection.ids(cx, &spec, after.as_deref(), 50).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = Some(last.clone());
        for id in &ids {
            if let Some(account_id) = super::companies::best(cx, id).await? {
                company(cx, id, &account_id, &cx.fresh_id()).await?;
            }
        }
        done += i64::try_from(ids.len()).unwrap_or_default();
        if tell(cx, done, total).await? {
            return Ok(());
        }
    }
}

/// A company is a customer, who gets its installations that wait.
pub(super) async fn company(
    cx: &Cx,
    company_id: &str,
    account_id: &str,
    decision_id: &str,
) -> Result<(), Problem> {
    let account = account(cx, account_id).await?;
    let work =
        Work::Company { company_id: company_id.to_owned(), account_id: account.account_id.clone() };
    let decision = decision(cx, &work, decision_id).await?;
    let known =
        companies::by_id(&cx.db(), cx.scope(), company_id).await?.ok_or_else(Problem::not_found)?;
    let by = who(cx);
    let said = companies::account_if(
        company_id,
        known.account_id.as_deref(),
        Some(&account.account_id),
        (cx.now(), &by),
    );
    let mut with = Batch::new().and(said.label(decisions::CHANGED).expect_rows(1));
    let mut after = String::new();
    loop {
        let ids = companies::pending(&cx.db(), cx.scope(), company_id, &after, AT_ONCE).await?;
        if let Some(last) = ids.last() {
            after.clone_from(last);
        }
        let is_last = i64::try_from(ids.len()).unwrap_or_default() < AT_ONCE;
        let changes =
            ids.iter().map(|id| Change { account: Some(account.clone()), ..Change::of(id) });
        let part = Decision { changes: changes.collect(), with, ..decision.clone() };
        decide(cx, part).await?;
        with = Batch::new();
        if is_last || tell(cx, 0, 0).await? {
            return Ok(());
        }
    }
}
