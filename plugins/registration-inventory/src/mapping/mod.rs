//! What software is and whose: products, customers, suggestions, decisions and their undoing.

use plugin_api::Plugin;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
}
