//! Figures of the inventory: pages, exports and the same for software.

mod adoption;
mod answer;
mod asked;
mod cards;
mod export;
mod figures;
mod jobs;
mod meant;
mod page;
mod sheets;
mod versions;

pub(crate) use answer::StatisticheRegistrazioni;
pub(crate) use asked::{Asked, Parameters};
pub(crate) use figures::compute;
pub(crate) use jobs::again;

use plugin_api::contracts::inventory;
use plugin_api::{Access, Plugin, Routes, routes};

use crate::{api, paths};

/// One figure as a file.
const EXPORT: &str = "/crm/inventory-statistics/export";

/// Adds the page, the endpoint and the jobs that keep the figures.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let access = Access::permission(crate::STATISTICS);
    let routes = Routes::new()
        .get(paths::STATISTICS, page::handle, access.clone())
        .get(EXPORT, export::handle, access.clone())
        .api(routes!(api::statistiche_registrazioni::handle), &access);
    plugin
        .menu("inventory-statistics", paths::STATISTICS, "chart", "statistics", "")
        .hint("inventory-statistics-about")
        .group("inventory")
        .routes(routes)
        .service(&inventory::VERSIONS, versions::service)
        .setting(asked::SILENT_DAYS, 30)
        .job(jobs::TODAY, Some("2 * * * *"), jobs::today)
        .job(jobs::RECOUNT, Some("41 3 * * *"), jobs::recount)
}
