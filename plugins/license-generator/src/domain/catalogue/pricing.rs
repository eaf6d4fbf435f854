//! What an order costs by a price list, or by the prices of the catalogue where no list says one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Bundle, Offer};
use crate::domain::product::Module;

/// Hundredths of a percent in the whole.
const WHOLE: i128 = 10_000;

/// Something that has a price.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The product without modules.
    Base,
    /// The module of this code.
    Module(String),
    /// The bundle of this code.
    Bundle(String),
}

impl Item {
    /// What it is, as the database holds it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Module(_) => "module",
            Self::Bundle(_) => "bundle",
        }
    }

    /// Its code; empty for the product itself.
    pub fn code(&self) -> &str {
        match self {
            Self::Base => "",
            Self::Module(code) | Self::Bundle(code) => code,
        }
    }

    /// The thing the database holds as `kind` and `code`.
    pub fn stored(kind: &str, code: &str) -> Option<Self> {
        match kind {
            "base" => Some(Self::Base),
            "module" => Some(Self::Module(code.to_owned())),
            "bundle" => Some(Self::Bundle(code.to_owned())),
            _ => None,
        }
    }
}

/// The prices a list has for one product, minor units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListPrices {
    /// What the list is called.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// Price by what it is for.
    pub prices: BTreeMap<Item, i64>,
}

/// A line of a price, for one seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for.
    pub name: String,
    /// Minor units.
    pub amount: i64,
}

/// What something costs before any discount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// What it is made of, for one seat.
    pub lines: Vec<Line>,
    /// How many seats are paid for.
    pub seats: i64,
    /// Minor units, for all seats; none if nothing has a price.
    pub total: Option<i64>,
    /// ISO 4217.
    pub currency: String,
}

/// Something has no price in the currency of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpriced {
    /// What it is.
    pub name: String,
    /// The currency it is wanted in.
    pub currency: String,
}

/// What `bundle` and the active modules `active` cost for so many seats: by `list` where it says,
/// else by the prices of the catalogue, which then must be in the same currency.
pub fn priced(
    offer: &Offer,
    list: Option<&ListPrices>,
    bundle: Option<&Bundle>,
    active: &[&Module],
    seats: i64,
) -> Result<Priced, Unpriced> {
    let mut sum = Sum { list, currency: list.map(|list| list.currency.clone()), lines: Vec::new() };
    let product = &offer.product;
    sum.add(&Item::Base, &product.name, (product.base_price, &product.currency))?;
    let mut single = active.to_vec();
    if let Some(bundle) = bundle {
        single.retain(|module| !bundle.modules.contains(&module.code));
        sum.add_bundle(offer, bundle)?;
    }
    for module in single {
        let price = (module.base_price, module.currency.as_str());
        sum.add(&Item::Module(module.code.clone()), &module.name, price)?;
    }
    let seats = if product.per_seat { seats.max(1) } else { 1 };
    let total = sum.lines.iter().fold(0_i64, |all, line| all.saturating_add(line.amount));
    Ok(Priced {
        total: (!sum.lines.is_empty()).then(|| total.saturating_mul(seats)),
        lines: sum.lines,
        seats,
        currency: sum.currency.unwrap_or_else(|| product.currency.clone()),
    })
}

struct Sum<'a> {
    list: Option<&'a ListPrices>,
    currency: Option<String>,
    lines: Vec<Line>,
}

impl Sum<'_> {
    fn add(&mut self, item: &Item, name: &str, catalogue: (i64, &str)) -> Result<(), Unpriced> {
        if let Some(amount) = self.price(item, name, catalogue)? {
            self.lines.push(Line { name: name.to_owned(), amount });
        }
        Ok(())
    }

    /// The price of one thing; none if it has none.
    fn price(
        &mut self,
        item: &Item,
        name: &str,
        (amount, currency): (i64, &str),
    ) -> Result<Option<i64>, Unpriced> {
        if let Some(amount) = self.list.and_then(|list| list.prices.get(item)) {
            return Ok(Some(*amount));
        }
        if amount == 0 {
            return Ok(None);
        }
        let wanted = self.currency.get_or_insert_with(|| currency.to_owned());
        if wanted == currency {
            return Ok(Some(amount));
        }
        Err(Unpriced { name: name.to_owned(), currency: wanted.clone() })
    }

    fn add_bundle(&mut self, offer: &Offer, bundle: &Bundle) -> Result<(), Unpriced> {
        let item = Item::Bundle(bundle.code.clone());
        let is_listed = self.list.is_some_and(|list| list.prices.contains_key(&item));
        if is_listed || bundle.price.is_some() {
            let own = (bundle.price.unwrap_or_default(), bundle.currency.as_str());
            return self.add(&item, &bundle.name, own);
        }
        let mut sum = None;
        for module in offer.modules.iter().filter(|one| bundle.modules.contains(&one.code)) {
            let own = (module.base_price, module.currency.as_str());
            if let Some(price) =
                self.price(&Item::Module(module.code.clone()), &module.name, own)?
            {
                sum = Some(price.saturating_add(sum.unwrap_or_default()));
            }
        }
        if let Some(sum) = sum {
            let amount = after_discount(sum, bundle.discount);
            self.lines.push(Line { name: bundle.name.clone(), amount });
        }
        Ok(())
    }
}

/// `amount` less so many hundredths of a percent, rounded to the nearest minor unit.
pub fn after_discount(amount: i64, discount: i64) -> i64 {
    let left = i128::from(amount) * (WHOLE - i128::from(discount.clamp(0, 10_000)));
    i64::try_from((left + WHOLE / 2).div_euclid(WHOLE)).unwrap_or(i64::MAX)
}
