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

/// Where a request to issue a licence stands.
pub(crate) const REQUEST_STATES: Choices = &[
    ("in_attesa", "request-state-in-attesa", Tone::Warn),
    ("approvata", "request-state-approvata", Tone::Ok),
    ("rifiutata", "request-state-rifiutata", Tone::Bad),
    ("annullata", "request-state-annullata", Tone::Neutral),
];

/// What the value of a typed parameter is.
pub(crate) const PARAMETER_KINDS: Choices = &[
    ("text", "parameter-testo", Tone::Neutral),
    ("integer", "parameter-intero", Tone::Neutral),
    ("decimal", "parameter-decimale", Tone::Neutral),
    ("boolean", "parameter-booleano", Tone::Neutral),
    ("date", "parameter-data", Tone::Neutral),
    ("choice", "parameter-scelta", Tone::Neutral),
    ("ip", "parameter-ip", Tone::Neutral),
    ("list", "parameter-elenco", Tone::Neutral),
];

/// What a price is for.
pub(crate) const PRICED: Choices = &[
    ("base", "price-base", Tone::Neutral),
    ("module", "price-module", Tone::Neutral),
    ("bundle", "bundle", Tone::Neutral),
];

/// What clients ask.
pub(crate) const ACTIONS: Choices = &[
    ("attiva", "action-attiva", Tone::Neutral),
    ("valida", "action-valida", Tone::Neutral),
    ("disattiva", "action-disattiva", Tone::Neutral),
    ("posto", "action-posto", Tone::Neutral),
    ("posto_rinnova", "action-posto-rinnova", Tone::Neutral),
    ("posto_rendi", "action-posto-rendi", Tone::Neutral),
    ("consumo", "action-consumo", Tone::Neutral),
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
    ("dispositivo_clonato", "outcome-dispositivo-clonato", Tone::Bad),
    ("gettone_mancante", "outcome-gettone-mancante", Tone::Warn),
    ("limite_trasferimenti", "outcome-limite-trasferimenti", Tone::Warn),
    ("limite_utenti", "outcome-limite-utenti", Tone::Warn),
    ("utente_non_ammesso", "outcome-utente-non-ammesso", Tone::Bad),
    ("utente_richiesto", "outcome-utente-richiesto", Tone::Warn),
    ("posto_preso", "outcome-posto-preso", Tone::Ok),
    ("posto_reso", "outcome-posto-reso", Tone::Ok),
    ("posti_esauriti", "outcome-posti-esauriti", Tone::Warn),
    ("posto_sconosciuto", "outcome-posto-sconosciuto", Tone::Warn),
    ("prestito_non_ammesso", "outcome-prestito-non-ammesso", Tone::Warn),
    ("non_flottante", "outcome-non-flottante", Tone::Bad),
    ("usa_posti", "outcome-usa-posti", Tone::Bad),
    ("modulo_non_incluso", "outcome-modulo-non-incluso", Tone::Bad),
    ("modulo_non_contato", "outcome-modulo-non-contato", Tone::Bad),
    ("consumo_esaurito", "outcome-consumo-esaurito", Tone::Warn),
    ("codice_errato", "outcome-codice-errato", Tone::Warn),
    ("attivazione_non_offline", "outcome-attivazione-non-offline", Tone::Warn),
];

/// With which key something was asked.
pub(crate) const KEY_KINDS: Choices = &[
    ("activation", "key-kind-activation", Tone::Neutral),
    ("computer", "key-kind-computer", Tone::Neutral),
    ("legacy", "key-kind-legacy", Tone::Neutral),
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
