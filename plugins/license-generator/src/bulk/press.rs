//! The buttons of a run: start or go on, stop, take back, forget.

use axum::response::{IntoResponse as _, Response};
use plugin_api::cx::Tx;
use plugin_api::db::Batch;
use plugin_api::form::Typed;
use plugin_api::{Cx, Fault, Form, Path, Problem, SeeOther};

use super::act::{Act, Acting, prepare, questions};
use super::audit::audit;
use super::issue::prepare::order;
use super::{AT_ONCE, BULK, job, preview};
use crate::domain::bulk::{Issuing, Run, RunState};
use crate::issue::{NotIssued, rights};
use crate::{paths, store};

/// Who does a run that was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// A job, however small it is: whoever started it does not wait for it.
    Job,
    /// The request that started it, unless it is too large for that.
    Itself,
}

/// A run in the caller's branch that he may act on: issuing and changing have permissions of their
/// own.
pub(super) async fn found(cx: &Cx, id: &str) -> Result<Run, Problem> {
    let run = store::bulk::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)?;
    let needed = Act::named(&run.kind).map_or(BULK, Act::permission);
    if cx.may(needed) { Ok(run) } else { Err(Problem::forbidden()) }
}

fn there(cx: &Cx, run: &Run) -> SeeOther {
    SeeOther::to(cx.url(&paths::of(paths::BULK_RUN, &run.bulk_id)))
}

/// Starts a run, or goes on with one that was stopped or cut off.
pub(super) async fn start(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut run = found(&cx, &id).await?;
    let prepared = run.state == RunState::Prepared;
    if !prepared && !may_go_on(&cx, &run).await? {
        return Ok(out_of_date(&cx, &run));
    }
    if prepared && let Some(act) = Act::named(&run.kind) {
        let typed = Typed::from(form);
        let acting: Acting = serde_json::from_str(&run.work).map_err(Fault::from)?;
        match questions::read(&cx, act, &typed, acting).await? {
            Ok(acting) => run.work = serde_json::to_string(&acting).map_err(Fault::from)?,
            Err(errors) => return preview::refused(&cx, &run, &typed, &errors).await,
        }
    }
    let started = if run.issues() && prepared {
        let decided = &run;
        let started = cx.transaction(|tx| async move {
            match start_issuing(&tx, decided, By::Itself).await {
                Ok(run) => Ok(Ok(run)),
                Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection)),
                Err(NotIssued::Failed(fault)) => Err(fault.into()),
            }
        });
        match started.await {
            Ok(Ok(started)) => Ok(started),
            Ok(Err(rejection)) => {
                return preview::refused(&cx, &run, &Typed::default(), &rejection.errors).await;
            }
            Err(problem) => Err(problem),
        }
    } else {
        let to = (RunState::Running, By::Itself);
        begin(&cx, &run, to, "bulk.started").await.map_err(Problem::from)
    };
    match started {
        Ok(started) => follow(&cx, started).await,
        Err(problem) if problem.fault().is_some_and(|f| f.is_mismatch(store::bulk::RUN)) => {
            Ok(out_of_date(&cx, &run))
        }
        Err(problem) => Err(problem),
    }
}

/// Counts the licences of a run against what the caller may issue, and starts it; run it on a
/// transaction.
pub(crate) async fn start_issuing(tx: &Tx, run: &Run, by: By) -> Result<Run, NotIssued> {
    let work: Issuing = serde_json::from_str(&run.work).map_err(Fault::from)?;
    let lines = store::bulk::lines(&tx.db(), &run.bulk_id, 0, 1).await?;
    let order = order(tx, &work.draft, work.source, &lines).await?;
    rights::check_many(tx, &order, run.total).await?;
    Ok(begin(tx, run, (RunState::Running, by), "bulk.started").await?)
}

