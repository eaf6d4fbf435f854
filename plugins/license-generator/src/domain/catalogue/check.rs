//! Checks a product as somebody asks for it: everything that is wrong with it at once.

mod parts;

use std::collections::BTreeSet;

use plugin_api::FieldProblem;

use super::{Offer, ProductBody, clashes, cycle};
use crate::domain::draft::Price;
use crate::domain::product::{
    LONGEST_NAME, MOST_MODULES, Product, ProductState, is_code, is_currency, parse_version,
};

const LONGEST_DESCRIPTION: usize = 2000;
const HIGHEST_VERSION: i64 = 1_000_000;
/// Far beyond any price, and far from overflow.
const MOST_MINOR: i64 = 1_000_000_000_000;
/// Most versions, bundles or parameters of a product.
const MOST_PARTS: usize = 1000;

/// What is wrong, and a source of ids for what is new.
pub(super) struct Checking<'a> {
    errors: Vec<FieldProblem>,
    fresh_id: &'a mut dyn FnMut() -> String,
}

impl Checking<'_> {
    fn add(&mut self, pointer: impl Into<String>, key: &str) {
        self.errors.push(FieldProblem::new(pointer, key));
    }

    /// A text, trimmed, empty if there is none.
    fn text(&mut self, text: Option<&str>, longest: usize, pointer: String) -> String {
        let text = text.unwrap_or_default().trim();
        if text.chars().count() > longest {
            self.add(pointer, "field-too-long");
        }
        text.to_owned()
    }

    /// A name, which must be there.
    fn name(&mut self, name: &str, pointer: String) -> String {
        if name.trim().is_empty() {
            self.add(pointer.clone(), "field-required");
        }
        self.text(Some(name), LONGEST_NAME, pointer)
    }

    /// A code that is not among those `taken` so far, whatever their case.
    fn code(&mut self, code: &str, taken: &mut BTreeSet<String>, pointer: String) -> String {
        let code = code.trim();
        if !is_code(code) {
            self.add(pointer, "field-code");
        } else if !taken.insert(code.to_ascii_lowercase()) {
            self.add(pointer, "field-taken");
        }
        code.to_owned()
    }

    fn state(&mut self, state: Option<&str>, pointer: String) -> ProductState {
        let Some(name) = state.map(str::trim).filter(|name| !name.is_empty()) else {
            return ProductState::Active;
        };
        ProductState::from_wire(name).unwrap_or_else(|| {
            self.add(pointer, "field-option");
            ProductState::Active
        })
    }

    fn range(&mut self, value: Option<i64>, from: i64, to: i64, pointer: String) -> Option<i64> {
        if value.is_some_and(|value| !(from..=to).contains(&value)) {
            self.add(pointer, "field-range");
        }
        value
    }

    fn price(&mut self, price: Option<&Price>, pointer: &str) -> Option<(i64, String)> {
        let price = price?;
        self.range(Some(price.importo), 0, MOST_MINOR, format!("{pointer}/importo"));
        if !is_currency(&price.valuta) {
            self.add(format!("{pointer}/valuta"), "field-currency");
        }
        Some((price.importo, price.valuta.clone()))
    }

    fn version(&mut self, text: &str, pointer: String) -> Option<(i64, i64)> {
        let version = parse_version(text)
            .map(|(major, minor)| (major, minor.unwrap_or_default()))
            .filter(|(major, minor)| *major.max(minor) <= HIGHEST_VERSION);
        if version.is_none() {
            self.add(pointer, "field-version");
        }
        version
    }

    /// Codes of modules, each of which must be there; once each.
    fn codes(&mut self, codes: &[String], known: &BTreeSet<String>, pointer: &str) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for code in codes.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
            if !known.contains(code) {
                self.add(pointer, "field-module");
            } else if !kept.iter().any(|one| one == code) {
                kept.push(code.to_owned());
            }
        }
        kept
    }
}

