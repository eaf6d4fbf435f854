//! Where the pages of this plugin live, below the base path.

/// The list of licences.
pub const LICENCES: &str = "/crm/licences";
/// The list as a file.
pub const EXPORT: &str = "/crm/licences/export";
/// The form for a new licence.
pub const NEW: &str = "/crm/licences/new";
/// Makes a test key at once.
pub const QUICK: &str = "/crm/licences/quick";
/// One licence.
pub const SHOW: &str = "/crm/licences/{id}";
/// Takes a change of state.
pub const STATE: &str = "/crm/licences/{id}/state";
/// Frees a device.
pub const FREE: &str = "/crm/licences/{id}/free";
/// The licences of the customer who is looking.
pub const MY_LICENCES: &str = "/crm/my-licences";
/// The same as a file.
pub const MY_EXPORT: &str = "/crm/my-licences/export";
/// One of them.
pub const MY_LICENCE: &str = "/crm/my-licences/{id}";
/// Frees one of his devices.
pub const MY_FREE: &str = "/crm/my-licences/{id}/free";
/// The list of products.
pub const PRODUCTS: &str = "/crm/products";
/// The form for a new product.
pub const PRODUCT_NEW: &str = "/crm/products/new";
/// One product, as a form.
pub const PRODUCT: &str = "/crm/products/{id}";
/// The log of activations.
pub const LOG: &str = "/crm/activations";
/// A customer, as the plugin that keeps them shows him.
pub const CUSTOMER: &str = "/crm/customers/{id}";

/// A path for the thing with this id.
pub fn of(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}
