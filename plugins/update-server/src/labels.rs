//! How states are called and coloured, in one place for all pages.

use plugin_api::Lang;
use plugin_api::ui::{Badge, Tone};

use crate::domain::release::State;
use crate::domain::rollout;

/// A value as it is stored, the text key of its name, and its colour.
pub(crate) type Choices = &'static [(&'static str, &'static str, Tone)];

/// States of a release.
pub(crate) const RELEASE_STATES: Choices = &[
    ("draft", "release-state-draft", Tone::Info),
    ("published", "release-state-published", Tone::Ok),
    ("yanked", "release-state-yanked", Tone::Bad),
];

/// States of a rollout.
pub(crate) const ROLLOUT_STATES: Choices = &[
    ("running", "rollout-state-running", Tone::Info),
    ("paused", "rollout-state-paused", Tone::Warn),
    ("stopped", "rollout-state-stopped", Tone::Bad),
    ("done", "rollout-state-done", Tone::Ok),
];

/// Who may have the updates of a product.
pub(crate) const ACCESSES: Choices = &[
    ("public", "access-public", Tone::Info),
    ("licensed", "access-licensed", Tone::Ok),
    ("closed", "access-closed", Tone::Neutral),
];

/// A state as a badge.
pub(crate) fn badge(lang: &Lang, choices: Choices, code: &str) -> Badge {
    let known = choices.iter().find(|(known, _, _)| *known == code);
    known.map_or_else(
        || Badge::new(Tone::Neutral, code),
        |(_, key, tone)| Badge::new(*tone, lang.t(key)),
    )
}

/// Where a release stands.
pub(crate) fn release_state(lang: &Lang, state: State) -> Badge {
    badge(lang, RELEASE_STATES, state.code())
}

/// Where a rollout stands.
pub(crate) fn rollout_state(lang: &Lang, state: rollout::State) -> Badge {
    badge(lang, ROLLOUT_STATES, state.code())
}

/// A number of bytes as people say it, in powers of ten.
pub(crate) fn bytes(lang: &Lang, bytes: i64) -> String {
    let (unit, by) = match bytes {
        1_000_000_000.. => ("GB", 1_000_000_000),
        1_000_000.. => ("MB", 1_000_000),
        1_000.. => ("kB", 1_000),
        _ => return format!("{} B", lang.number(bytes)),
    };
    let point = if lang.code == "it" { ',' } else { '.' };
    format!("{}{point}{} {unit}", lang.number(bytes / by), bytes % by * 10 / by)
}
