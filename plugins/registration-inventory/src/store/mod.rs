//! All SQL of the plugin.

pub mod tally;
