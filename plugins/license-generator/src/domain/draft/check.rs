//! Checks a draft: everything that needs no database, and everything that is wrong at once.

use std::collections::BTreeMap;

use plugin_api::FieldProblem;
use plugin_api::time::{DAY, parse_date, parse_end_of_day, parse_instant};
use serde_json::Value;

use super::limits::exceeded;
use super::{
    Draft, LARGEST_PAYLOAD, MOST_SEATS, ModuleDraft, ModuleTerms, Rejection, Terms, module_pointer,
};
use crate::domain::choices::{Binding, Period, Renewal};
use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::policy::{InForce, Policy};
use crate::domain::product::{LONGEST_NAME, MOST_MODULES, is_currency, parse_version};

const LONGEST_NOTE: usize = 4000;
const MOST_DAYS: i64 = 36_500;
const MOST_PERCENT: i64 = 10_000;
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
        self.instant(text, pointer, parse_end_of_day)
    }

    /// An instant, or what `of_day` makes of a day; nothing for an empty text.
    fn instant(
        &mut self,
        text: Option<&String>,
        pointer: &str,
        of_day: fn(&str) -> Option<i64>,
    ) -> Option<i64> {
        let text = given(text)?;
        let instant = parse_instant(&text).or_else(|| of_day(&text));
        if instant.is_none() {
            self.add(pointer, "field-date");
        }
        instant
    }

    /// One of the names of a choice; nothing for an empty text.
    fn choice<C>(
        &mut self,
        text: Option<&String>,
        from_wire: fn(&str) -> Option<C>,
        pointer: &str,
    ) -> Option<C> {
        let choice = from_wire(&given(text)?);
        if choice.is_none() {
            self.add(pointer, "field-option");
        }
        choice
    }

    /// A text, empty if none was given.
    fn text(&mut self, text: Option<&String>, longest: usize, pointer: &str) -> String {
        let text = given(text).unwrap_or_default();
        if text.chars().count() > longest {
            self.add(pointer, "field-too-long");
        }
        text
    }
}

