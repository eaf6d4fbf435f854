//! The update server: releases, and the updates that a licence entitles its programs to.

pub mod domain;
pub mod store;

use plugin_api::Plugin;
use plugin_api::lang::Sources;

/// Id of this plugin.
pub const ID: &str = "update-server";
/// Who may see releases, rollouts and who runs which version.
pub const READ: &str = "update-server:read";
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
    ("en", include_str!("../locales/checks.en.ftl")),
    ("it", include_str!("../locales/checks.it.ftl")),
];

/// The plugin.
pub fn plugin() -> Plugin {
    Plugin::new(ID, env!("CARGO_PKG_VERSION"), LOCALES)
        .requires("license-generator")
        .permission("read", &["auditor"])
        .permission("publish", &[])
        .permission("rollout", &[])
        .permission("keys", &[])
        .permission("tokens", &["reseller", "sub-company", "agent"])
        .permission("portal", &["customer", "agent", "sub-company", "reseller"])
        .migrations(plugin_api::migrations!("update-server":
            "0001" "create_update_server",
        ))
        .build()
}

plugin_api::export_plugin!(plugin);
