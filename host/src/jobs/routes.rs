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
    let message = if state == JobState::Failed { lang.t("job-failed") } else { progress.message };
    Shown { job_id, job, state, percent, message }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use http::{Request, StatusCode};
    use plugin_api::db::{Enqueue, Statement};
    use plugin_api::{Caller, Scope};
    use serde_json::{Value, json};
    use tower::ServiceExt as _;

    use super::*;
    use crate::work::testing::{Scratch, each, user};

    const ID: &str = "0199d7c0-0000-7000-8000-00000000abcd";

    async fn ask(scratch: &Scratch, caller: Caller, id: &str) -> (StatusCode, Value) {
        let (router, _, _) = routes().into_parts("Host");
        let request = Request::get(format!("/system/jobs/{id}"))
            .extension(scratch.cx_of(caller))
            .body(Body::empty())
            .unwrap();
        let response = router.oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn the_bar_is_told_how_far_the_job_is() {
        let scratch = each().await.remove(0);
        let job_id = ID.to_owned();
        let enqueue = Enqueue { job: "send".into(), payload: Value::Null, run_at: 0, job_id };
        let queued = crate::jobs::enqueue_statement(&user("alice"), "p", &enqueue, "", 1);
        scratch.cx.db().execute(queued).await.unwrap();
        let halfway = "update host_job set state = 'running', progress_done = 2, \
                       progress_total = 4, progress_message = 'two of four'";
        scratch.cx.db().execute(Statement::new(halfway)).await.unwrap();
        let (status, shown) = ask(&scratch, user("alice"), ID).await;
        let expected = json!({ "job_id": ID, "job": "send", "state": "running", "percent": 50,
                               "message": "two of four" });
        assert_eq!((status, shown), (StatusCode::OK, expected));

        let failed = "update host_job set state = 'failed', error = 'select from secret_table'";
        scratch.cx.db().execute(Statement::new(failed)).await.unwrap();
        let manager = Caller { scope: Scope::everything(), ..user("manager") };
        let (_, shown) = ask(&scratch, manager, ID).await;
        assert_eq!(shown["message"], "Failed");
        assert!(!shown.to_string().contains("secret_table"));

        assert_eq!(ask(&scratch, user("bob"), ID).await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&scratch, user("alice"), "x").await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&scratch, Caller::default(), ID).await.0, StatusCode::UNAUTHORIZED);
    }
}
