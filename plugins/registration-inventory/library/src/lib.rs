//! Exports the plugin `registration-inventory` as a loadable library.

plugin_api::export_library!(registration_inventory::plugin);
