//! All SQL of the plugin.

pub mod figures;
pub mod history;
pub mod installations;
pub mod notes;
pub mod reports;
pub mod tally;
