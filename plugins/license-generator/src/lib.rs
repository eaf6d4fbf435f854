//! Licences: products with their modules, activation keys, and the seats of devices.

mod accounts;
mod activation_log;
pub mod api;
mod change_state;
mod create;
mod devices;
pub mod domain;
mod form;
mod free_device;
pub mod issue;
mod labels;
mod list;
pub mod paths;
mod policies;
mod portal;
mod privacy;
mod product_edit;
mod products;
mod quick;
mod sample;
mod services;
mod show;
pub mod store;
mod story;
mod tell_activations;

use plugin_api::contracts::{accounts as contracts, licences};
use plugin_api::lang::Sources;
use plugin_api::{Access, Plugin, Routes, routes, table};

use domain::claims::TOKEN_TYPE;

/// Id of this plugin.
pub const ID: &str = "license-generator";
/// Who may see licences.
pub const READ: &str = "license-generator:read";
/// Who may issue, suspend and revoke them, and see their keys.
pub const ISSUE: &str = "license-generator:issue";
/// Who may change products.
pub const PRODUCTS: &str = "license-generator:products";
/// Who may read the log of activations.
pub const LOG: &str = "license-generator:log";

/// Who may see his own licences and free his own devices: end customers. Who can invite customers
/// has it too, as nobody grants what he lacks.
pub const PORTAL: &str = "license-generator:portal";

const LOCALES: Sources = &[
    ("en", include_str!("../locales/en.ftl")),
    ("it", include_str!("../locales/it.ftl")),
    ("en", include_str!("../locales/catalogue.en.ftl")),
    ("it", include_str!("../locales/catalogue.it.ftl")),
    ("en", include_str!("../locales/policies.en.ftl")),
    ("it", include_str!("../locales/policies.it.ftl")),
    ("en", include_str!("../locales/clients.en.ftl")),
    ("it", include_str!("../locales/clients.it.ftl")),
    ("en", include_str!("../locales/seats.en.ftl")),
    ("it", include_str!("../locales/seats.it.ftl")),
    ("en", include_str!("../locales/offline.en.ftl")),
    ("it", include_str!("../locales/offline.it.ftl")),
    ("en", include_str!("../locales/generate.en.ftl")),
    ("it", include_str!("../locales/generate.it.ftl")),
    ("en", include_str!("../locales/bulk.en.ftl")),
    ("it", include_str!("../locales/bulk.it.ftl")),
    ("en", include_str!("../locales/renewals.en.ftl")),
    ("it", include_str!("../locales/renewals.it.ftl")),
    ("en", include_str!("../locales/statistics.en.ftl")),
    ("it", include_str!("../locales/statistics.it.ftl")),
    ("en", include_str!("../locales/import.en.ftl")),
    ("it", include_str!("../locales/import.it.ftl")),
];

/// The plugin.
pub fn plugin() -> Plugin {
    Plugin::new(ID, env!("CARGO_PKG_VERSION"), LOCALES)
        .requires("customer-accounts")
        .token_type(TOKEN_TYPE)
        .permission("read", &["reseller", "sub-company", "agent", "auditor"])
        .permission("issue", &["reseller", "sub-company", "agent"])
        .permission("products", &[])
        .permission("log", &["reseller", "auditor"])
        .permission("portal", &["customer", "agent", "sub-company", "reseller"])
        .menu("licences", paths::LICENCES, "key", "read", "l")
        .hint("licences-about")
        .menu("products", paths::PRODUCTS, "box", "products", "p")
        .hint("products-about")
        .menu("activations", paths::LOG, "list", "log", "a")
        .hint("activations-about")
        .menu("my-licences", paths::MY_LICENCES, "key", "portal", "i")
        .hint("my-licences-about")
        .unless("read")
        .setting("trial-days", 30)
        .setting("offline-days", 30)
        .setting("grace-days", 7)
        .setting("portal-free-devices", 3)
        .setting("confirm-with-customer", true)
        .migrations(plugin_api::migrations!("license-generator":
            "0001" "create_licence",
            "0002" "create_portal_free",
            "0003" "create_told",
            "0004" "extend_licence",
            "0005" "create_catalogue",
            "0006" "create_policy",
            "0007" "extend_clients",
            "0008" "create_seats",
            "0009" "create_rights",
            "0010" "create_bulk",
            "0011" "create_renewal",
            "0012" "create_statistics",
            "0013" "create_offline",
            "0014" "create_import",
        ))
        .routes(client_routes())
        .routes(admin_routes())
        .routes(licence_pages())
        .routes(product_pages())
        .routes(portal::routes())
        .routes(table::routes(activation_log::spec, &Access::permission(LOG)))
        .search("read", |_| list::spec(&[]))
        .search("products", |_| products::spec())
        .search("portal", |cx| portal::spec(&cx.caller().organisation_id))
        .service(&licences::OF_ACCOUNT, services::of_account)
        .service(&licences::DATA, privacy::data)
        .service(&licences::ERASE, privacy::erase)
        .on(contracts::STATE_CHANGED, accounts::state_changed)
        .on(contracts::MERGED, accounts::merged)
        .job(tell_activations::JOB, Some("* * * * *"), tell_activations::run)
        .sample(sample::fill)
        .build()
}

/// What the programs of customers call; the key they send is their credential.
fn client_routes() -> Routes {
    Routes::new()
        .api(routes!(api::attiva::handle), &Access::Credential)
        .api(routes!(api::valida::handle), &Access::Credential)
        .api(routes!(api::disattiva::handle), &Access::Credential)
}

fn admin_routes() -> Routes {
    Routes::new()
        .api(routes!(api::admin_list::handle), &Access::permission(READ))
        .api(routes!(api::admin_get::handle), &Access::permission(READ))
        .api(routes!(api::admin_create::handle), &Access::permission(ISSUE))
}

fn licence_pages() -> Routes {
    let read = Access::permission(READ);
    let issue = Access::permission(ISSUE);
    Routes::new()
        .get(paths::LICENCES, list::handle, read.clone())
        .get(paths::EXPORT, list::export, read.clone())
        .get(paths::NEW, create::form, issue.clone())
        .post(paths::NEW, create::handle, issue.clone())
        .post(paths::QUICK, quick::handle, issue.clone())
        .get(paths::SHOW, show::handle, read)
        .post(paths::STATE, change_state::handle, issue.clone())
        .post(paths::FREE, free_device::handle, issue)
}

fn product_pages() -> Routes {
    let products = Access::permission(PRODUCTS);
    table::routes(products::spec, &products)
        .get(paths::PRODUCT_NEW, product_edit::new, products.clone())
        .post(paths::PRODUCT_NEW, product_edit::create, products.clone())
        .get(paths::PRODUCT, product_edit::form, products.clone())
        .post(paths::PRODUCT, product_edit::update, products)
}

plugin_api::export_plugin!(plugin);
