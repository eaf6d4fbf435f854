//! Installations: the live list, and the page of one.

use plugin_api::Plugin;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
}
