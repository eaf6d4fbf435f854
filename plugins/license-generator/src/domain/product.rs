//! Products, their modules, and which versions of them a licence covers.

use serde::{Deserialize, Serialize};

/// Longest code of a product or module.
pub const LONGEST_CODE: usize = 64;
/// Longest name of anything here, in characters.
pub const LONGEST_NAME: usize = 200;
/// Most modules of a product.
pub const MOST_MODULES: usize = 200;

/// Whether licences of a product are still issued.
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
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

/// Something licences are issued for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Counts its changes.
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
mod tests {
    use super::*;

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
