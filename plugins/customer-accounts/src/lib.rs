//! Customers and prospects: master data, states, and the service other plugins find accounts by.

mod api;
mod create;
pub mod domain;
mod edit;
mod form;
mod labels;
mod list;
pub mod paths;
mod sample;
mod services;
mod show;
mod state;
pub mod store;

use plugin_api::contracts::accounts;
use plugin_api::lang::Sources;
use plugin_api::{Access, Plugin, Routes, table};

/// Id of this plugin.
pub const ID: &str = "customer-accounts";
/// Who may see customers.
pub const READ: &str = "customer-accounts:read";
/// Who may enter and change them.
pub const WRITE: &str = "customer-accounts:write";
/// Who may validate, suspend and resume them.
pub const VALIDATE: &str = "customer-accounts:validate";

const LOCALES: Sources = &[
    ("en", include_str!("../locales/en.ftl")),
    ("it", include_str!("../locales/it.ftl")),
    ("en", include_str!("../locales/countries.en.ftl")),
    ("it", include_str!("../locales/countries.it.ftl")),
    ("en", include_str!("../locales/people.en.ftl")),
    ("it", include_str!("../locales/people.it.ftl")),
    ("en", include_str!("../locales/import.en.ftl")),
    ("it", include_str!("../locales/import.it.ftl")),
    ("en", include_str!("../locales/registration.en.ftl")),
    ("it", include_str!("../locales/registration.it.ftl")),
    ("en", include_str!("../locales/transactions.en.ftl")),
    ("it", include_str!("../locales/transactions.it.ftl")),
    ("en", include_str!("../locales/portal.en.ftl")),
    ("it", include_str!("../locales/portal.it.ftl")),
];

/// The plugin.
pub fn plugin() -> Plugin {
    Plugin::new(ID, env!("CARGO_PKG_VERSION"), LOCALES)
        .permission("read", &["reseller", "sub-company", "agent", "auditor"])
        .permission("write", &["reseller", "sub-company", "agent"])
        .permission("validate", &["reseller"])
        .menu("customers", paths::LIST, "users", "read", "c")
        .migrations(plugin_api::migrations!("customer-accounts": "0001" "create_customer"))
        .routes(pages())
        .routes(api::routes())
        .service(&accounts::FIND, services::find)
        .service(&accounts::SEARCH, services::search)
        .sample(sample::fill)
        .build()
}

fn pages() -> Routes {
    let read = Access::permission(READ);
    let write = Access::permission(WRITE);
    table::routes(list::spec, &read)
        .get(paths::NEW, create::form, write.clone())
        .post(paths::NEW, create::handle, write.clone())
        .get(paths::SHOW, show::handle, read)
        .get(paths::EDIT, edit::form, write.clone())
        .post(paths::EDIT, edit::handle, write)
        .post(paths::STATE, state::handle, Access::permission(VALIDATE))
}

plugin_api::export_plugin!(plugin);
