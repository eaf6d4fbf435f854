//! Licences for installations: linked, assigned, many at once, and the hint that one is there.

use plugin_api::Plugin;

/// Adds what belongs to it.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    plugin
}
