//! The pages of a release.

mod acts;
mod edit;
mod installations;
mod notes;
mod plan;
mod publish;
mod rollout;
mod show;

use plugin_api::{Access, Routes};

use crate::{PUBLISH, READ, ROLLOUT, paths};

/// Where they are.
pub(super) fn routes() -> Routes {
    let (read, publish) = (Access::permission(READ), Access::permission(PUBLISH));
    let steer = Access::permission(ROLLOUT);
    Routes::new()
        .get(paths::RELEASE_NEW, edit::new, publish.clone())
        .post(paths::RELEASE_NEW, edit::create, publish.clone())
        .get(paths::RELEASE, show::page, read.clone())
        .get(paths::RELEASE_EDIT, edit::form, publish.clone())
        .post(paths::RELEASE_EDIT, edit::update, publish.clone())
        .get(paths::RELEASE_NOTES, notes::page, read.clone())
        .post(paths::RELEASE_NOTES, notes::save, publish.clone())
        .get(paths::RELEASE_PUBLISH, publish::page, publish.clone())
        .post(paths::RELEASE_PUBLISH, publish::handle, publish.clone())
        .post(paths::RELEASE_PROMOTE, acts::promote, publish.clone())
        .post(paths::RELEASE_DELETE, acts::delete, publish)
        .post(paths::RELEASE_YANK, acts::yank, steer.clone())
        .get(paths::RELEASE_ROLLOUT, rollout::page, read.clone())
        .post(paths::RELEASE_ROLLOUT, rollout::start, steer)
        .get(paths::RELEASE_INSTALLATIONS, installations::page, read.clone())
        .get(&format!("{}/export", paths::RELEASE_INSTALLATIONS), installations::export, read)
}
