//! A product with everything that belongs to it.

use plugin_api::db::json;
use serde::{Deserialize, Serialize};

use super::Parameter;
use crate::domain::product::{Module, Product, ProductState};

/// A product with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The product.
    pub product: Product,
    /// Its versions, newest first; none if they are not kept.
    pub versions: Vec<Version>,
    /// Its modules in their order.
    pub modules: Vec<Module>,
    /// Its bundles in their order.
    pub bundles: Vec<Bundle>,
    /// Its typed parameters in their order.
    pub parameters: Vec<Parameter>,
}

/// A version of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its id.
    pub version_id: String,
    /// Its major number.
    pub major: i64,
    /// Its minor number.
    pub minor: i64,
    /// The day it came out, its first millisecond (UTC).
    pub released_at: Option<i64>,
    /// For people.
    pub note: String,
    /// Whether licences are still issued for it.
    pub state: ProductState,
    /// Codes of the modules it includes; all of them if not said.
    #[serde(deserialize_with = "codes")]
    pub modules: Option<Vec<String>>,
}

fn codes<'de, D: serde::Deserializer<'de>>(column: D) -> Result<Option<Vec<String>>, D::Error> {
    let text = Option::<String>::deserialize(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(serde::de::Error::custom)).transpose()
}

/// Modules that are sold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// Its id.
    pub bundle_id: String,
    /// What software calls it; unique within the product.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Whether it is still sold.
    pub state: ProductState,
    /// Codes of its modules.
    #[serde(deserialize_with = "json::deserialize")]
    pub modules: Vec<String>,
    /// What it costs, minor units; what its modules cost together if not said.
    pub price: Option<i64>,
    /// ISO 4217, of `price`.
    pub currency: String,
    /// What is taken off, hundredths of a percent.
    pub discount: i64,
}

impl Version {
    /// Its number as people write it.
    pub fn number(&self) -> String {
        format!("{}.{}", self.major, self.minor)
    }

    /// Whether it includes the module of this code.
    pub fn includes(&self, code: &str) -> bool {
        self.modules.as_ref().is_none_or(|codes| codes.iter().any(|known| known == code))
    }
}

impl Offer {
    /// A product that has nothing yet.
    pub fn of(product: Product) -> Self {
        Self {
            product,
            versions: Vec::new(),
            modules: Vec::new(),
            bundles: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// The module of this code.
    pub fn module(&self, code: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.code == code)
    }

    /// The bundle of this code, whatever its case.
    pub fn bundle(&self, code: &str) -> Option<&Bundle> {
        self.bundles.iter().find(|bundle| bundle.code.eq_ignore_ascii_case(code))
    }

    /// The newest of the versions a licence for `asked` covers; a licence for all minor versions of a
    /// major one has what the newest of them has, one that names none the newest there is.
    pub fn version(&self, asked: Option<(i64, Option<i64>)>) -> Option<&Version> {
        let (major, minor) = asked.unwrap_or((self.product.version_major, None));
        let is_meant = |version: &&Version| {
            version.major == major && minor.is_none_or(|minor| version.minor == minor)
        };
        self.versions.iter().filter(is_meant).max_by_key(|version| {
            // One that is still sold comes before one that is not.
            (version.state == ProductState::Active, version.minor)
        })
    }
}
