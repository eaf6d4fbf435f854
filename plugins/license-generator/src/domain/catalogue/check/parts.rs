//! The parts of a product: each is read by itself; what they have to do with one another comes after.

use std::collections::BTreeSet;

use plugin_api::time::parse_date;

use super::super::{
    Bundle, CatalogueBundle, CatalogueModule, CatalogueParameter, CatalogueVersion, Offer,
    Parameter, ParameterKind, Version,
};
use super::{Checking, LONGEST_DESCRIPTION};
use crate::domain::choices::Period;
use crate::domain::product::{LONGEST_NAME, Module};

const MOST_PERCENT: i64 = 1000;
const MOST_TRIAL_DAYS: i64 = 3650;
const LONGEST_BOUND: usize = 64;

impl Checking<'_> {
    /// The id of the part that was there before, or a new one.
    fn id(&mut self, known: Option<&String>) -> String {
        known.cloned().unwrap_or_else(|| (self.fresh_id)())
    }

    pub(super) fn modules(
        &mut self,
        bodies: &[CatalogueModule],
        before: Option<&Offer>,
    ) -> Vec<Module> {
        let mut taken = BTreeSet::new();
        let mut modules = Vec::with_capacity(bodies.len());
        for (at, body) in bodies.iter().enumerate() {
            let pointer = |member: &str| format!("/moduli/{at}/{member}");
            let code = self.code(&body.codice, &mut taken, pointer("codice"));
            let known = before.and_then(|offer| offer.module(&code));
            let (base_price, currency) = self
                .price(body.prezzo.as_ref(), &pointer("prezzo"))
                .unwrap_or_else(|| (0, "EUR".to_owned()));
            let period = body.periodo.as_deref().filter(|name| !name.is_empty());
            let period = period.and_then(|name| {
                let period = Period::from_wire(name);
                if period.is_none() {
                    self.add(pointer("periodo"), "field-option");
                }
                period
            });
            let overage = self.range(body.sforamento, 0, MOST_PERCENT, pointer("sforamento"));
            modules.push(Module {
                module_id: self.id(known.map(|module| &module.module_id)),
                name: self.name(&body.nome, pointer("nome")),
                base_price,
                currency,
                active_default: body.incluso,
                description: self.text(
                    body.descrizione.as_deref(),
                    LONGEST_DESCRIPTION,
                    pointer("descrizione"),
                ),
                state: self.state(body.stato.as_deref(), pointer("stato")),
                requires: body.richiede.clone(),
                excludes: body.esclude.clone(),
                period,
                quantity_max: self.range(body.limite, 0, i64::MAX, pointer("limite")),
                overage: overage.unwrap_or_default(),
                trial_days: self.range(
                    body.giorni_prova,
                    1,
                    MOST_TRIAL_DAYS,
                    pointer("giorni_prova"),
                ),
                code,
            });
        }
        modules
    }

    pub(super) fn versions(
        &mut self,
        bodies: &[CatalogueVersion],
        before: Option<&Offer>,
        offer: &Offer,
    ) -> Vec<Version> {
        let known_codes = codes_of(offer);
        let mut versions: Vec<Version> = Vec::with_capacity(bodies.len());
        for (at, body) in bodies.iter().enumerate() {
            let pointer = |member: &str| format!("/versioni/{at}/{member}");
            let number = self.version(&body.versione, pointer("versione"));
            let (major, minor) = number.unwrap_or_default();
            let is_same = |version: &&Version| (version.major, version.minor) == (major, minor);
            if number.is_some() && versions.iter().any(|version| is_same(&version)) {
                self.add(pointer("versione"), "field-taken");
            }
            let known = before.and_then(|offer| offer.versions.iter().find(is_same));
            let day = body.rilasciata.as_deref().map(str::trim).filter(|day| !day.is_empty());
            let released_at = day.and_then(parse_date);
            if day.is_some() && released_at.is_none() {
                self.add(pointer("rilasciata"), "field-date");
            }
            versions.push(Version {
                version_id: self.id(known.map(|version| &version.version_id)),
                major,
                minor,
                released_at,
                note: self.text(body.nota.as_deref(), LONGEST_DESCRIPTION, pointer("nota")),
                state: self.state(body.stato.as_deref(), pointer("stato")),
                modules: body
                    .moduli
                    .as_ref()
                    .map(|codes| self.codes(codes, &known_codes, &pointer("moduli"))),
            });
        }
        versions.sort_by_key(|version| std::cmp::Reverse((version.major, version.minor)));
        versions
    }

    pub(super) fn bundles(
        &mut self,
        bodies: &[CatalogueBundle],
        before: Option<&Offer>,
        offer: &Offer,
    ) -> Vec<Bundle> {
        let known_codes = codes_of(offer);
        let mut taken = BTreeSet::new();
        let mut bundles = Vec::with_capacity(bodies.len());
        for (at, body) in bodies.iter().enumerate() {
            let pointer = |member: &str| format!("/pacchetti/{at}/{member}");
            let code = self.code(&body.codice, &mut taken, pointer("codice"));
            let known = before.and_then(|offer| offer.bundle(&code));
            let (price, currency) = self.price(body.prezzo.as_ref(), &pointer("prezzo")).unzip();
            let percent = body.sconto.unwrap_or_default();
            if !(0.0..=100.0).contains(&percent) {
                self.add(pointer("sconto"), "field-range");
            }
            #[expect(clippy::cast_possible_truncation, reason = "it is between 0 and 10,000")]
            let discount = (percent.clamp(0.0, 100.0) * 100.0).round() as i64;
            let modules = self.codes(&body.moduli, &known_codes, &pointer("moduli"));
            if modules.is_empty() {
                self.add(pointer("moduli"), "field-required");
            }
            bundles.push(Bundle {
                bundle_id: self.id(known.map(|bundle| &bundle.bundle_id)),
                name: self.name(&body.nome, pointer("nome")),
                state: self.state(body.stato.as_deref(), pointer("stato")),
                modules,
                price,
                currency: currency.unwrap_or_else(|| "EUR".to_owned()),
                discount,
                code,
            });
        }
        bundles
    }

    pub(super) fn parameters(
        &mut self,
        bodies: &[CatalogueParameter],
        before: Option<&Offer>,
    ) -> Vec<Parameter> {
        let known = before.map_or(&[][..], |offer| offer.parameters.as_slice());
        let mut taken = BTreeSet::new();
        let mut parameters = Vec::with_capacity(bodies.len());
        for (at, body) in bodies.iter().enumerate() {
            let pointer = |member: &str| format!("/parametri/{at}/{member}");
            let name = self.code(&body.nome, &mut taken, pointer("nome"));
            let kind = ParameterKind::from_wire(body.tipo.trim());
            if kind.is_none() {
                self.add(pointer("tipo"), "field-option");
            }
            let kind = kind.unwrap_or(ParameterKind::Text);
            let mut bound = |text: Option<&String>, member: &str| {
                let text = text.map(|text| text.trim()).unwrap_or_default();
                if !text.is_empty() && (text.len() > LONGEST_BOUND || !kind.is_bound(text)) {
                    self.add(pointer(member), "field-bound");
                }
                text.to_owned()
            };
            let least = bound(body.minimo.as_ref(), "minimo");
            let most = bound(body.massimo.as_ref(), "massimo");
            let choices: Vec<String> = body
                .scelte
                .iter()
                .map(|choice| choice.trim().to_owned())
                .filter(|choice| !choice.is_empty())
                .collect();
            if kind == ParameterKind::Choice && choices.is_empty() {
                self.add(pointer("scelte"), "field-required");
            }
            if choices.iter().any(|choice| choice.chars().count() > LONGEST_NAME) {
                self.add(pointer("scelte"), "field-too-long");
            }
            let known = known.iter().find(|parameter| parameter.name == name);
            let mut parameter = Parameter {
                parameter_id: self.id(known.map(|parameter| &parameter.parameter_id)),
                label: self.name(&body.etichetta, pointer("etichetta")),
                kind,
                required: body.obbligatorio,
                default_value: None,
                least,
                most,
                choices,
                name,
            };
            let default = body.predefinito.as_ref().filter(|value| {
                !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty())
            });
            match default.map(|value| parameter.read(value)).transpose() {
                Ok(value) => parameter.default_value = value,
                Err(wrong) => self.add(pointer("predefinito"), wrong),
            }
            parameters.push(parameter);
        }
        parameters
    }
}

fn codes_of(offer: &Offer) -> BTreeSet<String> {
    offer.modules.iter().map(|module| module.code.clone()).collect()
}
