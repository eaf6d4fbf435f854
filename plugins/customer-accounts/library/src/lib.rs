//! Exports the plugin `customer-accounts` as a loadable library.

plugin_api::export_library!(customer_accounts::plugin);
