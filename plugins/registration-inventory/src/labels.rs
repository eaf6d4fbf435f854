//! Names of states and flags, as tables and badges show them.

use plugin_api::ui::Tone;

/// The states of an installation by their name on the wire.
pub(crate) const STATES: &[(&str, &str, Tone)] = &[
    ("non_ancora_assegnato", "state-pending", Tone::Warn),
    ("assegnata", "state-assigned", Tone::Ok),
    ("solo_statistica", "state-statistics", Tone::Info),
    ("ignorata", "state-ignored", Tone::Neutral),
];
