//! Exports the plugin `license-generator` as a loadable library.

plugin_api::export_library!(license_generator::plugin);
