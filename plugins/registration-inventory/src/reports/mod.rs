//! Raw reports: the list, one of them, and how long they are kept.

pub(crate) mod list;
mod retention;
mod show;

use plugin_api::{Access, Plugin, Routes};

use crate::{READ, paths};

pub(crate) use list::OF;
pub(crate) use show::came;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let read = Access::permission(READ);
    let routes = Routes::new()
        .get(paths::REPORTS, list::page, read.clone())
        .get("/crm/registrations/export", list::export, read.clone())
        .get(paths::REPORT, show::page, read);
    plugin
        .menu("reports", paths::REPORTS, "list", "read", "")
        .hint("reports-about")
        .group("inventory")
        .routes(routes)
        .routes(crate::api::registrazioni::routes())
        .setting(retention::REPORTS, 365)
        .setting(retention::HISTORY, 0)
        .job(retention::JOB, Some("20 3 * * *"), retention::run)
}
