//! Licences: products with their modules, activation keys, and the seats of devices.

pub mod api;
pub mod domain;
pub mod store;

use plugin_api::{Access, Plugin, Routes, routes};

use domain::claims::TOKEN_TYPE;

const ID: &str = "license-generator";

/// The plugin.
pub fn plugin() -> Plugin {
    Plugin::new(ID, env!("CARGO_PKG_VERSION"), plugin_api::locales!())
        .requires("customer-accounts")
        .token_type(TOKEN_TYPE)
        .permission("read", &["reseller", "sub-company", "agent", "auditor"])
        .permission("issue", &["reseller", "sub-company", "agent"])
        .permission("products", &[])
        .permission("log", &["reseller", "auditor"])
        .migrations(plugin_api::migrations!("license-generator": "0001" "create_licence"))
        .routes(client_routes())
        .build()
}

/// What the programs of customers call; the key they send is their credential.
fn client_routes() -> Routes {
    Routes::new()
        .api(routes!(api::attiva::handle), &Access::Credential)
        .api(routes!(api::valida::handle), &Access::Credential)
        .api(routes!(api::disattiva::handle), &Access::Credential)
}

plugin_api::export_plugin!(plugin);
