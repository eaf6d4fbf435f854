//! A licence as somebody asks for it, and what it has to be to be issued.

use std::collections::BTreeMap;

use plugin_api::FieldProblem;
use plugin_api::time::{DAY, parse_end_of_day, parse_instant};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::licence::{AtExpiry, LicenceType};
use super::product::{MOST_MODULES, is_currency};

/// Largest free payload, in bytes of JSON.
pub const LARGEST_PAYLOAD: usize = 64 * 1024;
/// Most devices or users of a licence.
pub const MOST_SEATS: i64 = 100_000;
const LONGEST_NOTE: usize = 4000;
const MOST_DAYS: i64 = 36_500;
/// Far beyond any price, and far from overflow.
const MOST_MINOR: i64 = 1_000_000_000_000;

/// A licence as somebody asks for it: the body of the API, and what the form is read into. Field
/// names are those of the contract.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Draft {
    /// Id of the customer; required.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000001")]
    pub cliente: Option<String>,
    /// Code of the product; required.
    #[schema(example = "STUDIO-PRO")]
    pub prodotto: Option<String>,
    /// `permanente`, `trial` or `abbonamento`; required.
    #[schema(example = "abbonamento")]
    pub tipo: Option<String>,
    /// Whether it is for the vendor's own use, and not invoiced.
    pub interna: bool,
    /// How many devices; 1 if left out.
    #[schema(minimum = 1, maximum = 100_000, example = 3)]
    pub dispositivi: Option<i64>,
    /// How many people; no limit if left out.
    #[schema(minimum = 1, maximum = 100_000)]
    pub utenti: Option<i64>,
    /// Its last day (`YYYY-MM-DD`, to its end, UTC) or instant (RFC 3339).
    #[schema(example = "2027-12-31")]
    pub scadenza: Option<String>,
    /// How many days it lasts, instead of `scadenza`.
    #[schema(minimum = 1, maximum = 36_500)]
    pub durata_giorni: Option<i64>,
    /// The last day whose updates it includes.
    #[schema(example = "2027-12-31")]
    pub manutenzione_fino_a: Option<String>,
    /// Modules by code; those left out are as the product has them.
    pub moduli: BTreeMap<String, ModuleDraft>,
    /// What it costs.
    pub prezzo: Option<Price>,
    /// Free data for the product: an object of at most 64 KiB.
    #[schema(value_type = Option<Object>)]
    pub payload: Option<Value>,
    /// For the vendor's own people.
    pub note: Option<String>,
    /// What the product does after its end: `blocca` (unless told otherwise), `sola_lettura` or
    /// `avvisa`.
    #[schema(example = "blocca")]
    pub alla_scadenza: Option<String>,
}

/// A module as somebody asks for it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ModuleDraft {
    /// Whether it may be used.
    pub attivo: bool,
    /// Its last day or instant, if it ends before the licence.
    pub fino_a: Option<String>,
    /// How much of it may be used.
    pub limite: Option<i64>,
}

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Price {
    /// Minor units.
    #[schema(example = 120_000)]
    pub importo: i64,
    /// ISO 4217.
    #[schema(example = "EUR")]
    pub valuta: String,
}

/// What counts where the draft says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Defaults {
    /// Days of a trial.
    pub trial_days: i64,
    /// Days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// Days the product goes on after its end.
    pub grace_days: i64,
}

/// A draft that makes sense by itself; customer, product and modules are still to be found.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Id of the customer.
    pub account_id: String,
    /// Code of the product.
    pub product_code: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// Whether it is for the vendor's own use.
    pub internal: bool,
    /// How many devices.
    pub devices_max: i64,
    /// How many people, if limited.
    pub users_max: Option<i64>,
    /// Its last millisecond, if it has one.
    pub expires_at: Option<i64>,
    /// The last millisecond whose updates it includes.
    pub maintenance_until: Option<i64>,
    /// Modules that are to be other than the product has them.
    pub modules: BTreeMap<String, ModuleTerms>,
    /// Minor units.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Free data, JSON text.
    pub payload: String,
    /// For the vendor's own people.
    pub note: String,
    /// What the product does after its end.
    pub at_expiry: AtExpiry,
    /// Days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// Days the product goes on after its end.
    pub grace_days: i64,
}

/// A module of [`Terms`].
#[derive(Debug, Clone, Default)]
pub struct ModuleTerms {
    /// Whether it may be used.
    pub active: bool,
    /// Its last millisecond.
    pub until: Option<i64>,
    /// How much of it may be used.
    pub max: Option<i64>,
}

/// Why a draft cannot be issued: the stable code, and the fields that are wrong (JSON pointers with
/// text keys).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The stable code.
    pub code: &'static str,
    /// The fields that are wrong.
    pub errors: Vec<FieldProblem>,
}