/// What `body` makes of the product that was there `before`, or of a new one.
pub fn checked(
    body: &ProductBody,
    before: Option<&Offer>,
    fresh_id: &mut dyn FnMut() -> String,
) -> Result<Offer, Vec<FieldProblem>> {
    let mut checking = Checking { errors: Vec::new(), fresh_id };
    let product = checking.product(body, before.map(|offer| &offer.product));
    let mut offer = before.cloned().unwrap_or_else(|| Offer::of(product.clone()));
    offer.product = product;
    if let Some(modules) = &body.moduli {
        offer.modules = checking.modules(modules, before);
    }
    if let Some(versions) = &body.versioni {
        offer.versions = checking.versions(versions, before, &offer);
    }
    if let Some(bundles) = &body.pacchetti {
        offer.bundles = checking.bundles(bundles, before, &offer);
    }
    if let Some(parameters) = &body.parametri {
        offer.parameters = checking.parameters(parameters, before);
    }
    let counts = [
        (offer.modules.len(), MOST_MODULES, "/moduli"),
        (offer.versions.len(), MOST_PARTS, "/versioni"),
        (offer.bundles.len(), MOST_PARTS, "/pacchetti"),
        (offer.parameters.len(), MOST_PARTS, "/parametri"),
    ];
    for (_, _, pointer) in counts.iter().filter(|(count, most, _)| count > most) {
        checking.add(*pointer, "field-too-many");
    }
    checking.together(&offer);
    let newest = offer.versions.iter().filter(|version| version.state == ProductState::Active);
    if let Some(newest) = newest.map(|version| (version.major, version.minor)).max() {
        (offer.product.version_major, offer.product.version_minor) = newest;
    }
    if checking.errors.is_empty() { Ok(offer) } else { Err(checking.errors) }
}

impl Checking<'_> {
    fn product(&mut self, body: &ProductBody, before: Option<&Product>) -> Product {
        let mut product = before.cloned().unwrap_or_else(|| Product {
            product_id: (self.fresh_id)(),
            version: 1,
            version_major: 1,
            currency: "EUR".to_owned(),
            ..Product::default()
        });
        let code = body.codice.as_deref().map(str::trim);
        if let Some(before) = before {
            if code.is_some_and(|code| code != before.code) {
                self.add("/codice", "field-code-fixed");
            }
        } else {
            code.unwrap_or_default().clone_into(&mut product.code);
            if !is_code(&product.code) {
                self.add("/codice", "field-code");
            }
        }
        if before.is_none() || body.nome.is_some() {
            let name = body.nome.as_deref().unwrap_or_default();
            product.name = self.name(name, "/nome".to_owned());
        }
        if let Some(text) = &body.descrizione {
            product.description =
                self.text(Some(text), LONGEST_DESCRIPTION, "/descrizione".to_owned());
        }
        if body.stato.is_some() {
            product.state = self.state(body.stato.as_deref(), "/stato".to_owned());
        }
        if let Some(text) = body.versione.as_deref()
            && let Some(version) = self.version(text, "/versione".to_owned())
        {
            (product.version_major, product.version_minor) = version;
        }
        if let Some(price) = self.price(body.prezzo_base.as_ref(), "/prezzo_base") {
            (product.base_price, product.currency) = price;
        }
        product.per_seat = body.prezzo_per_posto.unwrap_or(product.per_seat);
        product
    }

    /// What only shows when all parts are looked at together.
    fn together(&mut self, offer: &Offer) {
        let known: BTreeSet<&str> =
            offer.modules.iter().map(|module| module.code.as_str()).collect();
        for (at, module) in offer.modules.iter().enumerate() {
            let named = [("richiede", &module.requires), ("esclude", &module.excludes)];
            for (member, codes) in named {
                if codes.iter().any(|code| !known.contains(code.as_str())) {
                    self.add(format!("/moduli/{at}/{member}"), "field-module");
                } else if codes.contains(&module.code) {
                    self.add(format!("/moduli/{at}/{member}"), "field-module-itself");
                }
            }
            if module.requires.iter().any(|code| module.excludes.contains(code)) {
                self.add(format!("/moduli/{at}/esclude"), "field-module-both");
            }
        }
        if let Some(at) = cycle(&offer.modules)
            .and_then(|ring| offer.modules.iter().position(|one| ring.first() == Some(&&*one.code)))
        {
            self.add(format!("/moduli/{at}/richiede"), "field-module-ring");
        }
        let included = offer.modules.iter().filter(|module| module.active_default);
        let included: BTreeSet<&str> = included.map(|module| module.code.as_str()).collect();
        for clash in clashes(&offer.modules, &included) {
            let at = offer.modules.iter().position(|module| module.code == clash.module());
            let at = at.unwrap_or_default();
            self.add(format!("/moduli/{at}/incluso"), "field-module-included");
        }
        for (at, bundle) in offer.bundles.iter().enumerate() {
            let codes: BTreeSet<&str> = bundle.modules.iter().map(String::as_str).collect();
            if codes.iter().any(|code| !known.contains(code)) {
                self.add(format!("/pacchetti/{at}/moduli"), "field-module");
            } else if !clashes(&offer.modules, &codes).is_empty() {
                self.add(format!("/pacchetti/{at}/moduli"), "field-bundle-clash");
            }
        }
        for (at, version) in offer.versions.iter().enumerate() {
            let codes = version.modules.iter().flatten();
            if codes.into_iter().any(|code| !known.contains(code.as_str())) {
                self.add(format!("/versioni/{at}/moduli"), "field-module");
            }
        }
    }
}
