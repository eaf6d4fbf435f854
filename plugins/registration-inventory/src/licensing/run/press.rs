//! The buttons of a run: start or go on, stop.

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::{Batch, Enqueue};
use plugin_api::table::TableQuery;
use plugin_api::ui::FormErrors;
use plugin_api::{Cx, Fault, Form, Path, Problem, SeeOther};
use serde_json::json;

use super::plan::{Plan, audit};
use super::preview::{self, Priced};
use super::{found, is_at_work, may_go_on, work};
use crate::mapping::sheet::{Sent, value};
use crate::paths;
use crate::store::runs::{self, Run};

/// Runs of so many licences are done while somebody waits, larger ones by a job.
const AT_ONCE: i64 = 20;

fn there(cx: &Cx, run: &Run) -> SeeOther {
    SeeOther::to(cx.url(&paths::of(paths::RUN, &run.run_id)))
}

fn out_of_date(cx: &Cx, run: &Run) -> Response {
    there(cx, run).saying(cx.lang().t("run-out-of-date")).into_response()
}

/// Starts a run, or goes on with one that was stopped or cut off.
pub(super) async fn start(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let run = found(&cx, &id).await?;
    if run.state != "preview" {
        return go_on(&cx, run).await;
    }
    let refused = async |errors: &FormErrors, wrong| {
        let query = TableQuery::parse("");
        let page = preview::show(&cx, &run, &sent, (errors, wrong), &query).await;
        page.map(axum::response::IntoResponse::into_response)
    };
    let plan = match Plan::read(&sent, &cx.lang()) {
        Ok(plan) => plan,
        Err(errors) => return refused(&errors, None).await,
    };
    let priced = Priced::of(&cx, &run, &plan).await?;
    if priced.fine.is_empty() {
        return refused(&FormErrors::new(), Some("run-none")).await;
    }
    if priced.sum.seen() != value(&sent, "visto") {
        return refused(&FormErrors::new(), Some("licensing-price-changed")).await;
    }
    let started = Run {
        terms: serde_json::to_string(&plan).map_err(Fault::from)?,
        total: priced.licences(&plan),
        ..run.clone()
    };
    let batch = priced.leaving_out(Batch::new(), &run, cx.now());
    begin(&cx, (&run, started), batch).await
}

async fn go_on(cx: &Cx, run: Run) -> Result<Response, Problem> {
    if !may_go_on(cx, &run).await? {
        return Ok(out_of_date(cx, &run));
    }
    begin(cx, (&run, run.clone()), Batch::new()).await
}

/// Moves a run on. Who confirms it last is on whose rights it is done.
async fn begin(cx: &Cx, (run, to): (&Run, Run), batch: Batch) -> Result<Response, Problem> {
    let job_id = cx.fresh_id();
    let to =
        Run { state: "running".to_owned(), job_id: job_id.clone(), caller: cx.kept_caller(), ..to };
    let is_small = to.total - to.done - to.failed <= AT_ONCE;
    let told = json!({ "licences": to.total });
    let mut batch = batch
        .and(runs::moved(cx.scope(), run, &to))
        .audit(audit("inventory_run.started", run).after(told));
    if !is_small {
        let payload = json!({ "run_id": to.run_id });
        let job = work::NAME.to_owned();
        batch = batch.enqueue(Enqueue { job, payload, run_at: 0, job_id });
    }
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch(runs::RUN) => return Ok(out_of_date(cx, run)),
        other => other?,
    };
    if is_small {
        work::run(cx, &to).await?;
    }
    Ok(there(cx, run).into_response())
}

/// Stops a run; what was done stays.
pub(super) async fn stop(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let run = found(&cx, &id).await?;
    if !is_at_work(&cx, &run).await? {
        return Ok(out_of_date(&cx, &run));
    }
    cx.cancel_job(&run.job_id).await?;
    Ok(there(&cx, &run).saying(cx.lang().t("run-stopping")).into_response())
}
