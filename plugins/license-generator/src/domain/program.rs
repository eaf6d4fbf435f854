//! The program that asks, if it says what it is.

use super::licence::Licence;
use super::product::major;
use super::refusal::Refusal;

/// The program that asks, if it says so.
#[derive(Debug, Clone, Default)]
pub struct Program {
    product: Option<String>,
    version: Option<(i64, Option<i64>)>,
}

impl Program {
    /// Reads the code of a product and a version; none for a version that does not begin with a
    /// number.
    pub fn parse(product: Option<&str>, version: Option<&str>) -> Option<Self> {
        let version = match version {
            None => None,
            Some(version) => Some(numbers(version)?),
        };
        Some(Self { product: product.map(|code| code.trim().to_owned()), version })
    }

    /// Why `licence` does not cover this program, if so.
    pub fn refusal(&self, licence: &Licence) -> Option<Refusal> {
        self.other_product(licence).or_else(|| self.newer_version(licence))
    }

    /// The refusal of a program of another product.
    pub fn other_product(&self, licence: &Licence) -> Option<Refusal> {
        let other = |code: &String| !code.eq_ignore_ascii_case(&licence.product_code);
        self.product.as_ref().is_some_and(other).then_some(Refusal::WrongProduct)
    }

    /// The refusal of a version newer than those the licence covers. A version without a minor
    /// number is judged by its major one.
    pub fn newer_version(&self, licence: &Licence) -> Option<Refusal> {
        let (major, minor) = self.version?;
        let is_newer = major > licence.version_major
            || (major == licence.version_major
                && matches!((minor, licence.version_minor), (Some(asked), Some(last)) if asked > last));
        is_newer.then_some(Refusal::VersionNotIncluded)
    }

    /// The code of the product it says it is.
    pub fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    /// The version it says it is.
    pub fn version(&self) -> Option<String> {
        let (major, minor) = self.version?;
        Some(minor.map_or_else(|| major.to_string(), |minor| format!("{major}.{minor}")))
    }
}

/// The first two numbers of a version: `v3.9.1-beta` is 3 and 9.
fn numbers(version: &str) -> Option<(i64, Option<i64>)> {
    let first = major(version)?;
    let rest = version.trim().trim_start_matches(['v', 'V']);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    Some((first, rest.strip_prefix('.').and_then(major)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(asked: &str, major: i64, minor: Option<i64>) -> Option<Refusal> {
        let licence = Licence {
            version_major: major,
            version_minor: minor,
            ..crate::domain::licence::tests::licence()
        };
        Program::parse(None, Some(asked)).unwrap().refusal(&licence)
    }

    #[test]
    fn a_version_is_covered_up_to_the_last_minor_of_its_major_one() {
        let newer = Some(Refusal::VersionNotIncluded);
        assert_eq!(refusal("3.9.1", 3, None), None);
        assert_eq!(refusal("4.0", 3, None), newer);
        assert_eq!(refusal("3.2.7", 3, Some(2)), None);
        assert_eq!(refusal("v3.3-beta", 3, Some(2)), newer);
        assert_eq!(refusal("2.9", 3, Some(2)), None);
        assert_eq!(refusal("3", 3, Some(2)), None);
        assert_eq!(refusal("4", 3, Some(2)), newer);
        assert!(Program::parse(None, Some("quattro")).is_none());
    }
}
