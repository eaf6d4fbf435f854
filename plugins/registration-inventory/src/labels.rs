//! Names of states and flags, as tables and badges show them.

use plugin_api::Lang;
use plugin_api::ui::{Badge, Tone};

use crate::domain::State;

/// The states of an installation by their name on the wire.
pub(crate) const STATES: &[(&str, &str, Tone)] = &[
    ("non_ancora_assegnato", "state-pending", Tone::Warn),
    ("assegnata", "state-assigned", Tone::Ok),
    ("solo_statistica", "state-statistics", Tone::Info),
    ("ignorata", "state-ignored", Tone::Neutral),
];

/// The states of a report: those of its installation, and that it counts for none.
pub(crate) const REPORT_STATES: &[(&str, &str, Tone)] = &[
    ("non_ancora_assegnato", "state-pending", Tone::Warn),
    ("assegnata", "state-assigned", Tone::Ok),
    ("solo_statistica", "state-statistics", Tone::Info),
    ("ignorata", "state-ignored", Tone::Neutral),
    ("in_quarantena", "state-quarantine", Tone::Bad),
];

/// The badge of a state.
pub(crate) fn state(lang: &Lang, state: State) -> Badge {
    let known = STATES.iter().find(|(wire, ..)| *wire == state.wire());
    known.map_or_else(
        || Badge::new(Tone::Neutral, state.wire()),
        |(_, key, tone)| Badge::new(*tone, lang.t(key)),
    )
}

/// What the flags of a report mean, a sentence each; one that nobody knows any more stays as it is.
pub(crate) fn flags(lang: &Lang, flags: &str) -> Vec<String> {
    let sentence = |flag: &str| {
        let key = format!("flag-{}", flag.replace('_', "-"));
        let about = format!("{key}-about");
        let known = [about, key].into_iter().find(|key| lang.has(key));
        known.map_or_else(|| flag.to_owned(), |key| lang.t(&key))
    };
    flags.split_whitespace().map(sentence).collect()
}
