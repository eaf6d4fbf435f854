//! How kinds and states of nodes are shown.

use plugin_api::Lang;
use plugin_api::ui::{Badge, Tone};

/// The kinds of nodes in the list: value, text and tone.
pub(super) const KINDS: [(&str, &str, Tone); 4] = [
    ("fornitore", "organisation-vendor", Tone::Info),
    ("rivenditore", "organisation-reseller", Tone::Neutral),
    ("sotto_azienda", "organisation-sub-company", Tone::Neutral),
    ("agente", "organisation-agent", Tone::Neutral),
];

/// The states of nodes in the list: value, text and tone.
pub(super) const STATES: [(&str, &str, Tone); 2] =
    [("attiva", "organisation-active", Tone::Ok), ("sospesa", "organisation-suspended", Tone::Bad)];

/// What a kind, as the database writes it, is called.
pub(super) fn kind(lang: &Lang, kind: &str) -> String {
    lang.t(&format!("organisation-{}", kind.replace('_', "-")))
}

/// The kind as a badge.
pub(super) fn kind_badge(lang: &Lang, of: &str) -> Badge {
    let tone = if of == "vendor" { Tone::Info } else { Tone::Neutral };
    Badge::new(tone, kind(lang, of))
}

/// Whether people are barred, and by which node; nothing when they are not.
pub(super) fn suspension(lang: &Lang, itself: bool, above: bool) -> Option<Badge> {
    match (itself, above) {
        (true, _) => Some(Badge::new(Tone::Bad, lang.t("organisation-suspended"))),
        (false, true) => Some(Badge::new(Tone::Bad, lang.t("organisation-suspended-above"))),
        (false, false) => None,
    }
}
