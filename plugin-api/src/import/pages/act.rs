//! The buttons of an import: start, stop, go on, back to the columns, forget.

use axum::response::{IntoResponse as _, Response};

use super::found;
use crate::db::{Audit, Batch};
use crate::import::job::{audit, queued};
use crate::import::spec::ImportSpec;
use crate::import::store::{self, Import, State};
use crate::lent::JobState;
use crate::{Cx, Fault, FaultKind, Problem, SeeOther};

/// What a button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Writes what was found good, or goes on with it.
    Apply,
    /// Stops the job.
    Stop,
    /// Goes back to the mapping.
    Back,
    /// Forgets the import and its file.
    Forget,
}

impl Step {
    /// Each with the end of the path it is posted to.
    pub(super) const ALL: [(&'static str, Self); 4] = [
        ("/apply", Self::Apply),
        ("/stop", Self::Stop),
        ("/back", Self::Back),
        ("/forget", Self::Forget),
    ];
}

/// Does it. A button pressed twice, or on a page that is out of date, changes nothing.
pub(super) async fn take(
    spec: ImportSpec,
    cx: Cx,
    id: String,
    step: Step,
) -> Result<Response, Problem> {
    let import = found(&spec, &cx, &id).await?;
    let there = SeeOther::to(cx.url(&spec.path(&id, "")));
    let running = is_running(&cx, &import).await?;
    match (step, import.state) {
        (Step::Apply, State::Checked | State::Stopped) => {
            start(&spec, &cx, import, State::Importing).await?;
        }
        // Its job failed for good or was stopped before it began.
        (Step::Apply, State::Importing | State::Checking) if !running => {
            let state = import.state;
            start(&spec, &cx, import, state).await?;
        }
        (Step::Stop, State::Importing | State::Checking) if running => {
            cx.cancel_job(&import.job_id).await?;
        }
        (Step::Back, State::Checked) => back(&spec, &cx, &import).await?,
        (Step::Back, State::Checking) if !running => back(&spec, &cx, &import).await?,
        (Step::Forget, _) if !running => {
            let audit = audit("import.forgotten", &import);
            forget(&spec, &cx, &id, &import.blob_id, audit).await?;
            let notice = cx.lang().with("import-forgotten", &[("file", &import.file_name)]);
            return Ok(SeeOther::to(cx.url(spec.place.path)).saying(notice).into_response());
        }
        _ => return Ok(there.saying(cx.lang().t("import-out-of-date")).into_response()),
    }
    Ok(there.into_response())
}

/// Whether its job is waiting or running.
pub(super) async fn is_running(cx: &Cx, import: &Import) -> Result<bool, Problem> {
    if !matches!(import.state, State::Checking | State::Importing) {
        return Ok(false);
    }
    let status = cx.job_status(&import.job_id).await?;
    Ok(status.is_some_and(|job| matches!(job.state, JobState::Queued | JobState::Running)))
}

/// Puts the import into `to` and queues its job, which acts as the caller.
pub(super) async fn start(
    spec: &ImportSpec,
    cx: &Cx,
    import: Import,
    to: State,
) -> Result<(), Problem> {
    let import = Import { job_id: cx.fresh_id(), caller: cx.kept_caller(), ..import };
    let step = store::step(cx.scope(), spec.tables, &import, (to, cx.now()));
    let action = if to == State::Importing { "import.started" } else { "import.check_started" };
    let batch = Batch::new().and(step).audit(audit(action, &import)).enqueue(queued(spec, &import));
    unless_moved(cx.db().batch(batch).await)
}

async fn back(spec: &ImportSpec, cx: &Cx, import: &Import) -> Result<(), Problem> {
    let step = store::step(cx.scope(), spec.tables, import, (State::Mapping, cx.now()));
    let rows = store::forget_rows(spec.tables, &import.id);
    let batch = Batch::new().and(step).and(rows).audit(audit("import.reopened", import));
    unless_moved(cx.db().batch(batch).await)
}

/// Somebody else pressed a button first: the page says where the import stands now.
pub(super) fn unless_moved(written: Result<Vec<u64>, Fault>) -> Result<(), Problem> {
    match written {
        Err(fault) if !fault.is_mismatch("import") => Err(fault.into()),
        _ => Ok(()),
    }
}

/// Forgets an import, its rows and its file.
pub(super) async fn forget(
    spec: &ImportSpec,
    cx: &Cx,
    import_id: &str,
    blob_id: &str,
    audit: Audit,
) -> Result<(), Fault> {
    let batch = store::forget(spec.tables, import_id).into_iter().fold(Batch::new(), Batch::and);
    cx.db().batch(batch.audit(audit)).await?;
    match cx.delete_blob(blob_id).await {
        Err(fault) if fault.kind != FaultKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}
