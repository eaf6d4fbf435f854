//! Raw reports: the list, one of them, and how long they are kept.

use plugin_api::Plugin;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
}
