//! What kinds, methods and fields of an entry are called.

use plugin_api::Lang;
use plugin_api::ui::{Badge, Tone};

use super::entry::Transaction;

/// What the field of a form is called.
pub(crate) fn label(lang: &Lang, field: &str) -> String {
    lang.t(&format!("transaction-{}", field.replace('_', "-")))
}

/// What a kind is called.
pub(crate) fn kind_label(lang: &Lang, kind: &str) -> String {
    lang.t(&format!("transaction-kind-{kind}"))
}

/// What a way of paying is called; empty when it is not known.
pub(crate) fn method(lang: &Lang, method: &str) -> String {
    if method.is_empty() {
        return String::new();
    }
    lang.t(&format!("method-{}", method.replace('_', "-")))
}

/// Where an entry stands, as a badge.
pub(crate) fn state(lang: &Lang, entry: &Transaction, now: i64) -> Badge {
    let (tone, key) = if entry.reverses.is_some() {
        (Tone::Neutral, "transaction-state-correction")
    } else if entry.reversed_by.is_some() {
        (Tone::Neutral, "transaction-state-corrected")
    } else if entry.is_overdue(now) {
        (Tone::Bad, "transaction-state-overdue")
    } else if entry.is_open() {
        (Tone::Warn, "transaction-state-open")
    } else {
        (Tone::Ok, "transaction-state-paid")
    };
    Badge::new(tone, lang.t(key))
}
