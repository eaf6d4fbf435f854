//! Checks a draft: everything that needs no database, and everything that is wrong at once.

use std::collections::BTreeMap;

use plugin_api::FieldProblem;
use plugin_api::time::{DAY, parse_end_of_day, parse_instant};
use serde_json::Value;

use super::{
    Defaults, Draft, LARGEST_PAYLOAD, MOST_SEATS, ModuleDraft, ModuleTerms, Rejection, Terms,
    module_pointer,
};
use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::product::{MOST_MODULES, is_currency};

const LONGEST_NOTE: usize = 4000;
const MOST_DAYS: i64 = 36_500;
/// Far beyond any price, and far from overflow.
const MOST_MINOR: i64 = 1_000_000_000_000;

#[derive(Default)]
struct Errors(Vec<FieldProblem>);

impl Errors {
    fn add(&mut self, pointer: impl Into<String>, key: &str) {
        self.0.push(FieldProblem::new(pointer, key));
    }

    fn range(&mut self, value: Option<i64>, from: i64, to: i64, pointer: &str) {
        if value.is_some_and(|value| !(from..=to).contains(&value)) {
            self.add(pointer, "field-range");
        }
    }

    /// The last millisecond of a day or an instant; nothing for an empty text.
    fn end(&mut self, text: Option<&String>, pointer: &str) -> Option<i64> {
        let text = text.map(|text| text.trim()).filter(|text| !text.is_empty())?;
        let end = parse_instant(text).or_else(|| parse_end_of_day(text));
        if end.is_none() {
            self.add(pointer, "field-date");
        }
        end
    }
}

impl Draft {
    /// Checks everything that needs no database.
    pub fn check(&self, now: i64, defaults: &Defaults) -> Result<Terms, Rejection> {
        let given = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let Some(account_id) = given(&self.cliente) else {
            return Err(Rejection::coded("cliente_richiesto", "/cliente"));
        };
        let mut errors = Errors::default();
        let product_code = given(&self.prodotto);
        if product_code.is_none() {
            errors.add("/prodotto", "field-required");
        }
        let kind = self.kind(&mut errors);
        let at_expiry = given(&self.alla_scadenza);
        let at_expiry = at_expiry.map_or(Some(AtExpiry::Block), |name| AtExpiry::from_wire(&name));
        if at_expiry.is_none() {
            errors.add("/alla_scadenza", "field-option");
        }
        errors.range(self.dispositivi, 1, MOST_SEATS, "/dispositivi");
        errors.range(self.utenti, 1, MOST_SEATS, "/utenti");
        let expires_at = self.expiry(kind, now, defaults, &mut errors);
        let maintenance_until =
            errors.end(self.manutenzione_fino_a.as_ref(), "/manutenzione_fino_a");
        let modules = self.modules(&mut errors);
        let (price, currency) = self.price(&mut errors);
        let due_at = errors.end(self.pagamento_entro.as_ref(), "/pagamento_entro");
        if due_at.is_some() && price.unwrap_or_default() == 0 {
            errors.add("/pagamento_entro", "field-due-without-price");
        }
        if due_at.is_some_and(|due| due < now) {
            errors.add("/pagamento_entro", "field-past");
        }
        let payload = self.payload(&mut errors);
        let note = given(&self.note).unwrap_or_default();
        if note.chars().count() > LONGEST_NOTE {
            errors.add("/note", "field-too-long");
        }
        match (product_code, kind, at_expiry) {
            (Some(product_code), Some(kind), Some(at_expiry)) if errors.0.is_empty() => Ok(Terms {
                account_id,
                product_code,
                r#type: kind,
                internal: self.interna,
                devices_max: self.dispositivi.unwrap_or(1),
                users_max: self.utenti,
                expires_at,
                maintenance_until,
                modules,
                price,
                currency,
                due_at,
                payload,
                note,
                at_expiry,
                offline_days: defaults.offline_days,
                grace_days: defaults.grace_days,
            }),
            _ => Err(Rejection::fields(errors.0)),
        }
    }

    fn kind(&self, errors: &mut Errors) -> Option<LicenceType> {
        let name = self.tipo.as_deref().unwrap_or_default().trim();
        let kind = LicenceType::from_wire(name);
        if kind.is_none() {
            errors.add("/tipo", if name.is_empty() { "field-required" } else { "field-option" });
        }
        kind
    }

    /// A permanent licence has no end, the others need one.
    fn expiry(
        &self,
        kind: Option<LicenceType>,
        now: i64,
        defaults: &Defaults,
        errors: &mut Errors,
    ) -> Option<i64> {
        let end = errors.end(self.scadenza.as_ref(), "/scadenza");
        errors.range(self.durata_giorni, 1, MOST_DAYS, "/durata_giorni");
        let is_given = self.scadenza.as_ref().is_some_and(|text| !text.trim().is_empty());
        if is_given && self.durata_giorni.is_some() {
            errors.add("/durata_giorni", "field-expiry-twice");
        }
        if end.is_some_and(|end| end < now) {
            errors.add("/scadenza", "field-past");
        }
        let after = |days: i64| now.saturating_add(days.saturating_mul(DAY));
        let end = end.or_else(|| self.durata_giorni.map(after));
        match kind? {
            LicenceType::Permanent => {
                if end.is_some() {
                    errors.add("/scadenza", "field-permanent-expiry");
                }
                None
            }
            LicenceType::Trial => end.or_else(|| Some(after(defaults.trial_days))),
            LicenceType::Subscription => {
                if end.is_none() && !is_given {
                    errors.add("/scadenza", "field-subscription-expiry");
                }
                end
            }
        }
    }

    fn modules(&self, errors: &mut Errors) -> BTreeMap<String, ModuleTerms> {
        if self.moduli.len() > MOST_MODULES {
            errors.add("/moduli", "field-too-long");
            return BTreeMap::new();
        }
        let terms = |(code, module): (&String, &ModuleDraft)| {
            let pointer = module_pointer(code);
            let until = errors.end(module.fino_a.as_ref(), &format!("{pointer}/fino_a"));
            errors.range(module.limite, 0, MOST_MINOR, &format!("{pointer}/limite"));
            (code.clone(), ModuleTerms { active: module.attivo, until, max: module.limite })
        };
        self.moduli.iter().map(terms).collect()
    }

    fn price(&self, errors: &mut Errors) -> (Option<i64>, String) {
        let Some(price) = &self.prezzo else { return (None, "EUR".to_owned()) };
        errors.range(Some(price.importo), 0, MOST_MINOR, "/prezzo/importo");
        if !is_currency(&price.valuta) {
            errors.add("/prezzo/valuta", "field-currency");
        }
        (Some(price.importo), price.valuta.clone())
    }

    fn payload(&self, errors: &mut Errors) -> String {
        match &self.payload {
            None | Some(Value::Null) => "{}".to_owned(),
            Some(payload @ Value::Object(_)) => {
                let text = payload.to_string();
                if text.len() > LARGEST_PAYLOAD {
                    errors.add("/payload", "field-payload-large");
                }
                text
            }
            Some(_) => {
                errors.add("/payload", "field-payload");
                String::new()
            }
        }
    }
}
