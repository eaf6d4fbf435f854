//! All SQL of this plugin, one file per table or use.
