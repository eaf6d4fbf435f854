//! Where the pages are, and the pages of others that they lead to.

/// Releases.
pub const RELEASES: &str = "/crm/releases";
/// The form of a new release.
pub const RELEASE_NEW: &str = "/crm/releases/new";
/// One release.
pub const RELEASE: &str = "/crm/releases/{id}";
/// The form of a release.
pub const RELEASE_EDIT: &str = "/crm/releases/{id}/edit";
/// The files of a release.
pub const RELEASE_FILES: &str = "/crm/releases/{id}/files";
/// One file of a release: what it is for, what it is signed with.
pub const RELEASE_FILE: &str = "/crm/release-files/{id}";
/// Takes a file out of a release.
pub const RELEASE_FILE_REMOVE: &str = "/crm/release-files/{id}/remove";
/// A file of a release as it came.
pub const RELEASE_FILE_CONTENT: &str = "/crm/release-files/{id}/content";
/// What is new in a release.
pub const RELEASE_NOTES: &str = "/crm/releases/{id}/notes";
/// How a release reaches people.
pub const RELEASE_ROLLOUT: &str = "/crm/releases/{id}/rollout";
/// Who has a release.
pub const RELEASE_INSTALLATIONS: &str = "/crm/releases/{id}/installations";
/// Shows what is found, and publishes.
pub const RELEASE_PUBLISH: &str = "/crm/releases/{id}/publish";
/// Places a release in another channel.
pub const RELEASE_PROMOTE: &str = "/crm/releases/{id}/promote";
/// Takes a release back.
pub const RELEASE_YANK: &str = "/crm/releases/{id}/yank";
/// Deletes a draft.
pub const RELEASE_DELETE: &str = "/crm/releases/{id}/delete";
/// Products as the update server knows them.
pub const PRODUCTS: &str = "/crm/update-products";
/// One product.
pub const PRODUCT: &str = "/crm/update-products/{id}";
/// Adds a channel to a product, or changes one.
pub const PRODUCT_CHANNEL: &str = "/crm/update-products/{id}/channel";
/// Takes a channel away from a product.
pub const PRODUCT_CHANNEL_REMOVE: &str = "/crm/update-products/{id}/channel/remove";
/// Takes a feed the vendor signed himself.
pub const PRODUCT_FEED: &str = "/crm/update-products/{id}/feed";
/// Takes such a feed away.
pub const PRODUCT_FEED_REMOVE: &str = "/crm/update-products/{id}/feed/remove";
/// Rollouts.
pub const ROLLOUTS: &str = "/crm/rollouts";
/// One rollout.
pub const ROLLOUT: &str = "/crm/rollouts/{id}";
/// Steers a rollout.
pub const ROLLOUT_ACT: &str = "/crm/rollouts/{id}/{act}";

/// `path` with `{id}` filled in.
pub fn of(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}
