//! Exports the plugin `customer-accounts` as a loadable library.
