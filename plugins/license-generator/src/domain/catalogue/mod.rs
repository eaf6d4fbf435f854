//! What a product offers: versions, modules, bundles and typed parameters, and the rules they follow.

mod body;
mod check;
mod offer;
mod parameter;
mod pricing;
mod rules;

pub use body::{
    CatalogueBundle, CatalogueModule, CatalogueParameter, CatalogueVersion, ProductBody,
};
pub use check::checked;
pub use offer::{Bundle, Offer, Version};
pub use parameter::{Parameter, ParameterKind, values};
pub use pricing::{Item, Line, ListPrices, Priced, Unpriced, after_discount, priced};
pub use rules::{Clash, clashes, cycle};

#[cfg(test)]
mod tests;
