//! Versions of releases: Semantic Versioning 2.0.0, and a text that databases sort as versions sort.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Characters of a version at most, so that its order fits where it is stored.
pub const LONGEST: usize = 64;
/// Stands where a pre-release would begin; behind everything one can begin with.
const RELEASE: char = '~';
/// Ends a word of a pre-release; before everything such a word can hold.
const END: char = '!';

/// A version, compared by precedence (semver §11): what follows a `+` makes no difference.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(semver::Version);

/// Why a text is no version, as the parser says it in English.
#[derive(Debug)]
pub struct NoVersion(String);

impl Version {
    /// The version a client says it runs, read with care for clients: `v1.2` is `1.2.0`. None if it
    /// cannot be read, which is as good as not known.
    pub fn claimed(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['v', 'V']);
        let end = text.find(['-', '+']).unwrap_or(text.len());
        let (numbers, rest) = text.split_at(end);
        let missing = 3_usize.checked_sub(numbers.split('.').count())?;
        format!("{numbers}{}{rest}", ".0".repeat(missing)).parse().ok()
    }

    /// Text whose bytes sort as versions do; at most 200 characters.
    pub fn order(&self) -> String {
        let Self(version) = self;
        let mut order = [version.major, version.minor, version.patch]
            .map(|number| counted(&number.to_string()))
            .concat();
        if version.pre.is_empty() {
            order.push(RELEASE);
            return order;
        }
        for word in version.pre.split('.') {
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                order.push('0');
                order.push_str(&counted(word));
            } else {
                order.push('1');
                order.push_str(word);
                order.push(END);
            }
        }
        order
    }

    /// The major and the minor number.
    pub fn numbers(&self) -> (u64, u64) {
        (self.0.major, self.0.minor)
    }
}

/// Digits after how many they are: more of them is more, whatever they are.
fn counted(digits: &str) -> String {
    format!("{:02}{digits}", digits.len())
}

impl FromStr for Version {
    type Err = NoVersion;

    fn from_str(text: &str) -> Result<Self, NoVersion> {
        if text.len() > LONGEST {
            return Err(NoVersion(format!("longer than {LONGEST} characters")));
        }
        text.parse().map(Self).map_err(|error: semver::Error| NoVersion(error.to_string()))
    }
}

impl TryFrom<String> for Version {
    type Error = NoVersion;

    fn try_from(text: String) -> Result<Self, NoVersion> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for NoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoVersion {}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp_precedence(&other.0)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn version(text: &str) -> Version {
        text.parse().expect(text)
    }

    #[test]
    fn the_example_of_the_standard_is_in_order() {
        let ascending = [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1-0",
            "1.0.1",
            "1.9.0",
            "1.10.0",
            "10.0.0",
        ];
        let orders: Vec<String> = ascending.iter().map(|text| version(text).order()).collect();
        assert!(orders.is_sorted(), "{orders:?}");
        assert_eq!(version("1.0.0+linux"), version("1.0.0+mac"));
    }

    #[test]
    fn what_clients_say_is_read_with_care() {
        let read = |text| Version::claimed(text).map(|version| version.to_string());
        assert_eq!(read("v1.2").as_deref(), Some("1.2.0"));
        assert_eq!(read(" 3 ").as_deref(), Some("3.0.0"));
        assert_eq!(read("2.1-rc.1+7").as_deref(), Some("2.1.0-rc.1+7"));
        assert_eq!(
            [read(""), read("1.2.3.4"), read("latest"), read("01.2.3")],
            [const { None }; 4]
        );
    }

    /// Few different characters, so that versions share beginnings.
    fn any_version() -> impl Strategy<Value = semver::Version> {
        let number = prop_oneof![0..3_u64, 8..12_u64, Just(99), Just(100), any::<u64>()];
        let word = prop_oneof!["[0-9aAzZ-]{1,4}", "[1-9][0-9]{0,20}", "[0a-]{1,3}"];
        let pre = proptest::collection::vec(word, 0..4).prop_map(|words| words.join("."));
        let build = proptest::option::of("[0-9a-z]{1,3}");
        ([number.clone(), number.clone(), number], pre, build).prop_filter_map(
            "leading zeros",
            |([major, minor, patch], pre, build)| {
                let pre = if pre.is_empty() { pre } else { format!("-{pre}") };
                let build = build.map_or(String::new(), |build| format!("+{build}"));
                format!("{major}.{minor}.{patch}{pre}{build}").parse().ok()
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn orders_compare_as_versions_do(a in any_version(), b in any_version()) {
            let (order_a, order_b) = (Version(a.clone()).order(), Version(b.clone()).order());
            prop_assert_eq!(order_a.as_bytes().cmp(order_b.as_bytes()), a.cmp_precedence(&b));
        }

        #[test]
        fn orders_of_versions_that_may_be_stored_fit(text in "1\\.0\\.0-[0-9a.]{1,58}") {
            if let Ok(version) = text.parse::<Version>() {
                prop_assert!(version.order().len() <= 200);
            }
        }
    }
}
