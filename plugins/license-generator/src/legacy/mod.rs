//! Keys of the system used before: a device that shows one gets its licence, and the key that
//! stands for it from now on.

mod key;
mod list;
mod present;
mod show;

use plugin_api::{Access, Plugin, Routes, table};

pub(crate) use key::LegacyKey;
pub(crate) use present::{Presented, presented};

use crate::import::IMPORT;
use crate::paths;

/// Adds pages and settings.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let import = Access::permission(IMPORT);
    let routes = Routes::new().get(paths::LEGACY_KEY, show::page, import.clone()).post(
        paths::LEGACY_KEY_REVOKE,
        show::revoke,
        import.clone(),
    );
    plugin
        .menu("legacy-keys", paths::LEGACY_KEYS, "key", "import", "")
        .hint("legacy-keys-about")
        .group("activations")
        .setting("legacy-days", 365)
        .routes(routes)
        .routes(table::routes(list::spec, &import))
}
