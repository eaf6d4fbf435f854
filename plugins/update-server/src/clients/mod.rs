//! Installations that asked for updates: which run what.

mod list;
mod page;

use plugin_api::{Access, Plugin, Routes};

use crate::{READ, paths};

/// Adds what belongs to them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let read = Access::permission(READ);
    let routes = Routes::new()
        .get(paths::CLIENTS, page::page, read.clone())
        .get(&format!("{}/export", paths::CLIENTS), page::export, read.clone())
        .get(paths::CLIENT_VERSIONS, page::versions, read);
    plugin
        .menu("update-clients", paths::CLIENTS, "list", "read", "")
        .hint("update-clients-about")
        .group("updates")
        .routes(routes)
}
