//! Rules on who may issue what and how many: the pages of who makes them. [`crate::issue::rights`]
//! enforces them.

mod edit;
mod form;
mod list;

use plugin_api::{Access, Plugin, Routes};

use crate::{RIGHTS, paths};

/// Adds the pages, permission and menu entry.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let rights = Access::permission(RIGHTS);
    let routes = Routes::new()
        .get(paths::RIGHTS, list::handle, rights.clone())
        .get(paths::RIGHTS_EXPORT, list::export, rights.clone())
        .get(paths::RIGHT_NEW, edit::new, rights.clone())
        .post(paths::RIGHT_NEW, edit::create, rights.clone())
        .get(paths::RIGHT, edit::form, rights.clone())
        .post(paths::RIGHT, edit::update, rights.clone())
        .post(paths::RIGHT_DELETE, edit::delete, rights);
    plugin
        .permission("rights", &[])
        .menu("rights", paths::RIGHTS, "lock", "rights", "")
        .hint("rights-about")
        .group("products")
        .routes(routes)
}
