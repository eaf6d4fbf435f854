//! Many licences at once: issuing them, changing those that were ticked, and the runs this makes.

mod act;
mod audit;
mod issue;
mod job;
mod list;
mod page;
mod press;
mod preview;
mod report;
mod show;

use plugin_api::lent::JobState;
use plugin_api::table::{self, BulkAction, TableSpec};
use plugin_api::{Access, Cx, Fault, Plugin, Routes, routes};

use crate::domain::bulk::{Run, RunState};
use crate::renewals::RENEW;
use crate::{ISSUE, api, paths};

pub(crate) use act::Act;
pub(crate) use issue::lines::customers;
pub(crate) use issue::prepare::{Asked, prepare};
pub(crate) use press::{By, start_issuing};

/// Who may issue many licences at once.
pub(crate) const BULK: &str = "license-generator:bulk";
/// Runs up to this size are done at once, larger ones by a job.
const AT_ONCE: i64 = 200;

/// Whether the job of a run waits or works.
async fn is_at_work(cx: &Cx, run: &Run) -> Result<bool, Fault> {
    if !matches!(run.state, RunState::Running | RunState::Undoing) {
        return Ok(false);
    }
    let status = cx.job_status(&run.job_id).await?;
    Ok(status.is_some_and(|job| matches!(job.state, JobState::Queued | JobState::Running)))
}

/// Adds its routes, its permission and its jobs.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .permission("bulk", &["reseller"])
        .menu("bulk-runs", paths::BULK, "list", "bulk", "")
        .hint("bulk-runs-about")
        .group("licences")
        .routes(pages())
        .job(job::NAME, None, job::run)
        .job("sweep-bulk", Some("41 3 * * *"), job::sweep)
}

fn pages() -> Routes {
    let bulk = Access::permission(BULK);
    let keys = Access::permission(ISSUE);
    let acts = Access::AnyOf([ISSUE, RENEW].map(str::to_owned).into());
    let either = Access::AnyOf([BULK, ISSUE, RENEW].map(str::to_owned).into());
    table::routes(list::spec, &either)
        .get(paths::BULK_NEW, issue::form::page, bulk.clone())
        .post(paths::BULK_NEW, issue::form::handle, bulk.clone())
        .post(paths::BULK_ACT, act::handle, acts)
        .get(paths::BULK_RUN, show::handle, either.clone())
        .get(paths::BULK_REPORT, report::export, either.clone())
        .get(paths::BULK_KEYS, issue::keys::handle, keys)
        .post(paths::BULK_START, press::start, either.clone())
        .post(paths::BULK_STOP, press::stop, either.clone())
        .post(paths::BULK_UNDO, press::undo, either.clone())
        .post(paths::BULK_FORGET, press::forget, either)
        .api(routes!(api::massiva::crea::handle), &bulk)
        .api(routes!(api::massiva::leggi::handle), &bulk)
}

/// What may be done with the licences ticked in a list of them.
pub(crate) fn actions(spec: TableSpec) -> TableSpec {
    Act::ALL.into_iter().fold(spec, |spec, act| {
        let action = BulkAction::new(act.key(), act.path(), act.permission());
        spec.bulk(if act.takes_away() { action.danger() } else { action })
    })
}
