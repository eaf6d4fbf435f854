//! Products, their modules, and which versions of them a licence covers.

use plugin_api::db::json;
use serde::{Deserialize, Serialize};

use super::choices::Period;

/// Longest code of a product or module.
pub const LONGEST_CODE: usize = 64;
/// Longest name of anything here, in characters.
pub const LONGEST_NAME: usize = 200;
/// Most modules of a product.
pub const MOST_MODULES: usize = 2_000;

/// Whether licences of a product, a version or a module are still issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductState {
    /// They are.
    #[default]
    Active,
    /// Not any more; those that exist go on.
    Retired,
}

impl ProductState {
    /// Every state.
    pub const ALL: [Self; 2] = [Self::Active, Self::Retired];

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Active => "attivo",
            Self::Retired => "ritirato",
        }
    }

    /// The state of this name on the wire.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.wire() == name)
    }

    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

/// Something licences are issued for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub product_id: String,
    /// What software calls it; unique whatever its case.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// What it is.
    pub description: String,
    /// The newest major version licences of it cover.
    pub version_major: i64,
    /// The newest minor version there is; for people.
    pub version_minor: i64,
    /// Whether licences are still issued.
    pub state: ProductState,
    /// What it costs without modules, minor units; 0 for no price.
    pub base_price: i64,
    /// ISO 4217, of `base_price`.
    pub currency: String,
    /// Whether prices are for each device, person or floating seat.
    pub per_seat: bool,
    /// Counts its changes, those of its modules, versions, bundles and parameters too.
    pub version: i64,
}

/// A part of a product that is licensed by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Its id.
    pub module_id: String,
    /// What software calls it; unique within the product.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Minor units.
    pub base_price: i64,
    /// ISO 4217.
    pub currency: String,
    /// Whether a new licence has it unless told otherwise.
    pub active_default: bool,
    /// What it is.
    #[serde(default)]
    pub description: String,
    /// Whether new licences may have it.
    #[serde(default)]
    pub state: ProductState,
    /// Codes of the modules it cannot be without.
    #[serde(default, deserialize_with = "json::deserialize")]
    pub requires: Vec<String>,
    /// Codes of the modules it cannot be with; those cannot be with it either.
    #[serde(default, deserialize_with = "json::deserialize")]
    pub excludes: Vec<String>,
    /// How often its count begins anew unless a licence says otherwise; none: it is not counted.
    #[serde(default)]
    pub period: Option<Period>,
    /// How much of it may be used unless a licence says otherwise.
    #[serde(default)]
    pub quantity_max: Option<i64>,
    /// By how many percent its count may go over that.
    #[serde(default)]
    pub overage: i64,
    /// Days it may be tried unless a licence says otherwise; until the licence ends if not said.
    #[serde(default)]
    pub trial_days: Option<i64>,
}

/// Whether `code` can be the code of a product or module: ASCII letters, digits, `.`, `_`, `-`.
pub fn is_code(code: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    (1..=LONGEST_CODE).contains(&code.len()) && code.chars().all(allowed)
}

/// Whether `currency` looks like ISO 4217.
pub fn is_currency(currency: &str) -> bool {
    currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase())
}

/// The major number of a version as programs write it: `3`, `3.1.4`, `v3.0-beta`.
pub fn major(version: &str) -> Option<i64> {
    let version = version.trim().trim_start_matches(['v', 'V']);
    let end = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    version.get(..end)?.parse().ok()
}

/// The numbers of a version as people write it: `3` or `3.1`.
pub fn parse_version(text: &str) -> Option<(i64, Option<i64>)> {
    let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= 0);
    match text.trim().split_once('.') {
        None => Some((number(text.trim())?, None)),
        Some((major, minor)) => Some((number(major)?, Some(number(minor)?))),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An active module with this code that needs and excludes nothing.
    pub(crate) fn module(code: &str) -> Module {
        Module {
            module_id: format!("id-{code}"),
            code: code.to_owned(),
            name: code.to_uppercase(),
            base_price: 0,
            currency: "EUR".to_owned(),
            active_default: false,
            description: String::new(),
            state: ProductState::Active,
            requires: Vec::new(),
            excludes: Vec::new(),
            period: None,
            quantity_max: None,
            overage: 0,
            trial_days: None,
        }
    }

    #[test]
    fn codes_are_plain() {
        for right in ["A", "studio-pro", "mod_1.2"] {
            assert!(is_code(right), "{right}");
        }
        for wrong in ["", "è", "a b", "a/b", &"x".repeat(65)] {
            assert!(!is_code(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_version_is_one_number_or_two() {
        assert_eq!(parse_version(" 3 "), Some((3, None)));
        assert_eq!(parse_version("3.10"), Some((3, Some(10))));
        for wrong in ["", "3.", ".1", "3.1.2", "-1", "tre"] {
            assert_eq!(parse_version(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_major_number_is_read_however_it_is_written() {
        assert_eq!(major("3"), Some(3));
        assert_eq!(major(" v12.4-beta"), Some(12));
        for wrong in ["", "beta", ".1", "99999999999999999999"] {
            assert_eq!(major(wrong), None, "{wrong}");
        }
    }
}
