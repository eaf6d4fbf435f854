//! Installations that asked for updates: which run what.

mod asked;
mod list;
mod shares;
mod summary;
mod versions;

pub(crate) use list::listed_at;

use plugin_api::{Access, Plugin, Routes, table};

use crate::{INSTALLATIONS, paths};

/// Adds what belongs to them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let read = Access::permission(INSTALLATIONS);
    let summary = Routes::new().get(paths::VERSIONS, summary::page, read.clone()).get(
        &format!("{}/export", paths::VERSIONS),
        summary::export,
        read.clone(),
    );
    plugin
        .menu("update-versions", paths::VERSIONS, "chart", "installations", "")
        .hint("update-versions-about")
        .group("updates")
        .menu("update-clients", paths::CLIENTS, "list", "installations", "")
        .hint("update-clients-about")
        .group("updates")
        .routes(summary)
        .routes(table::routes(list::spec, &read))
}
