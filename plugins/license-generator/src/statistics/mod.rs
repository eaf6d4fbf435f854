//! Figures: the dashboard, the report of what customers use, and the same for software.

mod answer;
mod asked;
mod cards;
mod export;
mod figures;
mod fold;
mod page;
mod sheets;
mod span;
mod usage;

pub(crate) use answer::Statistiche;
pub(crate) use asked::{Asked, Parameters};
pub(crate) use figures::compute;
pub(crate) use fold::due;
pub(crate) use usage::{of_accounts as usage_spec, row as usage_row};

use plugin_api::{Access, Plugin, Routes, routes};

use crate::{api, paths};

/// Who may see figures of his branch.
pub(crate) const STATISTICS: &str = "license-generator:statistics";

/// Adds the pages, the endpoints and the job that folds days.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
        .permission("statistics", &["reseller", "sub-company", "agent", "auditor"])
        .menu("statistics", paths::DASHBOARD, "chart", "statistics", "d")
        .hint("statistics-about")
        .group("statistics")
        .menu("usage", paths::USAGE, "chart", "statistics", "")
        .group("statistics")
        .routes(pages())
        .job(fold::JOB, Some("7 * * * *"), fold::run)
}

fn pages() -> Routes {
    let access = Access::permission(STATISTICS);
    Routes::new()
        .get(paths::DASHBOARD, page::handle, access.clone())
        .get(paths::DASHBOARD_EXPORT, export::handle, access.clone())
        .get(paths::USAGE, usage::list, access.clone())
        .get(paths::USAGE_EXPORT, usage::export, access.clone())
        .get(paths::USAGE_OF, usage::show, access.clone())
        .api(routes!(api::statistiche::figures::handle), &access)
        .api(routes!(api::statistiche::usage::handle), &access)
}