/// The text that was given, trimmed.
fn given(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The end of maintenance a policy gives a permanent licence.
fn maintenance(kind: LicenceType, starts_at: i64, policy: &Policy) -> Option<i64> {
    let days = policy.maintenance_days.filter(|_| kind == LicenceType::Permanent)?;
    Some(starts_at.saturating_add(days.saturating_mul(DAY)))
}

impl Draft {
    /// Checks everything that needs no database but the policy in force.
    pub fn check(&self, now: i64, in_force: &InForce) -> Result<Terms, Rejection> {
        let policy = &in_force.policy;
        let Some(account_id) = given(self.cliente.as_ref()) else {
            return Err(Rejection::coded("cliente_richiesto", "/cliente"));
        };
        let mut errors = Errors::default();
        let product_code = given(self.prodotto.as_ref());
        if product_code.is_none() {
            errors.add("/prodotto", "field-required");
        }
        let kind = self.kind(&mut errors);
        let at_expiry = errors
            .choice(self.alla_scadenza.as_ref(), AtExpiry::from_wire, "/alla_scadenza")
            .unwrap_or(policy.at_expiry);
        let binding = errors
            .choice(self.associazione.as_ref(), Binding::from_wire, "/associazione")
            .unwrap_or(policy.binding);
        let renewal = errors
            .choice(self.rinnovo.as_ref(), Renewal::from_wire, "/rinnovo")
            .unwrap_or(policy.renewal);
        errors.range(self.dispositivi, 1, MOST_SEATS, "/dispositivi");
        errors.range(self.utenti, 1, MOST_SEATS, "/utenti");
        errors.range(self.posti, 1, MOST_SEATS, "/posti");
        let seats_max =
            (binding == Binding::Floating).then(|| self.posti.unwrap_or(policy.devices));
        let users_max = match binding {
            Binding::User => self.utenti.or(Some(policy.devices)),
            _ => self.utenti,
        };
        let starts_at = errors.instant(self.inizio.as_ref(), "/inizio", parse_date);
        let starts_at = starts_at.unwrap_or(now);
        let expires_at = self.expiry(kind, starts_at.max(now), policy, &mut errors);
        let maintenance_until = errors
            .end(self.manutenzione_fino_a.as_ref(), "/manutenzione_fino_a")
            .or_else(|| maintenance(kind?, starts_at, policy));
        let version = self.version(&mut errors);
        let modules = self.modules(&mut errors);
        let (price, currency) = self.price(&mut errors);
        let discount = self.discount(&mut errors);
        let due_at = errors.end(self.pagamento_entro.as_ref(), "/pagamento_entro");
        if due_at.is_some_and(|due| due < now) {
            errors.add("/pagamento_entro", "field-past");
        }
        let payload = self.payload(&mut errors);
        let note = errors.text(self.note.as_ref(), LONGEST_NOTE, "/note");
        let site = errors.text(self.sede.as_ref(), LONGEST_NAME, "/sede");
        let mut terms = match (product_code, kind) {
            (Some(product_code), Some(kind)) if errors.0.is_empty() => Terms {
                account_id,
                product_code,
                version,
                bundle: given(self.pacchetto.as_ref()),
                r#type: kind,
                internal: self.interna,
                binding,
                devices_max: self.dispositivi.unwrap_or(policy.devices),
                users_max,
                seats_max,
                starts_at,
                expires_at,
                maintenance_until,
                modules,
                price,
                currency,
                discount,
                due_at,
                seller_id: given(self.organizzazione.as_ref()),
                agent_id: given(self.agente.as_ref()),
                site,
                parameters: self.parametri.clone().into_iter().collect(),
                payload,
                note,
                at_expiry,
                offline_days: policy.offline_days,
                grace_days: policy.grace_days,
                policy: in_force.of.clone(),
                conditions: policy.conditions.clone(),
                shadow: self.ombra.unwrap_or(policy.shadow),
                renewal,
                renewal_months: policy.renewal_months,
                beyond: Vec::new(),
            },
            _ => return Err(Rejection::fields(errors.0)),
        };
        terms.beyond = exceeded(self, &terms, policy);
        if terms.beyond.is_empty() || in_force.may_exceed {
            return Ok(terms);
        }
        Err(Rejection::fields(terms.beyond))
    }

    /// The numbers of the version: `3` covers every minor one, `3.1` those up to it.
    fn version(&self, errors: &mut Errors) -> Option<(i64, Option<i64>)> {
        let text = given(self.versione.as_ref())?;
        let version = parse_version(&text);
        if version.is_none() {
            errors.add("/versione", "field-version");
        }
        version
    }

    /// Percent as hundredths of it.
    fn discount(&self, errors: &mut Errors) -> i64 {
        let Some(percent) = self.sconto else { return 0 };
        if !(0.0..=100.0).contains(&percent) {
            errors.add("/sconto", "field-range");
            return 0;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is between 0 and 10,000")]
        let hundredths = (percent * 100.0).round() as i64;
        if self.prezzo.is_some() && hundredths > 0 {
            errors.add("/sconto", "field-discount-and-price");
        }
        hundredths
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
        policy: &Policy,
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
            LicenceType::Trial => end.or_else(|| Some(after(policy.trial_days))),
            LicenceType::Subscription => {
                let end = end.or_else(|| policy.duration_days.filter(|_| !is_given).map(after));
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
            errors.range(module.sforamento, 0, MOST_PERCENT, &format!("{pointer}/sforamento"));
            let period = errors.choice(
                module.periodo.as_ref(),
                Period::from_wire,
                &format!("{pointer}/periodo"),
            );
            let terms = ModuleTerms {
                active: module.attivo,
                until,
                max: module.limite,
                trial: module.prova,
                period,
                overage: module.sforamento.unwrap_or_default(),
            };
            (code.clone(), terms)
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
