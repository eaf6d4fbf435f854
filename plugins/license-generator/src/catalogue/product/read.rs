//! Reads the form of a product into the body the API takes.

use plugin_api::FieldProblem;
use plugin_api::form::Typed;
use plugin_api::money;

use crate::domain::catalogue::{CatalogueModule, Offer, ProductBody};
use crate::domain::draft::Price;
use crate::domain::product::{MOST_MODULES, ProductState};

/// Rows for the modules of a new product; more are added on their own page.
const BLANK_ROWS: usize = 4;
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
pub(super) fn first_values(known: Option<&Offer>) -> Typed {
    let Some(Offer { product, .. }) = known else {
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
        .with("valuta", &product.currency)
        .with("versione", product.version.to_string());
    if product.base_price > 0 {
        typed = typed.with("prezzo", money::amount(product.base_price, &product.currency));
    }
    if product.per_seat {
        typed = typed.with("per_posto", "true");
    }
    if product.state == ProductState::Retired {
        typed = typed.with("ritirato", "true");
    }
    typed
}

/// What was typed, and what of it cannot be read. The code of a stored product stays: computer keys
/// that are out name it.
pub(super) fn body(known: Option<&Offer>, typed: &Typed) -> (ProductBody, Vec<FieldProblem>) {
    let mut errors = Vec::new();
    let mut number = |name: &str| {
        let number = typed.number(name, &mut errors).unwrap_or_default();
        if !(0..=HIGHEST_VERSION).contains(&number) {
            errors.push(FieldProblem::new(format!("/{name}"), "field-range"));
        }
        number.clamp(0, HIGHEST_VERSION)
    };
    let version = format!("{}.{}", number("major"), number("minor"));
    let price = price(typed, "prezzo", "valuta", &mut errors);
    let state = if typed.ticked("ritirato") { ProductState::Retired } else { ProductState::Active };
    let body = ProductBody {
        codice: known.is_none().then(|| typed.text("codice").to_owned()),
        nome: Some(typed.text("nome").to_owned()),
        descrizione: Some(typed.text("descrizione").to_owned()),
        stato: Some(state.wire().to_owned()),
        versione: Some(version),
        prezzo_base: price,
        prezzo_per_posto: Some(typed.ticked("per_posto")),
        moduli: known.is_none().then(|| modules(typed, &mut errors)),
        ..ProductBody::default()
    };
    (body, errors)
}

/// The modules of a new product: each row with a code or name.
fn modules(typed: &Typed, errors: &mut Vec<FieldProblem>) -> Vec<CatalogueModule> {
    filled(typed)
        .map(|row| CatalogueModule {
            codice: typed.text(&field("codice", row)).to_owned(),
            nome: typed.text(&field("nome", row)).to_owned(),
            prezzo: price(typed, &field("prezzo", row), &field("valuta", row), errors),
            incluso: typed.ticked(&field("attivo", row)),
            ..CatalogueModule::default()
        })
        .collect()
}

fn filled(typed: &Typed) -> impl Iterator<Item = usize> {
    let is_filled =
        |row: &usize| ["codice", "nome"].iter().any(|name| typed.ticked(&field(name, *row)));
    (0..rows(typed)).filter(is_filled)
}

fn price(
    typed: &Typed,
    amount: &str,
    currency: &str,
    errors: &mut Vec<FieldProblem>,
) -> Option<Price> {
    let text = typed.text(amount);
    let valuta = typed.given(currency).unwrap_or_else(|| "EUR".to_owned()).to_ascii_uppercase();
    let importo = if text.is_empty() { Some(0) } else { money::parse(text, &valuta) };
    if importo.is_none() {
        errors.push(FieldProblem::new(format!("/{amount}"), "field-amount"));
    }
    Some(Price { importo: importo?, valuta })
}

/// Errors of the body as errors of the form. A row of modules that was left empty does not count.
pub(super) fn fields(typed: &Typed, errors: Vec<FieldProblem>) -> Vec<FieldProblem> {
    let row = |at: &str| {
        let row = at.parse().ok().and_then(|at| filled(typed).nth(at)).unwrap_or_default();
        move |member: &str| format!("/{}", field(member, row))
    };
    let name = |pointer: &str| {
        let steps: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
        match steps.as_slice() {
            ["moduli", at, "prezzo", "valuta"] => row(at)("valuta"),
            ["moduli", at, "incluso"] => row(at)("attivo"),
            ["moduli", at, member, ..] => row(at)(member),
            ["prezzo_base", "valuta"] => "/valuta".to_owned(),
            ["prezzo_base", ..] => "/prezzo".to_owned(),
            ["versione"] => "/major".to_owned(),
            _ => pointer.to_owned(),
        }
    };
    errors.into_iter().map(|error| FieldProblem::new(name(&error.pointer), error.detail)).collect()
}
