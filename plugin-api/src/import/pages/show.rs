//! The page of one import, by where it stands: columns to map, a job to follow, a report.

use askama::Template;

use super::{act, found, head, mapping, report, steps};
use crate::import::spec::ImportSpec;
use crate::import::store::{Import, State};
use crate::lent::{JobState, JobStatus};
use crate::table::TableQuery;
use crate::ui::{Action, Confirm, Head, Markup, Notice, Progress, Steps, Tone};
use crate::{Cx, Page, Problem};

#[derive(Template)]
#[template(path = "components/import-progress.html")]
struct ProgressPage {
    head: Head,
    steps: Steps,
    body: Markup,
    acts: Markup,
}

/// The page.
pub(super) async fn page(
    spec: ImportSpec,
    cx: Cx,
    id: String,
    query: TableQuery,
) -> Result<Page, Problem> {
    let import = found(&spec, &cx, &id).await?;
    match import.state {
        State::Mapping => mapping::page(&spec, &cx, &import).await,
        State::Checking | State::Importing => progress(&spec, &cx, &import).await,
        State::Checked | State::Stopped | State::Done => {
            report::page(&spec, &cx, &import, &query).await
        }
    }
}

async fn progress(spec: &ImportSpec, cx: &Cx, import: &Import) -> Result<Page, Problem> {
    let lang = cx.lang();
    let (step, doing) = match import.state {
        State::Checking => (2, lang.t("import-checking")),
        _ => (3, lang.t("import-importing")),
    };
    let running = act::is_running(cx, import).await?;
    let status = cx.job_status(&import.job_id).await?;
    let post = |last: &str| cx.url(&spec.path(&import.id, last));
    let (body, acts) = if running {
        let follow = cx.url(&format!("/system/jobs/{}", import.job_id));
        let bar = Progress::new(&lang, "import-job", doing.as_str(), percent(status.as_ref()))
            .message(status.map(|status| status.progress.message).unwrap_or_default())
            .poll(follow);
        let stop = lang.t("import-stop-consequence");
        let stop = Confirm::new(&lang, "stop", lang.t("import-stop"), post("/stop"), stop);
        (Markup::of(&bar), Markup::of(&stop))
    } else {
        let failed = status.is_some_and(|status| status.state == JobState::Failed);
        let key = if failed { "import-failed" } else { "import-interrupted" };
        let notice = Notice::new(if failed { Tone::Bad } else { Tone::Warn }, lang.t(key));
        let again = Action::post(lang.t("continue"), post("/apply")).primary();
        let acts = Markup::of(&again).and(&report::forget(spec, cx, import));
        (Markup::of(&notice), acts)
    };
    let page = ProgressPage { head: head(spec, cx, import), steps: steps(cx, step), body, acts };
    Page::new(format!("{doing}: {}", import.file_name), &page)
}

fn percent(status: Option<&JobStatus>) -> u8 {
    let Some(JobStatus { progress, .. }) = status else { return 0 };
    let percent = progress.done.saturating_mul(100).checked_div(progress.total).unwrap_or(0);
    u8::try_from(percent.min(100)).unwrap_or(100)
}
