//! Installations: the live list, and the page of one.

mod cards;
pub(crate) mod list;
mod merged;
mod notes;
mod privacy;
mod rows;
mod show;

use plugin_api::contracts::accounts::MERGED;
use plugin_api::contracts::inventory;
use plugin_api::{Access, Plugin, Routes};

use crate::{CLASSIFY, LICENSE, READ, paths};

pub(crate) use rows::{Cell, Rows};

/// One note: where it is changed.
const NOTE: &str = "/crm/installations/{id}/notes/{note}";
/// Where it is deleted.
const NOTE_DELETE: &str = "/crm/installations/{id}/notes/{note}/delete";
/// Where a new one is written.
const NOTES: &str = "/crm/installations/{id}/notes";

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let read = Access::permission(READ);
    let write = Access::AnyOf(vec![CLASSIFY.to_owned(), LICENSE.to_owned()]);
    let routes = Routes::new()
        .get(paths::INSTALLATIONS, list::page, read.clone())
        .get("/crm/installations/export", list::export, read.clone())
        .get(paths::INSTALLATION, show::page, read)
        .get(NOTES, notes::new, write.clone())
        .post(NOTES, notes::create, write.clone())
        .get(NOTE, notes::form, write.clone())
        .post(NOTE, notes::update, write.clone())
        .post(NOTE_DELETE, notes::delete, write);
    plugin
        .menu("installations", paths::INSTALLATIONS, "monitor", "read", "v")
        .hint("installations-about")
        .group("inventory")
        .badge(crate::mapping::waiting)
        .routes(routes)
        .routes(crate::api::installazioni::routes())
        .search("read", |_| list::spec())
        .service(&inventory::DATA, privacy::data)
        .service(&inventory::ERASE, privacy::erase)
        .on(MERGED, merged::handle)
}
