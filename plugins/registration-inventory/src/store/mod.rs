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

/// Whose what reports name is, as SQL: the vendor's node, which nobody sees who sees a branch alone.
pub(crate) const OF_VENDOR: &str = "'00000000-0000-7000-8000-000000000001'";
