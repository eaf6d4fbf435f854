//! The update server: releases, and the updates that a licence entitles its programs to.

mod actor;
pub mod api;
pub mod bundle;
pub mod catalogue;
pub mod client;
mod clients;
mod customer;
pub mod domain;
mod downloads;
mod form;
mod labels;
mod notes;
pub mod paths;
mod portal;
pub mod products;
pub mod protocols;
pub mod releases;
pub mod rollouts;
mod sample;
pub mod store;
mod tokens;
pub mod tuf;

use plugin_api::Plugin;
use plugin_api::lang::Sources;

/// Id of this plugin.
pub const ID: &str = "update-server";
/// Who may see releases and rollouts.
pub const READ: &str = "update-server:read";
/// Who may see, in his branch, who runs which version, and what was downloaded.
pub const INSTALLATIONS: &str = "update-server:installations";
/// Who may make releases and publish them; what a build server's token needs.
pub const PUBLISH: &str = "update-server:publish";
/// Who may steer rollouts: start, pause, stop, yank.
pub const ROLLOUT: &str = "update-server:rollout";
/// Who may see and exchange the keys that sign metadata.
pub const KEYS: &str = "update-server:keys";
/// Who may see and make the addresses licences find updates at.
pub const TOKENS: &str = "update-server:tokens";
/// Who may download what he is entitled to: end customers.
pub const PORTAL: &str = "update-server:portal";

const LOCALES: Sources = &[
    ("en", include_str!("../locales/en.ftl")),
    ("it", include_str!("../locales/it.ftl")),
    ("en", include_str!("../locales/releases.en.ftl")),
    ("it", include_str!("../locales/releases.it.ftl")),
    ("en", include_str!("../locales/checks.en.ftl")),
    ("it", include_str!("../locales/checks.it.ftl")),
    ("en", include_str!("../locales/tokens.en.ftl")),
    ("it", include_str!("../locales/tokens.it.ftl")),
    ("en", include_str!("../locales/clients.en.ftl")),
    ("it", include_str!("../locales/clients.it.ftl")),
    ("en", include_str!("../locales/tuf.en.ftl")),
    ("it", include_str!("../locales/tuf.it.ftl")),
    ("en", include_str!("../locales/keys.en.ftl")),
    ("it", include_str!("../locales/keys.it.ftl")),
    ("en", include_str!("../locales/bundles.en.ftl")),
    ("it", include_str!("../locales/bundles.it.ftl")),
];

/// The plugin.
pub fn plugin() -> Plugin {
    let plugin = Plugin::new(ID, env!("CARGO_PKG_VERSION"), LOCALES)
        .requires("license-generator")
        .permission("read", &["auditor"])
        .permission("installations", &["reseller", "sub-company", "agent", "auditor"])
        .permission("publish", &[])
        .permission("rollout", &[])
        .permission("keys", &[])
        .permission("tokens", &["reseller", "sub-company", "agent"])
        .permission("portal", &["customer", "agent", "sub-company", "reseller"])
        .migrations(plugin_api::migrations!("update-server":
            "0001" "create_update_server",
        ))
        .sample(sample::fill);
    let plugin = releases::add_to(plugin);
    let plugin = rollouts::add_to(products::add_to(plugin));
    let plugin = client::add_to(tokens::add_to(plugin));
    let plugin = bundle::add_to(portal::add_to(clients::add_to(plugin)));
    let plugin = customer::add_to(downloads::add_to(plugin));
    let plugin = tuf::add_pages_to(tuf::add_to(plugin));
    plugin.routes(api::admin::routes()).build()
}

plugin_api::export_plugin!(plugin);
