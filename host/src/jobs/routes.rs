//! `GET /system/jobs/{job_id}`: how far a job is, for the bar that follows it.

use plugin_api::lent::{JobState, JobStatus};
use plugin_api::{Access, Cx, Json, Lang, Path, Problem, Routes};
use serde::Serialize;

use super::person;
use crate::store;

/// The routes of jobs.
pub fn routes() -> Routes {
    Routes::new().get("/system/jobs/{job_id}", show, Access::SignedIn)
}

/// What `ui::Progress::poll` reads.
#[derive(Debug, Serialize)]
struct Shown {
    job_id: String,
    job: String,
    state: JobState,
    percent: u64,
    message: String,
}

async fn show(cx: Cx, Path(job_id): Path<String>) -> Result<Json<Shown>, Problem> {
    let found = store::jobs::visible(&cx.db(), cx.scope(), person(cx.caller()), &job_id).await?;
    Ok(Json(shown(found.ok_or_else(Problem::not_found)?, &cx.lang())))
}

/// A failure is told in general words: its cause is written for the log.
fn shown(status: JobStatus, lang: &Lang) -> Shown {
    let JobStatus { job_id, job, state, progress, .. } = status;
    let percent = match state {
        JobState::Done => 100,
        _ => progress.done.saturating_mul(100).checked_div(progress.total).unwrap_or(0).min(100),
    };
    let message =
        if state == JobState::Failed { lang.t("job-failed") } else { progress.message };
    Shown { job_id, job, state, percent, message }
}
