//! What devices ask and how it is decided: activation, validation, and who looks after them.

mod act;
mod activate;
mod cards;
mod explain;
mod facts;
mod parts;
mod suspicion;
mod suspicious;
mod tokens;
mod users;
mod watch;
mod why;

use plugin_api::{Access, Plugin, Routes, routes, table};

pub(crate) use activate::{Activated, activate};
pub(crate) use cards::cards;
pub(crate) use explain::{Told, Trace, explain};
pub(crate) use facts::{Asked, Facts};
pub(crate) use tokens::{roll, suspect};
pub(crate) use why::fingerprint;

use crate::{ISSUE, LOG, READ, api, paths};

/// Adds pages, jobs and settings.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let (read, issue, log) =
        (Access::permission(READ), Access::permission(ISSUE), Access::permission(LOG));
    let routes = Routes::new()
        .api(routes!(api::spiega::handle), &read)
        .get(paths::WHY, why::handle, read)
        .post(paths::USERS, users::handle, issue.clone())
        .post(paths::CLONE, act::clear, issue.clone())
        .post(paths::TRANSFERS, act::forgive, issue)
        .get(paths::SUSPICION, suspicion::show, log.clone())
        .post(paths::SUSPICION_DISMISS, suspicion::dismiss, log.clone());
    plugin
        .menu("suspicious", paths::SUSPICIOUS, "alert", "log", "")
        .hint("suspicious-about")
        .group("activations")
        .setting("log-days", 730)
        .routes(routes)
        .routes(table::routes(suspicious::spec, &log))
        .job(watch::WATCH, Some("17 * * * *"), watch::watch)
        .job(watch::FORGET, Some("40 3 * * *"), watch::forget)
}