impl Rejection {
    /// One field is wrong for a reason with a code of its own, whose text explains it.
    pub fn coded(code: &'static str, pointer: &str) -> Self {
        let key = format!("problem-{}", code.replace('_', "-"));
        Self { code, errors: vec![FieldProblem::new(pointer, key)] }
    }

    /// Some fields are wrong.
    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        Self { code: "validation", errors }
    }
}

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

/// The JSON pointer of a module; RFC 6901 escapes `~` and `/`.
pub fn module_pointer(code: &str) -> String {
    format!("/moduli/{}", code.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_795_352_700_000;
    const DEFAULTS: Defaults = Defaults { trial_days: 30, offline_days: 30, grace_days: 7 };

    fn draft(more: Value) -> Draft {
        let mut body = json!({"cliente": "C", "prodotto": "P", "tipo": "permanente"});
        let (Value::Object(body_members), Value::Object(more)) = (&mut body, more) else {
            panic!("objects")
        };
        body_members.extend(more);
        serde_json::from_value(body).unwrap()
    }

    fn wrong(more: Value) -> Vec<String> {
        let rejection = draft(more).check(NOW, &DEFAULTS).unwrap_err();
        rejection.errors.into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn without_a_customer_it_is_refused_by_its_own_code() {
        for cliente in [json!(null), json!(""), json!("  ")] {
            let rejection = draft(json!({"cliente": cliente})).check(NOW, &DEFAULTS).unwrap_err();
            assert_eq!(rejection.code, "cliente_richiesto");
            assert_eq!(rejection.errors[0].pointer, "/cliente");
        }
    }

    #[test]
    fn each_type_has_the_end_it_needs() {
        let end = |more| draft(more).check(NOW, &DEFAULTS).unwrap().expires_at;
        assert_eq!(end(json!({})), None);
        assert_eq!(end(json!({"tipo": "trial"})), Some(NOW + 30 * DAY));
        assert_eq!(end(json!({"tipo": "trial", "durata_giorni": 7})), Some(NOW + 7 * DAY));
        let subscription = json!({"tipo": "abbonamento", "scadenza": "2027-12-31"});
        assert_eq!(end(subscription), parse_end_of_day("2027-12-31"));
        let instant = json!({"tipo": "abbonamento", "scadenza": "2027-12-31T10:00:00+01:00"});
        assert_eq!(end(instant), parse_instant("2027-12-31T09:00:00Z"));
        assert_eq!(wrong(json!({"tipo": "abbonamento"})), ["/scadenza"]);
        assert_eq!(wrong(json!({"scadenza": "2027-12-31"})), ["/scadenza"]);
        assert_eq!(wrong(json!({"durata_giorni": 3})), ["/scadenza"]);
        assert_eq!(wrong(json!({"tipo": "trial", "scadenza": "2020-01-01"})), ["/scadenza"]);
        assert_eq!(wrong(json!({"tipo": "abbonamento", "scadenza": "31/12/2027"})), ["/scadenza"]);
        let twice = json!({"tipo": "trial", "scadenza": "2027-12-31", "durata_giorni": 1});
        assert_eq!(wrong(twice), ["/durata_giorni"]);
    }

    #[test]
    fn every_field_is_checked_and_named() {
        assert_eq!(wrong(json!({"prodotto": " "})), ["/prodotto"]);
        assert_eq!(wrong(json!({"tipo": "boh"})), ["/tipo"]);
        for devices in [0, -1, MOST_SEATS + 1] {
            assert_eq!(wrong(json!({"dispositivi": devices})), ["/dispositivi"]);
        }
        assert_eq!(wrong(json!({"utenti": 0})), ["/utenti"]);
        assert_eq!(wrong(json!({"payload": [1]})), ["/payload"]);
        let large = json!({"payload": {"a": "x".repeat(LARGEST_PAYLOAD)}});
        assert_eq!(wrong(large), ["/payload"]);
        assert_eq!(
            wrong(json!({"prezzo": {"importo": -1, "valuta": "eur"}})),
            ["/prezzo/importo", "/prezzo/valuta"]
        );
        assert_eq!(wrong(json!({"note": "x".repeat(4001)})), ["/note"]);
        assert_eq!(wrong(json!({"alla_scadenza": "esplodi"})), ["/alla_scadenza"]);
        let modules = json!({"moduli": {"a/b": {"attivo": true, "fino_a": "domani"}}});
        assert_eq!(wrong(modules), ["/moduli/a~1b/fino_a"]);
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let terms = draft(json!({})).check(NOW, &DEFAULTS).unwrap();
        assert_eq!((terms.devices_max, terms.users_max), (1, None));
        assert_eq!((terms.payload.as_str(), terms.currency.as_str()), ("{}", "EUR"));
        assert_eq!((terms.offline_days, terms.grace_days), (30, 7));
        assert_eq!(terms.at_expiry, AtExpiry::Block);
    }
}
