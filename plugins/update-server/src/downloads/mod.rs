//! What was downloaded: by day, file and licence, and how much a licence comes to.

mod list;
mod page;

use plugin_api::{Access, Plugin, Routes};

use crate::{INSTALLATIONS, paths};

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let read = Access::permission(INSTALLATIONS);
    let routes = Routes::new()
        .get(paths::DOWNLOADS, page::page, read.clone())
        .get(&format!("{}/export", paths::DOWNLOADS), page::export, read.clone())
        .get(&format!("{}/licences", paths::DOWNLOADS), page::licences, read);
    plugin
        .menu("update-downloads", paths::DOWNLOADS, "download", "installations", "")
        .hint("update-downloads-about")
        .group("updates")
        .routes(routes)
}
