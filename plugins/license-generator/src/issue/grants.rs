//! The modules of a licence that is issued.

use std::collections::BTreeSet;

use plugin_api::time::DAY;
use plugin_api::{FieldProblem, Lang};

use crate::domain::catalogue::{Bundle, Clash, Offer, Version, clashes};
use crate::domain::draft::{ModuleTerms, Rejection, Terms, module_pointer};
use crate::domain::product::{Module, ProductState};
use crate::store::licences::NewGrant;

/// The modules of the product that the version of `terms` includes, as the terms, their bundle or the
/// product itself have them. Refusals name the modules, in the language of `lang`.
pub fn grants(lang: &Lang, terms: &Terms, offer: &Offer) -> Result<Vec<NewGrant>, Rejection> {
    let version = version(terms, offer)?;
    let bundle = bundle(terms, offer)?;
    let mut errors = Vec::new();
    for (code, asked) in &terms.modules {
        let wrong = match offer.module(code) {
            None => "field-module".to_owned(),
            Some(_) if !asked.active => continue,
            Some(module) if module.state == ProductState::Retired => "field-module-retired".into(),
            Some(_) => match version.filter(|version| !version.includes(code)) {
                Some(version) => {
                    lang.with("field-module-version", &[("version", &version.number())])
                }
                None => continue,
            },
        };
        errors.push(FieldProblem::new(module_pointer(code), wrong));
    }
    let is_sold = |module: &&Module| {
        module.state == ProductState::Active
            && version.is_none_or(|version| version.includes(&module.code))
    };
    let sold = offer.modules.iter().filter(is_sold);
    let grants: Vec<NewGrant> = sold.map(|module| grant(terms, bundle, module)).collect();
    let active = grants.iter().filter(|grant| grant.active).map(|grant| grant.code.as_str());
    for clash in clashes(&offer.modules, &active.collect()) {
        let text = told(lang, offer, &clash);
        errors.push(FieldProblem::new(module_pointer(clash.module()), text));
    }
    for code in bundle.into_iter().flat_map(|bundle| &bundle.modules) {
        if !grants.iter().any(|grant| grant.code == *code) {
            errors.push(FieldProblem::new("/pacchetto", "field-bundle-version"));
        }
    }
    errors.dedup_by(|a, b| a == b);
    if errors.is_empty() { Ok(grants) } else { Err(Rejection::fields(errors)) }
}

/// The version a licence is for: one of those the product lists, if it lists any.
fn version<'a>(terms: &Terms, offer: &'a Offer) -> Result<Option<&'a Version>, Rejection> {
    match offer.version(terms.version) {
        Some(version) if version.state == ProductState::Retired && terms.version.is_some() => {
            Err(Rejection::coded("versione_ritirata", "/versione"))
        }
        None if terms.version.is_some() && !offer.versions.is_empty() => {
            Err(Rejection::coded("versione_sconosciuta", "/versione"))
        }
        version => Ok(version),
    }
}

fn bundle<'a>(terms: &Terms, offer: &'a Offer) -> Result<Option<&'a Bundle>, Rejection> {
    let Some(code) = terms.bundle.as_deref() else { return Ok(None) };
    match offer.bundle(code) {
        None => Err(Rejection::coded("pacchetto_sconosciuto", "/pacchetto")),
        Some(bundle) if bundle.state == ProductState::Retired => {
            Err(Rejection::coded("pacchetto_ritirato", "/pacchetto"))
        }
        found => Ok(found),
    }
}

/// What a licence says of a module, and where it says nothing, what the module says itself.
fn grant(terms: &Terms, bundle: Option<&Bundle>, module: &Module) -> NewGrant {
    let inherited = ModuleTerms { active: module.active_default, ..ModuleTerms::default() };
    let asked = terms.modules.get(&module.code).cloned().unwrap_or(inherited);
    let is_bundled = bundle.is_some_and(|bundle| bundle.modules.contains(&module.code));
    let is_counted = asked.period.is_some() || asked.max.is_some();
    let trial_end = module.trial_days.filter(|_| asked.trial && asked.until.is_none());
    let trial_end = trial_end.map(|days| terms.starts_at.saturating_add(days.saturating_mul(DAY)));
    NewGrant {
        module_id: module.module_id.clone(),
        code: module.code.clone(),
        active: asked.active || is_bundled,
        until: asked.until.or(trial_end),
        max: asked.max.or(module.quantity_max),
        trial: asked.trial,
        period: asked.period.or(module.period),
        overage: if is_counted || asked.overage > 0 { asked.overage } else { module.overage },
    }
}

/// A clash in words, with the names people know.
fn told(lang: &Lang, offer: &Offer, clash: &Clash) -> String {
    let (key, module, other) = match clash {
        Clash::Missing { module, other } => ("field-module-needs", module, other),
        Clash::Excluded { module, other } => ("field-module-excludes", module, other),
    };
    let name = |code: &str| {
        let name = offer.module(code).map_or(code, |module| module.name.as_str());
        format!("{name} ({code})")
    };
    lang.with(key, &[("module", &name(module)), ("other", &name(other))])
}

/// The modules of `offer` that are active in `grants`.
pub(super) fn active<'a>(offer: &'a Offer, grants: &[NewGrant]) -> Vec<&'a Module> {
    let codes: BTreeSet<&str> =
        grants.iter().filter(|grant| grant.active).map(|grant| grant.code.as_str()).collect();
    offer.modules.iter().filter(|module| codes.contains(module.code.as_str())).collect()
}