/// Moves a run into `to` under a new job. Who confirms it is whom the job acts for: a run is only
/// shown to people of the branch it belongs to.
async fn begin(cx: &Cx, run: &Run, (to, by): (RunState, By), action: &str) -> Result<Run, Fault> {
    let job_id = cx.fresh_id();
    let mut batch = Batch::new();
    if run.state == RunState::Prepared {
        batch = batch.and(store::bulk::decided(cx.scope(), run));
    }
    batch = batch
        .and(store::bulk::acting_for(cx.scope(), run, &cx.kept_caller()))
        .and(store::bulk::step(cx.scope(), run, to, &job_id, cx.now()))
        .audit(audit(action, run).after(serde_json::json!({ "licences": run.total })));
    if by == By::Job || !at_once(run, to) {
        batch = batch.enqueue(job::queued(&run.bulk_id, &job_id));
    }
    cx.db().batch(batch).await?;
    Ok(Run { state: to, job_id, ..run.clone() })
}

/// Whether a run is so small that nobody needs to wait for a job.
fn at_once(run: &Run, to: RunState) -> bool {
    run.total - run.done <= AT_ONCE && to == RunState::Running
}

/// Does a small run now, and shows the run.
async fn follow(cx: &Cx, run: Run) -> Result<Response, Problem> {
    let there = there(cx, &run);
    if at_once(&run, run.state) {
        job::work(cx, run).await?;
    }
    Ok(there.into_response())
}

/// Whether a run was stopped, or its job is gone.
pub(super) async fn may_go_on(cx: &Cx, run: &Run) -> Result<bool, Fault> {
    Ok(match run.state {
        RunState::Stopped => true,
        RunState::Running | RunState::Undoing => !super::is_at_work(cx, run).await?,
        RunState::Prepared | RunState::Done | RunState::Undone => false,
    })
}

/// Stops a run; what was done stays.
pub(super) async fn stop(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let run = found(&cx, &id).await?;
    if run.state != RunState::Running || !super::is_at_work(&cx, &run).await? {
        return Ok(out_of_date(&cx, &run));
    }
    cx.cancel_job(&run.job_id).await?;
    Ok(there(&cx, &run).saying(cx.lang().t("bulk-stopping")).into_response())
}

/// Takes back: the unused licences of a run that issued some; otherwise by preparing the opposite of
/// what was done, for the same licences.
pub(super) async fn undo(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let run = found(&cx, &id).await?;
    if !matches!(run.state, RunState::Done | RunState::Stopped | RunState::Undone) {
        return Ok(out_of_date(&cx, &run));
    }
    if run.issues() {
        return match begin(&cx, &run, (RunState::Undoing, By::Job), "bulk.undo_started").await {
            Ok(_) => Ok(there(&cx, &run).into_response()),
            Err(fault) if fault.is_mismatch(store::bulk::RUN) => Ok(out_of_date(&cx, &run)),
            Err(fault) => Err(fault.into()),
        };
    }
    let Some(opposite) = Act::named(&run.kind).and_then(Act::opposite) else {
        return Ok(out_of_date(&cx, &run));
    };
    let prepared = prepare(&cx, opposite, &Acting::of_run(&run.bulk_id)).await?;
    Ok(there(&cx, &prepared).into_response())
}

/// Forgets a run nobody confirmed.
pub(super) async fn forget(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let run = found(&cx, &id).await?;
    let rows = store::bulk::forget(cx.scope(), &run).into_iter();
    let batch = rows.fold(Batch::new(), Batch::and).audit(audit("bulk.forgotten", &run));
    match cx.db().batch(batch).await {
        Err(fault) if !fault.is_mismatch(store::bulk::RUN) => Err(fault.into()),
        Err(_) => Ok(out_of_date(&cx, &run)),
        Ok(_) => {
            let list = SeeOther::to(cx.url(paths::BULK));
            Ok(list.saying(cx.lang().t("bulk-forgotten")).into_response())
        }
    }
}

fn out_of_date(cx: &Cx, run: &Run) -> Response {
    there(cx, run).saying(cx.lang().t("bulk-out-of-date")).into_response()
}
