//! All SQL of this plugin, one file per table or use.
pub mod accounts;
pub mod artifacts;
pub mod bundles;
pub mod channels;
pub mod clients;
pub mod downloads;
pub mod examinations;
pub mod feeds;
pub mod notes;
pub mod outcomes;
pub mod placements;
pub mod products;
pub mod releases;
pub mod rollouts;
pub mod tokens;
pub mod tuf;

/// Whose products, releases and rollouts are, as SQL: the vendor's node, which nobody sees who sees a
/// branch alone.
pub(crate) const OF_VENDOR: &str = "'00000000-0000-7000-8000-000000000001'";
