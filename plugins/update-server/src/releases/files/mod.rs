//! The files of a release: how they come in, what is known of them.

pub(crate) mod attach;
mod guess;
mod list;
mod one;
pub mod place;
pub(crate) mod read;
mod remove;
mod send;

pub(crate) use list::texts;
pub(crate) use send::{keep, own_name, told};

use plugin_api::{Access, Routes};

use crate::{PUBLISH, READ, paths};

/// The pages of files.
pub(super) fn routes() -> Routes {
    let (read, publish) = (Access::permission(READ), Access::permission(PUBLISH));
    Routes::new()
        .get(paths::RELEASE_FILES, list::page, read.clone())
        .get(&format!("{}/export", paths::RELEASE_FILES), list::export, read.clone())
        .merge(
            Routes::new().post(paths::RELEASE_FILES, send::handle, publish.clone()).taking_files(),
        )
        .get(paths::RELEASE_FILE, one::page, read.clone())
        .post(paths::RELEASE_FILE, one::save, publish.clone())
        .post(paths::RELEASE_FILE_REMOVE, remove::handle, publish)
        .get(paths::RELEASE_FILE_CONTENT, one::content, read)
}
