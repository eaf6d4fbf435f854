//! Exports the plugin `license-generator` as a loadable library.
