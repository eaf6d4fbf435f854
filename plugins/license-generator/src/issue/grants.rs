//! The modules of a licence that is issued.

use plugin_api::FieldProblem;

use crate::domain::draft::{ModuleTerms, Rejection, Terms, module_pointer};
use crate::domain::product::Module;
use crate::store::licences::NewGrant;

/// Every module of the product, as the terms or the product itself have it.
pub fn grants(terms: &Terms, modules: &[Module]) -> Result<Vec<NewGrant>, Rejection> {
    let is_known = |code: &str| modules.iter().any(|module| module.code == code);
    let unknown: Vec<FieldProblem> = terms
        .modules
        .keys()
        .filter(|code| !is_known(code))
        .map(|code| FieldProblem::new(module_pointer(code), "field-module"))
        .collect();
    if !unknown.is_empty() {
        return Err(Rejection::fields(unknown));
    }
    let grant = |module: &Module| {
        let inherited = ModuleTerms { active: module.active_default, ..ModuleTerms::default() };
        let terms = terms.modules.get(&module.code).cloned().unwrap_or(inherited);
        NewGrant {
            module_id: module.module_id.clone(),
            code: module.code.clone(),
            active: terms.active,
            until: terms.until,
            max: terms.max,
            trial: terms.trial,
            period: terms.period,
            overage: terms.overage,
        }
    };
    Ok(modules.iter().map(grant).collect())
}
