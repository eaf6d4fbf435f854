//! What of a licence is to be other than it is (RFC 7396): what is left out stays, what is null is
//! emptied.

#![expect(clippy::option_option, reason = "left out, null and a value are three things")]

use std::collections::{BTreeMap, BTreeSet};

use plugin_api::FieldProblem;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::draft::{Draft, ModuleDraft, Price, Rejection};
use crate::domain::payment::method;
use crate::renewals::Payment;

/// Most days of tolerance or trust.
const MOST_DAYS: i64 = 36_500;
/// Longest renewal, in months.
const MOST_MONTHS: i64 = 120;

/// A change of a licence. What is left out stays as it is; `null` empties what may be empty.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(example = json!({
    "dispositivi": 10, "moduli": {"pdf": {"attivo": true}},
    "pagamento": {"importo": {"importo": 5000, "valuta": "EUR"}, "modalita": "pagamento"}
}))]
pub struct LicencePatch {
    /// Code of the product: another edition; modules not named are then as that product has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prodotto: Option<String>,
    /// `permanente`, `trial` or `abbonamento`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tipo: Option<String>,
    /// The version it covers, `3` or `3.1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versione: Option<String>,
    /// Code of the bundle.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub pacchetto: Option<Option<String>>,
    /// Code of the policy whose conditions it gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub politica: Option<String>,
    /// Whether it is for the vendor's own use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interna: Option<bool>,
    /// What it is bound to; only while nothing is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub associazione: Option<String>,
    /// How many devices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100_000)]
    pub dispositivi: Option<i64>,
    /// How many floating seats.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100_000)]
    pub posti: Option<i64>,
    /// How many people.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 100_000)]
    pub utenti: Option<Option<i64>>,
    /// Its last day or instant.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub scadenza: Option<Option<String>>,
    /// How many days it lasts from now, instead of `scadenza`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 36_500)]
    pub durata_giorni: Option<i64>,
    /// The last day whose updates it includes.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub manutenzione_fino_a: Option<Option<String>>,
    /// Modules by code, each as a whole; those not named stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moduli: Option<BTreeMap<String, ModuleDraft>>,
    /// What it costs from now on; by the price list if null.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Price>)]
    pub prezzo: Option<Option<Price>>,
    /// Percent taken off the price list, which counts again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100)]
    pub sconto: Option<f64>,
    /// Node that sells it.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub organizzazione: Option<Option<String>>,
    /// Node of the agent who gets the credit.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub agente: Option<Option<String>>,
    /// The customer's site.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub sede: Option<Option<String>>,
    /// Values of the product's typed parameters, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<BTreeMap<String, Object>>)]
    pub parametri: Option<BTreeMap<String, Value>>,
    /// Free data for the product, all of it.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub payload: Option<Option<Value>>,
    /// For the vendor's own people.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Option<String>>,
    /// What the product does after its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alla_scadenza: Option<String>,
    /// Whether it refuses nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ombra: Option<bool>,
    /// `manuale` or `automatico`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rinnovo: Option<String>,
    /// Months of a renewal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 120)]
    pub rinnovo_mesi: Option<i64>,
    /// Days the product goes on after its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 36_500)]
    pub tolleranza_giorni: Option<i64>,
    /// Days a computer key is trusted without asking again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 36_500)]
    pub offline_giorni: Option<i64>,
    /// What the change costs, booked as a transaction of the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pagamento: Option<ChangePayment>,
}

/// What a change costs.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChangePayment {
    /// How much.
    pub importo: Price,
    /// `pagamento` or `posticipato`.
    #[schema(example = "pagamento")]
    pub modalita: String,
    /// `bonifico`, `carta`, `contanti`, `assegno`, `addebito_diretto` or `altro`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metodo: Option<String>,
    /// The day it is due, when it is postponed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagamento_entro: Option<String>,
}

/// What a change costs, read.
#[derive(Debug, Clone)]
pub(crate) struct Cost {
    /// Minor units.
    pub(crate) amount: i64,
    /// ISO 4217.
    pub(crate) currency: String,
    /// How it is paid.
    pub(crate) payment: Payment,
}

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl ChangePayment {
    /// Reads it, or says which of its fields is wrong.
    fn read(&self) -> Result<Cost, Rejection> {
        let wrong = |pointer: &str, key: &str| {
            Rejection::fields(vec![FieldProblem::new(format!("/pagamento/{pointer}"), key)])
        };
        let due = self.pagamento_entro.as_deref().map(|day| {
            plugin_api::time::parse_end_of_day(day)
                .ok_or_else(|| wrong("pagamento_entro", "field-date"))
        });
        let payment = match self.modalita.as_str() {
            "pagamento" => {
                let known = method(self.metodo.as_deref().unwrap_or_default());
                Payment::Paid(known.ok_or_else(|| wrong("metodo", "field-option"))?)
            }
            "posticipato" => Payment::Postponed(due.transpose()?),
            _ => return Err(wrong("modalita", "field-option")),
        };
        let Price { importo, valuta } = &self.importo;
        if !(0..=1_000_000_000_000).contains(importo) {
            return Err(wrong("importo/importo", "field-range"));
        }
        if !crate::domain::product::is_currency(valuta) {
            return Err(wrong("importo/valuta", "field-currency"));
        }
        Ok(Cost { amount: *importo, currency: valuta.clone(), payment })
    }
}

