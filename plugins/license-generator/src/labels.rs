//! How states, types and outcomes are called and coloured, in one place for all pages.

use plugin_api::Lang;
use plugin_api::ui::{Badge, Tone};

use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::state::State;

/// A value on the wire, the text key of its name, and its colour.
pub(crate) type Choices = &'static [(&'static str, &'static str, Tone)];

/// States of a licence.
pub(crate) const STATES: Choices = &[
    ("attiva", "state-attiva", Tone::Ok),
    ("demo", "state-demo", Tone::Info),
    ("in_attesa_convalida", "state-in-attesa-convalida", Tone::Warn),
    ("scaduta", "state-scaduta", Tone::Warn),
    ("sospesa", "state-sospesa", Tone::Bad),
    ("revocata", "state-revocata", Tone::Bad),
];

/// Types of a licence.
pub(crate) const TYPES: Choices = &[
    ("permanente", "type-permanente", Tone::Neutral),
    ("trial", "type-trial", Tone::Neutral),
    ("abbonamento", "type-abbonamento", Tone::Neutral),
];

/// Whether licences of a product are still issued.
pub(crate) const PRODUCT_STATES: Choices =
    &[("active", "product-active", Tone::Ok), ("retired", "product-retired", Tone::Neutral)];

/// What clients ask.
pub(crate) const ACTIONS: Choices = &[
    ("attiva", "action-attiva", Tone::Neutral),
    ("valida", "action-valida", Tone::Neutral),
    ("disattiva", "action-disattiva", Tone::Neutral),
];

/// How it ends.
pub(crate) const OUTCOMES: Choices = &[
    ("attivata", "outcome-attivata", Tone::Ok),
    ("valida", "outcome-valida", Tone::Ok),
    ("disattivata", "outcome-disattivata", Tone::Ok),
    ("limite_dispositivi", "outcome-limite-dispositivi", Tone::Warn),
    ("dispositivo_non_attivato", "outcome-dispositivo-non-attivato", Tone::Warn),
    ("licenza_scaduta", "outcome-licenza-scaduta", Tone::Warn),
    ("licenza_in_attesa", "outcome-licenza-in-attesa", Tone::Warn),
    ("licenza_sospesa", "outcome-licenza-sospesa", Tone::Bad),
    ("licenza_revocata", "outcome-licenza-revocata", Tone::Bad),
    ("chiave_sconosciuta", "outcome-chiave-sconosciuta", Tone::Bad),
    ("prodotto_errato", "outcome-prodotto-errato", Tone::Bad),
    ("versione_non_inclusa", "outcome-versione-non-inclusa", Tone::Bad),
];

/// The badge of one of `choices`.
pub(crate) fn badge(lang: &Lang, choices: Choices, value: &str) -> Badge {
    match choices.iter().find(|(known, ..)| *known == value) {
        Some((_, key, tone)) => Badge::new(*tone, lang.t(key)),
        None => Badge::new(Tone::Neutral, value),
    }
}

/// The badge of a state.
pub(crate) fn state(lang: &Lang, state: State) -> Badge {
    badge(lang, STATES, state.wire())
}

/// The name of a type.
pub(crate) fn licence_type(lang: &Lang, kind: LicenceType) -> String {
    lang.t(&format!("type-{}", kind.wire()))
}

/// What the product does after the end.
pub(crate) fn at_expiry(lang: &Lang, choice: AtExpiry) -> String {
    lang.t(&format!("at-expiry-{}", choice.wire().replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::Catalogue;

    use super::*;

    #[test]
    fn every_value_has_its_name_in_both_languages() {
        for code in plugin_api::lang::LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for (value, key, _) in [STATES, TYPES, ACTIONS, OUTCOMES].concat() {
                assert!(lang.has(key), "{value}");
            }
            for wire in State::ALL.map(State::wire) {
                assert!(STATES.iter().any(|(known, ..)| *known == wire), "{wire}");
            }
            for kind in LicenceType::ALL {
                assert!(!licence_type(&lang, kind).contains('⟦'));
            }
            for choice in AtExpiry::ALL {
                assert!(!at_expiry(&lang, choice).contains('⟦'));
            }
        }
    }
}
