//! Where the pages and the API of this plugin live, below the base path.

/// The list of customers.
pub const LIST: &str = "/crm/customers";
/// The form for a new customer.
pub const NEW: &str = "/crm/customers/new";
/// One customer.
pub const SHOW: &str = "/crm/customers/{id}";
/// The form that changes a customer.
pub const EDIT: &str = "/crm/customers/{id}/edit";
/// Takes a change of state.
pub const STATE: &str = "/crm/customers/{id}/state";
/// The collection of the API.
pub const API: &str = "/api/admin/clienti";

/// The page of the customer `id`.
pub fn customer(id: &str) -> String {
    format!("{LIST}/{id}")
}

/// The form that changes the customer `id`.
pub fn edit(id: &str) -> String {
    format!("{LIST}/{id}/edit")
}

/// Where a change of state of the customer `id` is posted to.
pub fn state(id: &str) -> String {
    format!("{LIST}/{id}/state")
}

/// The customer `id` in the API.
pub fn api(id: &str) -> String {
    format!("{API}/{id}")
}