impl LicencePatch {
    /// What `wanted` has other than `known`; both describe the same licence.
    pub(crate) fn between(known: &Draft, wanted: &Draft) -> Self {
        let members = |draft: &Draft| match serde_json::to_value(draft) {
            Ok(Value::Object(members)) => members,
            _ => serde_json::Map::new(),
        };
        let (before, mut after) = (members(known), members(wanted));
        after.retain(|name, value| before.get(name) != Some(value));
        if let (Some(Value::Object(old)), Some(Value::Object(new))) =
            (before.get("moduli"), after.get_mut("moduli"))
        {
            new.retain(|code, terms| old.get(code) != Some(terms));
        }
        // Whom it is for and when it began are changed elsewhere, or never; what it costs now is not
        // what it was sold for.
        for name in ["cliente", "inizio", "pagamento_entro"] {
            after.remove(name);
        }
        serde_json::from_value(Value::Object(after)).unwrap_or_default()
    }

    /// What it costs, if it costs something.
    pub(crate) fn cost(&self) -> Result<Option<Cost>, Rejection> {
        self.pagamento.as_ref().map(ChangePayment::read).transpose()
    }

    /// Refuses numbers a draft knows nothing of.
    pub(crate) fn check(&self) -> Result<(), Rejection> {
        let ranges = [
            (self.rinnovo_mesi, 1, MOST_MONTHS, "/rinnovo_mesi"),
            (self.tolleranza_giorni, 0, MOST_DAYS, "/tolleranza_giorni"),
            (self.offline_giorni, 0, MOST_DAYS, "/offline_giorni"),
        ];
        let is_wrong = |value: Option<i64>, from: i64, to: i64| {
            value.is_some_and(|value| !(from..=to).contains(&value))
        };
        let errors: Vec<FieldProblem> = ranges
            .into_iter()
            .filter(|(value, from, to, _)| is_wrong(*value, *from, *to))
            .map(|(_, _, _, pointer)| FieldProblem::new(pointer, "field-range"))
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(Rejection::fields(errors)) }
    }

    /// The names of the members that were given.
    pub(crate) fn touched(&self) -> BTreeSet<String> {
        match serde_json::to_value(self) {
            Ok(Value::Object(members)) => members.into_iter().map(|(name, _)| name).collect(),
            _ => BTreeSet::new(),
        }
    }

    /// `draft`, which says what the licence is, as it is to be.
    pub(crate) fn onto(self, mut draft: Draft) -> Draft {
        if self.prodotto.is_some() && self.prodotto != draft.prodotto {
            // Of the other product only what it has itself, and what is named.
            draft.moduli = BTreeMap::new();
            draft.versione = None;
            draft.pacchetto = None;
        }
        if self.durata_giorni.is_some() {
            draft.scadenza = None;
        }
        if self.sconto.is_some() {
            draft.prezzo = None;
        }
        let Self {
            prodotto, tipo, versione, politica, associazione, alla_scadenza, rinnovo, ..
        } = self;
        for (to, from) in [
            (&mut draft.prodotto, prodotto),
            (&mut draft.tipo, tipo),
            (&mut draft.versione, versione),
            (&mut draft.politica, politica),
            (&mut draft.associazione, associazione),
            (&mut draft.alla_scadenza, alla_scadenza),
            (&mut draft.rinnovo, rinnovo),
        ] {
            set(to, from.map(Some));
        }
        for (to, from) in [
            (&mut draft.pacchetto, self.pacchetto),
            (&mut draft.scadenza, self.scadenza),
            (&mut draft.manutenzione_fino_a, self.manutenzione_fino_a),
            (&mut draft.organizzazione, self.organizzazione),
            (&mut draft.agente, self.agente),
            (&mut draft.sede, self.sede),
            (&mut draft.note, self.note),
        ] {
            set(to, from);
        }
        set(&mut draft.dispositivi, self.dispositivi.map(Some));
        set(&mut draft.posti, self.posti.map(Some));
        set(&mut draft.durata_giorni, self.durata_giorni.map(Some));
        set(&mut draft.utenti, self.utenti);
        set(&mut draft.prezzo, self.prezzo);
        set(&mut draft.sconto, self.sconto.map(Some));
        set(&mut draft.payload, self.payload);
        set(&mut draft.ombra, self.ombra.map(Some));
        set(&mut draft.interna, self.interna);
        set(&mut draft.parametri, self.parametri);
        draft.moduli.extend(self.moduli.unwrap_or_default());
        draft
    }
}

fn set<T>(to: &mut T, from: Option<T>) {
    if let Some(from) = from {
        *to = from;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patched(patch: Value) -> Draft {
        let patch: LicencePatch = serde_json::from_value(patch).expect("a patch");
        patch.onto(Draft {
            prodotto: Some("P".into()),
            note: Some("n".into()),
            utenti: Some(3),
            scadenza: Some("2027-01-01".into()),
            moduli: BTreeMap::from([("a".into(), ModuleDraft::default())]),
            ..Draft::default()
        })
    }

    #[test]
    fn what_is_left_out_stays_and_null_empties() {
        let same = patched(json!({}));
        assert_eq!((same.note.as_deref(), same.utenti), (Some("n"), Some(3)));
        let emptied = patched(json!({"note": null, "utenti": null}));
        assert_eq!((emptied.note, emptied.utenti), (None, None));
        let more = patched(json!({"moduli": {"b": {"attivo": true}}}));
        assert_eq!(more.moduli.len(), 2);
        assert_eq!(patched(json!({"durata_giorni": 3})).scadenza, None);
        assert!(patched(json!({"prodotto": "Q"})).moduli.is_empty());
        let patch: LicencePatch = serde_json::from_value(json!({"note": null})).expect("a patch");
        assert_eq!(patch.touched(), BTreeSet::from(["note".to_owned()]));
    }
}
