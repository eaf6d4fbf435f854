//! Many installations regularised at once: priced and confirmed, then done here or by a job.

mod list;
mod mails;
mod plan;
mod prepare;
mod press;
mod preview;
mod report;
mod show;
mod work;

use plugin_api::lent::JobState;
use plugin_api::table::{self, BulkAction, TableSpec};
use plugin_api::{Access, Cx, Fault, Plugin, Problem, Routes};

use super::keeper;
use crate::store::runs::{self, Run};
use crate::{LICENSE, paths};

/// Starts a run, or goes on with one.
const START: &str = "/crm/inventory-runs/{id}/start";
/// Stops it.
const STOP: &str = "/crm/inventory-runs/{id}/stop";
/// What it would cost.
const PREVIEW: &str = "/crm/inventory-runs/{id}/preview";
/// What became of its installations, as a file.
const REPORT: &str = "/crm/inventory-runs/{id}/export";

/// Adds its routes and jobs.
pub(super) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .menu("inventory-runs", paths::RUNS, "key", "license", "")
        .hint("inventory-runs-about")
        .group("inventory")
        .routes(pages())
        .job(work::NAME, None, work::job)
        .job("sweep-runs", Some("37 3 * * *"), prepare::sweep)
}

fn pages() -> Routes {
    let license = Access::permission(LICENSE);
    table::routes(list::spec, &license)
        .post(paths::REGULARISE, prepare::handle, license.clone())
        .get(paths::RUN, show::page, license.clone())
        .get(REPORT, report::export, license.clone())
        .post(PREVIEW, preview::priced, license.clone())
        .post(START, press::start, license.clone())
        .post(STOP, press::stop, license)
}

/// Adds the way to regularise several installations to their list; not where nobody keeps licences.
pub(crate) async fn actions(cx: &Cx, spec: TableSpec) -> Result<TableSpec, Fault> {
    Ok(if keeper::is_there(cx).await? {
        spec.bulk(BulkAction::new("installations-regularise", paths::REGULARISE, LICENSE))
    } else {
        spec
    })
}

/// A run of the caller's branch.
async fn found(cx: &Cx, id: &str) -> Result<Run, Problem> {
    runs::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// Whether the job of a run waits or works.
async fn is_at_work(cx: &Cx, run: &Run) -> Result<bool, Fault> {
    if run.state != "running" {
        return Ok(false);
    }
    let status = cx.job_status(&run.job_id).await?;
    Ok(status.is_some_and(|job| matches!(job.state, JobState::Queued | JobState::Running)))
}

/// Whether a run was stopped, or its job is gone.
async fn may_go_on(cx: &Cx, run: &Run) -> Result<bool, Fault> {
    Ok(match run.state.as_str() {
        "stopped" => true,
        "running" => !is_at_work(cx, run).await?,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_tables_make_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::list::spec().mistakes(&lang), Vec::<String>::new());
            assert_eq!(super::report::spec("x").mistakes(&lang), Vec::<String>::new());
        }
    }
}
