//! What fields, kinds and states are called, and the colour of a state.

use plugin_api::Lang;
use plugin_api::contracts::accounts::{AccountKind, AccountState};
use plugin_api::ui::{Badge, Tone};

use crate::domain::{country_key, kind_text, state_text};

/// What the field of the column `field` is called.
pub(crate) fn label(lang: &Lang, field: &str) -> String {
    lang.t(&format!("customer-{}", field.replace('_', "-")))
}

/// The value of a field as people read it.
pub(crate) fn shown(lang: &Lang, field: &str, value: &str) -> String {
    match (field, value) {
        (_, "") => String::new(),
        ("country", code) => lang.t(&country_key(code)),
        ("language", code) => lang.t(&format!("language-{code}")),
        (_, text) => text.to_owned(),
    }
}

/// What a kind is called.
pub(crate) fn kind(lang: &Lang, kind: AccountKind) -> String {
    lang.t(&format!("kind-{}", kind_text(kind)))
}

/// What a state is called.
pub(crate) fn state(lang: &Lang, state: AccountState) -> String {
    lang.t(&format!("state-{}", state_text(state)))
}

/// A state as a badge.
pub(crate) fn badge(lang: &Lang, of: AccountState) -> Badge {
    let tone = match of {
        AccountState::Validated => Tone::Ok,
        AccountState::Awaiting => Tone::Warn,
        AccountState::Suspended => Tone::Bad,
    };
    Badge::new(tone, state(lang, of))
}
