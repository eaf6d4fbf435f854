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
/// Sets up a product of the catalogue of licences.
pub const PRODUCT_NEW: &str = "/crm/update-products/new";
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
/// Products with the keys that sign their metadata.
pub const KEYS: &str = "/crm/update-keys";
/// The keys of a product, and what they sign.
pub const PRODUCT_KEYS: &str = "/crm/update-products/{id}/keys";
/// Puts a new key, kept here, in the place of those of a role.
pub const PRODUCT_KEYS_ROTATE: &str = "/crm/update-products/{id}/keys/{role}/rotate";
/// Puts keys that are kept elsewhere in the place of those of a role.
pub const PRODUCT_KEYS_ELSEWHERE: &str = "/crm/update-products/{id}/keys/{role}/elsewhere";
/// Signs metadata anew.
pub const PRODUCT_KEYS_SIGN: &str = "/crm/update-products/{id}/keys/sign-anew";
/// Gives up a change that waits for signatures.
pub const PRODUCT_KEYS_GIVE_UP: &str = "/crm/update-products/{id}/keys/give-up";
/// Takes signatures made elsewhere.
pub const PRODUCT_KEYS_SIGNATURES: &str = "/crm/update-products/{id}/keys/signatures";
/// A document that waits for signatures.
pub const PRODUCT_KEYS_DOCUMENT: &str = "/crm/update-products/{id}/keys/documents/{file}";
/// Rollouts.
pub const ROLLOUTS: &str = "/crm/rollouts";
/// One rollout.
pub const ROLLOUT: &str = "/crm/rollouts/{id}";
/// Steers a rollout.
pub const ROLLOUT_ACT: &str = "/crm/rollouts/{id}/{act}";

/// The addresses at which licences find updates.
pub const ADDRESSES: &str = "/crm/update-addresses";
/// The form of a new address.
pub const ADDRESS_NEW: &str = "/crm/update-addresses/new";
/// One address.
pub const ADDRESS: &str = "/crm/update-addresses/{id}";
/// Exchanges an address.
pub const ADDRESS_ROTATE: &str = "/crm/update-addresses/{id}/rotate";
/// Revokes an address.
pub const ADDRESS_REVOKE: &str = "/crm/update-addresses/{id}/revoke";
/// Installations that asked for updates.
pub const CLIENTS: &str = "/crm/update-clients";
/// How many installations run which version.
pub const VERSIONS: &str = "/crm/update-versions";
/// What was downloaded, by day, file and licence.
pub const DOWNLOADS: &str = "/crm/update-downloads";
/// What updates a customer has, among the pages of the customer.
pub const CUSTOMER_UPDATES: &str = "/crm/customers/{id}/updates";
/// Bundles that were sent here, and where more are sent.
pub const BUNDLES: &str = "/crm/update-bundles";
/// Makes a bundle for where no network is.
pub const BUNDLE_NEW: &str = "/crm/update-bundles/new";
/// A bundle that was sent here.
pub const BUNDLE: &str = "/crm/update-bundles/{id}";
/// What a customer may download.
pub const MY_UPDATES: &str = "/crm/my-updates";
/// Makes the address of one of his licences.
pub const MY_ADDRESS: &str = "/crm/my-updates/{id}/address";
/// A file of a release, for the licence it is included in.
pub const MY_FILE: &str = "/crm/my-updates/{id}/files/{version}/{file}";
/// A bundle for his machines without a network.
pub const MY_BUNDLE: &str = "/crm/my-updates/{id}/bundle";
/// A customer, on a page of another plugin.
pub const CUSTOMER: &str = "/crm/customers/{id}";
/// A licence, on a page of another plugin.
pub const LICENCE: &str = "/crm/licences/{id}";

/// `path` with `{id}` and `{role}` filled in.
pub fn of_role(path: &str, id: &str, role: &str) -> String {
    of(path, id).replace("{role}", role)
}

/// `path` with `{id}` filled in.
pub fn of(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}
