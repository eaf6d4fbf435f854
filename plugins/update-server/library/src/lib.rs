//! Exports the plugin `registration-inventory` as a loadable library.

plugin_api::export_library!(update_server::plugin);
