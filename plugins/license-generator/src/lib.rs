//! Licences: products with their modules, activation keys, and the seats of devices.

mod accounts;
mod activation_log;
pub mod api;
mod bulk;
mod catalogue;
pub mod change;
mod change_state;
mod clients;
mod create;
mod devices;
pub mod domain;
mod form;
mod free_device;
mod import;
pub mod issue;
mod labels;
mod legacy;
mod list;
mod meters;
mod offline;
pub mod paths;
mod policies;
mod portal;
mod privacy;
mod quick;
mod renewals;
mod requests;
mod rights;
mod sample;
mod seats;
mod services;
mod show;
mod statistics;
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

/// Who may ask others to issue what is beyond his own rights.
pub const REQUEST: &str = "license-generator:request";
/// Who may decide about such requests of his branch.
pub const APPROVE: &str = "license-generator:approve";
/// Who may make rules on who may issue what.
pub const RIGHTS: &str = "license-generator:rights";
/// Who may change the quick buttons.
pub const QUICK: &str = "license-generator:quick";

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
    // First, because its page is the first of the menu.
    let plugin = statistics::add_to(Plugin::new(ID, env!("CARGO_PKG_VERSION"), LOCALES))
        .requires("customer-accounts")
        .token_type(TOKEN_TYPE)
        .token_type(api::revoche::LIST_TYPE)
        .setting("revocation-days", 7)
        .permission("read", &["reseller", "sub-company", "agent", "auditor"])
        .permission("issue", &["reseller", "sub-company", "agent"])
        .permission("products", &[])
        .permission("log", &["reseller", "auditor"])
        .permission("portal", &["customer", "agent", "sub-company", "reseller"])
        .menu("licences", paths::LICENCES, "key", "read", "l")
        .hint("licences-about")
        .group("licences")
        .menu("products", paths::PRODUCTS, "box", "products", "p")
        .hint("products-about")
        .group("products")
        .menu("activations", paths::LOG, "list", "log", "a")
        .hint("activations-about")
        .group("activations")
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
        .routes(api::admin::routes())
        .routes(licence_pages())
        .routes(portal::routes())
        .routes(table::routes(activation_log::spec, &Access::permission(LOG)))
        .search("read", |_| list::spec(&[]))
        .search("portal", |cx| portal::spec(&cx.caller().organisation_id))
        .service(&licences::OF_ACCOUNT, services::of_account)
        .service(&licences::FIND, services::find)
        .service(&licences::PRODUCTS, services::order::products)
        .service(&licences::QUOTE, services::order::quote)
        .service(&licences::ISSUE, services::order::issue)
        .service(&licences::ENTITLEMENT, services::entitlement::entitlement)
        .service(&licences::OFFLINE, services::offline::offline)
        .service(&licences::DATA, privacy::data)
        .service(&licences::ERASE, privacy::erase)
        .on(contracts::STATE_CHANGED, accounts::state_changed)
        .on(contracts::MERGED, accounts::merged)
        .job(tell_activations::JOB, Some("* * * * *"), tell_activations::run)
        .sample(sample::fill);
    let plugin = quick::add_to(create::add_to(plugin));
    let plugin = rights::add_to(requests::add_to(plugin));
    let plugin = clients::add_to(seats::add_to(plugin));
    let plugin = catalogue::add_to(meters::add_to(plugin));
    let plugin = offline::add_to(bulk::add_to(plugin));
    let plugin = legacy::add_to(import::add_to(plugin));
    change::add_to(renewals::add_to(policies::add_to(plugin))).build()
}

/// What the programs of customers call; the key they send is their credential.
fn client_routes() -> Routes {
    Routes::new()
        .api(routes!(api::attiva::handle), &Access::Credential)
        .api(routes!(api::valida::handle), &Access::Credential)
        .api(routes!(api::disattiva::handle), &Access::Credential)
        .api(routes!(api::revoche::handle), &Access::Public)
}

fn licence_pages() -> Routes {
    let read = Access::permission(READ);
    let issue = Access::permission(ISSUE);
    Routes::new()
        .get(paths::LICENCES, list::handle, read.clone())
        .get(paths::EXPORT, list::export, read.clone())
        .get(paths::SHOW, show::handle, read)
        .post(paths::STATE, change_state::handle, issue.clone())
        .post(paths::FREE, free_device::handle, issue)
}

plugin_api::export_plugin!(plugin);
