//! `/crm/my-updates`: what a customer may download, and where his programs find updates.

mod own;
mod page;

use plugin_api::{Access, Plugin, Routes};

use crate::{PORTAL, paths};

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let portal = Access::permission(PORTAL);
    let routes = Routes::new()
        .get(paths::MY_UPDATES, page::page, portal.clone())
        .post(paths::MY_ADDRESS, own::address, portal.clone())
        .post(paths::MY_BUNDLE, own::bundle, portal.clone())
        .get(paths::MY_FILE, own::file, portal);
    plugin
        .menu("my-updates", paths::MY_UPDATES, "download", "portal", "")
        .hint("my-updates-about")
        .unless("read")
        .routes(routes)
}
