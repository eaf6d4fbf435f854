//! What becomes of a licence after it was issued, keeping its key: changed, converted, given to
//! another customer, credited to somebody else.

pub(crate) mod apply;
pub(crate) mod assign;
mod book;
mod current;
mod form;
mod hand_over;
pub mod patch;
mod told;
pub(crate) mod transfer;

use plugin_api::{Access, Plugin, Routes};

use crate::{ISSUE, paths};

/// Adds the area to the plugin.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let issue = Access::permission(ISSUE);
    plugin.routes(
        Routes::new()
            .get(paths::CHANGE, form::change, issue.clone())
            .post(paths::CHANGE, form::handle_change, issue.clone())
            .post(paths::CHANGE_PREVIEW, form::preview_change, issue.clone())
            .get(paths::CONVERT, form::convert, issue.clone())
            .post(paths::CONVERT, form::handle_convert, issue.clone())
            .post(paths::CONVERT_PREVIEW, form::preview_convert, issue.clone())
            .get(paths::TRANSFER, hand_over::form, issue.clone())
            .post(paths::TRANSFER, hand_over::handle, issue),
    )
}
