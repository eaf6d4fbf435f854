//! The inventory of installations: every program anywhere reports itself, and people decide whose it is.

pub mod api;
pub mod domain;
mod installations;
mod labels;
mod licensing;
mod mapping;
pub mod paths;
mod quarantine;
pub mod receive;
mod reports;
mod sample;
mod statistics;
pub mod store;

use plugin_api::Plugin;
use plugin_api::lang::Sources;

/// Id of this plugin.
pub const ID: &str = "registration-inventory";
/// Who may see installations and reports of his branch.
pub const READ: &str = "registration-inventory:read";
/// Who may decide what an installation is and whose.
pub const CLASSIFY: &str = "registration-inventory:classify";
/// Who may give installations a licence; issuing one takes the right to issue as well.
pub const LICENSE: &str = "registration-inventory:license";
/// Who may see his own installations: end customers. Who can invite customers has it too, as nobody
/// grants what he lacks.
pub const PORTAL: &str = "registration-inventory:portal";
/// Who may see figures of his branch.
pub const STATISTICS: &str = "registration-inventory:statistics";
/// Who may look through, release and delete what is in quarantine.
pub const QUARANTINE: &str = "registration-inventory:quarantine";

const LOCALES: Sources = &[
    ("en", include_str!("../locales/en.ftl")),
    ("it", include_str!("../locales/it.ftl")),
    ("en", include_str!("../locales/installations.en.ftl")),
    ("it", include_str!("../locales/installations.it.ftl")),
    ("en", include_str!("../locales/mapping.en.ftl")),
    ("it", include_str!("../locales/mapping.it.ftl")),
    ("en", include_str!("../locales/licensing.en.ftl")),
    ("it", include_str!("../locales/licensing.it.ftl")),
    ("en", include_str!("../locales/statistics.en.ftl")),
    ("it", include_str!("../locales/statistics.it.ftl")),
    ("en", include_str!("../locales/quarantine.en.ftl")),
    ("it", include_str!("../locales/quarantine.it.ftl")),
];

/// The plugin.
pub fn plugin() -> Plugin {
    let plugin = Plugin::new(ID, env!("CARGO_PKG_VERSION"), LOCALES)
        .requires("customer-accounts")
        .permission("read", &["reseller", "sub-company", "agent", "auditor"])
        .permission("classify", &[])
        .permission("license", &["reseller", "sub-company", "agent"])
        .permission("portal", &["customer", "agent", "sub-company", "reseller"])
        .permission("statistics", &["reseller", "sub-company", "agent", "auditor"])
        .permission("quarantine", &[])
        .migrations(plugin_api::migrations!("registration-inventory":
            "0001" "create_inventory",
        ))
        .sample(sample::fill);
    let plugin = reports::add_to(installations::add_to(plugin));
    let plugin = licensing::add_to(mapping::add_to(plugin));
    let plugin = quarantine::add_to(statistics::add_to(plugin));
    receive::add_to(plugin).build()
}

plugin_api::export_plugin!(plugin);
