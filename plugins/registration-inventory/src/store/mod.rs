//! All SQL of the plugin.

pub(crate) mod companies;
pub(crate) mod decisions;
pub mod figures;
pub mod history;
pub mod installations;
pub mod notes;
pub mod privacy;
pub(crate) mod quarantine;
pub(crate) mod receive;
pub mod reports;
pub(crate) mod runs;
pub mod scale;
pub(crate) mod software;
pub(crate) mod suggestions;
pub mod tally;
