//! What fields, kinds and states are called, and the colour of a state.

use plugin_api::Lang;
use plugin_api::contracts::accounts::{AccountKind, AccountState};
use plugin_api::ui::{Badge, Tone};

use crate::domain::{kind_text, state_text};

/// What the field of the column `field` is called.
pub(crate) fn label(lang: &Lang, field: &str) -> String {
    lang.t(&format!("customer-{}", field.replace('_', "-")))
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
