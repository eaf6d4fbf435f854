//! Reads the form of a product.

use plugin_api::{Cx, FieldProblem};

use super::Known;
use crate::domain::money::{format_minor, parse_minor};
use crate::domain::product::{
    LONGEST_NAME, MOST_MODULES, Module, Product, ProductState, is_code, is_currency,
};
use crate::form::Typed;

/// Empty rows for modules to add.
const BLANK_ROWS: usize = 2;
const LONGEST_DESCRIPTION: usize = 2000;
const HIGHEST_VERSION: i64 = 1_000_000;

/// The field of a module in a row of the form.
pub(super) fn field(name: &str, row: usize) -> String {
    format!("modulo_{name}_{row}")
}

/// How many rows of modules a form has.
pub(super) fn rows(typed: &Typed) -> usize {
    typed.text("moduli").parse().unwrap_or(BLANK_ROWS).min(MOST_MODULES)
}

/// What the form holds before anybody typed.
pub(super) fn first_values(known: Option<&Known>) -> Typed {
    let Some(Known { product, modules }) = known else {
        return Typed::default()
            .with("major", "1")
            .with("minor", "0")
            .with("moduli", BLANK_ROWS.to_string());
    };
    let mut typed = Typed::default()
        .with("codice", &product.code)
        .with("nome", &product.name)
        .with("descrizione", &product.description)
        .with("major", product.version_major.to_string())
        .with("minor", product.version_minor.to_string())
        .with("versione", product.version.to_string())
        .with("moduli", (modules.len() + BLANK_ROWS).to_string());
    if product.state == ProductState::Retired {
        typed = typed.with("ritirato", "true");
    }
    for (row, module) in modules.iter().enumerate() {
        typed = typed
            .with(&field("codice", row), &module.code)
            .with(&field("nome", row), &module.name)
            .with(&field("prezzo", row), format_minor(module.base_price))
            .with(&field("valuta", row), &module.currency);
        if module.active_default {
            typed = typed.with(&field("attivo", row), "true");
        }
    }
    typed
}

/// The product and modules as typed, or everything that is wrong. The code of a stored product or
/// module stays: computer keys that are out name it.
pub(super) fn product(
    cx: &Cx,
    known: Option<&Known>,
    typed: &Typed,
) -> Result<(Product, Vec<Module>), Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let mut number = |name: &str| {
        let number = typed.number(name, &mut errors).unwrap_or_default();
        if !(0..=HIGHEST_VERSION).contains(&number) {
            errors.push(FieldProblem::new(format!("/{name}"), "field-range"));
        }
        number
    };
    let (version_major, version_minor) = (number("major"), number("minor"));
    let code = known.map_or(typed.text("codice"), |known| known.product.code.as_str());
    if !is_code(code) {
        errors.push(FieldProblem::new("/codice", "field-code"));
    }
    short(typed, "nome", LONGEST_NAME, &mut errors);
    if typed.text("nome").is_empty() {
        errors.push(FieldProblem::new("/nome", "field-required"));
    }
    short(typed, "descrizione", LONGEST_DESCRIPTION, &mut errors);
    let modules = modules(cx, known, typed, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    let product = Product {
        product_id: known.map_or_else(|| cx.fresh_id(), |known| known.product.product_id.clone()),
        code: code.to_owned(),
        name: typed.text("nome").to_owned(),
        description: typed.text("descrizione").to_owned(),
        version_major,
        version_minor,
        state: if typed.ticked("ritirato") { ProductState::Retired } else { ProductState::Active },
        version: typed.text("versione").parse().unwrap_or_default(),
    };
    Ok((product, modules))
}

fn short(typed: &Typed, name: &str, longest: usize, errors: &mut Vec<FieldProblem>) {
    if typed.text(name).chars().count() > longest {
        errors.push(FieldProblem::new(format!("/{name}"), "field-too-long"));
    }
}

fn modules(
    cx: &Cx,
    known: Option<&Known>,
    typed: &Typed,
    errors: &mut Vec<FieldProblem>,
) -> Vec<Module> {
    let stored = known.map_or(&[][..], |known| known.modules.as_slice());
    let mut modules: Vec<Module> = Vec::new();
    for row in 0..rows(typed) {
        let text = |name: &str| typed.text(&field(name, row));
        let mut wrong = |name: &str, key: &str| {
            errors.push(FieldProblem::new(format!("/{}", field(name, row)), key));
        };
        let of_row = stored.get(row);
        if of_row.is_none() && text("codice").is_empty() && text("nome").is_empty() {
            continue;
        }
        let code = of_row.map_or(text("codice"), |module| module.code.as_str());
        let is_taken = modules.iter().any(|module| module.code.eq_ignore_ascii_case(code));
        if !is_code(code) {
            wrong("codice", "field-code");
        } else if is_taken {
            wrong("codice", "field-taken");
        }
        if text("nome").is_empty() {
            wrong("nome", "field-required");
        } else if text("nome").chars().count() > LONGEST_NAME {
            wrong("nome", "field-too-long");
        }
        let price = text("prezzo");
        let base_price = if price.is_empty() { Some(0) } else { parse_minor(price) };
        if base_price.is_none() {
            wrong("prezzo", "field-amount");
        }
        let currency = text("valuta").to_ascii_uppercase();
        let currency = if currency.is_empty() { "EUR".to_owned() } else { currency };
        if !is_currency(&currency) {
            wrong("valuta", "field-currency");
        }
        modules.push(Module {
            module_id: of_row.map_or_else(|| cx.fresh_id(), |module| module.module_id.clone()),
            code: code.to_owned(),
            name: text("nome").to_owned(),
            base_price: base_price.unwrap_or_default(),
            currency,
            active_default: typed.ticked(&field("attivo", row)),
        });
    }
    modules
}
