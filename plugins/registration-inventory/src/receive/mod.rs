//! Takes reports in: reads them, groups them, writes them.

use plugin_api::Plugin;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
}
