//! Releases: made, filled, looked at, published, promoted, taken back.

pub mod body;
pub(crate) mod changed;
pub mod checks;
pub(crate) mod delete;
pub(crate) mod examine;
pub mod files;
pub(crate) mod list;
mod pages;
pub(crate) mod promote;
pub(crate) mod publish;
pub(crate) mod save;
mod tabs;
pub(crate) mod yank;

use plugin_api::{Access, Plugin, Routes};

use crate::{READ, paths};

/// Adds what belongs to them.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let read = Access::permission(READ);
    let routes = Routes::new()
        .get(paths::RELEASES, list::page, read.clone())
        .get(&format!("{}/export", paths::RELEASES), list::export, read)
        .merge(pages::routes())
        .merge(files::routes());
    plugin
        .menu("releases", paths::RELEASES, "box", "read", "")
        .hint("releases-about")
        .group("updates")
        .topic("releases", "read")
        .job(examine::NAME, None, examine::run)
        .search("read", |_| list::spec())
        .routes(routes)
}
