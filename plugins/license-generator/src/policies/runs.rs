//! `/crm/policies/runs/{id}`: how far a run is that applies a policy, to stop it and to go on.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::form::Typed;
use plugin_api::lent::{JobState, JobStatus};
use plugin_api::ui::{Action, Card, Confirm, Facts, Head, Markup, Notice, Progress, Tone};
use plugin_api::{Cx, Form, Page, Path, Problem, SeeOther};
use serde_json::json;

use super::apply::queued;
use crate::paths;
use crate::store::policies::runs::{self, Run, RunState};
use crate::store::policies::{self as store, Stored};

/// The page.
#[derive(Template)]
#[template(path = "license-generator/policy-run.html")]
struct RunPage {
    head: Head,
    body: Markup,
    acts: Markup,
    facts: Card,
}

/// How far it is.
pub(super) async fn show(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (run, policy) = found(&cx, &id).await?;
    let lang = cx.lang();
    let status = cx.job_status(&run.job_id).await?;
    let number = lang.number(run.version);
    let title = lang.with("policy-run-title", &[("name", &policy.name), ("version", &number)]);
    let (body, acts) = told(&cx, &run, status.as_ref());
    let facts = Facts::new()
        .text(lang.t("policy-run-total"), lang.number(run.licences_total))
        .text(lang.t("policy-run-done"), lang.number(run.licences_done))
        .text(lang.t("policy-run-changed"), lang.number(run.licences_changed))
        .text(lang.t("policy-run-begun"), lang.instant(run.created_at))
        .text(lang.t("policy-run-by"), &run.created_by);
    let page = RunPage {
        head: Head::new(&title)
            .back(&policy.name, cx.url(&paths::of(paths::POLICY, &policy.policy_id))),
        body,
        acts,
        facts: Card::new("counts", lang.t("policy-run-counts")).body(&facts),
    };
    Page::new(title, &page)
}

fn told(cx: &Cx, run: &Run, status: Option<&JobStatus>) -> (Markup, Markup) {
    let lang = cx.lang();
    let here = cx.url(&paths::of(paths::POLICY_RUN, &run.run_id));
    let notice = |tone, key: &str| Markup::of(&Notice::new(tone, lang.t(key)));
    if run.state == RunState::Done {
        return (notice(Tone::Ok, "policy-run-finished"), Markup::default());
    }
    if run.state == RunState::Running && is_at_work(status) {
        let follow = cx.url(&format!("/system/jobs/{}", run.job_id));
        let progress = status.map(|status| &status.progress);
        let percent = progress.map_or(0, |progress| {
            let percent = progress.done.saturating_mul(100).checked_div(progress.total);
            u8::try_from(percent.unwrap_or(0).min(100)).unwrap_or(100)
        });
        let bar = Progress::new(&lang, "policy-run", lang.t("policy-run-running"), percent)
            .message(progress.map(|progress| progress.message.clone()).unwrap_or_default())
            .poll(follow);
        let consequence = lang.t("policy-run-stop-hint");
        let stop = Confirm::new(&lang, "stop", lang.t("policy-run-stop"), here, consequence)
            .hidden("passo", "ferma");
        return (Markup::of(&bar), Markup::of(&stop));
    }
    let failed = status.is_some_and(|status| status.state == JobState::Failed);
    let body = match (run.state, failed) {
        (RunState::Running, true) => notice(Tone::Bad, "policy-run-failed"),
        _ => notice(Tone::Warn, "policy-run-stopped"),
    };
    let again = Action::post(lang.t("continue"), here).with("passo", "continua").primary();
    (body, Markup::of(&again))
}

/// Stops it or goes on. A button pressed twice, or on a page that is out of date, changes nothing.
pub(super) async fn step(
    cx: Cx,
    Path(id): Path<String>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (run, policy) = found(&cx, &id).await?;
    let status = cx.job_status(&run.job_id).await?;
    let at_work = run.state == RunState::Running && is_at_work(status.as_ref());
    match Typed::from(form).text("passo") {
        "ferma" if at_work => cx.cancel_job(&run.job_id).await?,
        "continua" if run.state != RunState::Done && !at_work => {
            let job_id = cx.fresh_id();
            let audit = Audit::of("policy.application_resumed", &policy.policy_id)
                .named(&policy.name)
                .after(json!({ "version": run.version }));
            let batch = Batch::new()
                .and(runs::step(&run, RunState::Running, &job_id))
                .audit(audit)
                .enqueue(queued(&run.run_id, &job_id));
            match cx.db().batch(batch).await {
                Err(fault) if !fault.is_mismatch("run") => return Err(fault.into()),
                _ => {}
            }
        }
        _ => {}
    }
    Ok(SeeOther::to(cx.url(&paths::of(paths::POLICY_RUN, &id))).into_response())
}

/// Whether the job of a run is waiting or running.
fn is_at_work(status: Option<&JobStatus>) -> bool {
    status.is_some_and(|job| matches!(job.state, JobState::Queued | JobState::Running))
}

async fn found(cx: &Cx, run_id: &str) -> Result<(Run, Stored), Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let run = runs::get(&db, scope, run_id).await?.ok_or_else(Problem::not_found)?;
    let policy = store::get(&db, scope, &run.policy_id).await?.ok_or_else(Problem::not_found)?;
    Ok((run, policy))
}
