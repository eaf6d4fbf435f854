//! The lines of a list a run is given: devices to bind licences to, or customers to issue them to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::device::Fingerprint;

/// Longest name of a device or customer, characters.
const LONGEST_NAME: usize = 200;
/// Longest serial number, characters.
const LONGEST_SERIAL: usize = 200;

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// There is none: so many alike.
    #[default]
    Count,
    /// Devices.
    Devices,
    /// Customers.
    Customers,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 3] = [Self::Count, Self::Devices, Self::Customers];

    /// Its name in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Devices => "devices",
            Self::Customers => "customers",
        }
    }

    /// The source of this name; so many alike for any other.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|source| source.name() == name).unwrap_or_default()
    }
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What the device or the customer is called.
    pub name: String,
    /// The fingerprint of the device in canonical form, or the id of the customer.
    pub key: String,
    /// The serial number of the device; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub serial: String,
}

/// Lines that make sense, and the others with the key of a text that says why not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Those that make sense.
    pub lines: Vec<Line>,
    /// The number of each other line, and why.
    pub wrong: Vec<(i64, &'static str)>,
}

impl Checked {
    /// Devices, each given once: number of the line, and what it says.
    pub fn devices(given: impl IntoIterator<Item = (i64, Line)>) -> Self {
        let mut seen = BTreeSet::new();
        let mut checked = Self::default();
        for (number, line) in given {
            let wrong = match Fingerprint::read(&as_sent(&line.key)) {
                _ if line.key.is_empty() => Err("bulk-line-no-fingerprint"),
                None => Err("bulk-line-fingerprint"),
                Some(_) if line.name.chars().count() > LONGEST_NAME => Err("bulk-line-name"),
                Some(_) if line.serial.chars().count() > LONGEST_SERIAL => Err("bulk-line-serial"),
                Some(fingerprint) if !seen.insert(fingerprint.hash()) => Err("bulk-line-twice"),
                Some(fingerprint) => Ok(fingerprint),
            };
            match wrong {
                Ok(fingerprint) => {
                    checked.lines.push(Line { key: fingerprint.as_str().to_owned(), ..line });
                }
                Err(key) => checked.wrong.push((number, key)),
            }
        }
        checked
    }
}

/// A fingerprint of components is written as JSON.
fn as_sent(text: &str) -> serde_json::Value {
    if text.starts_with('{')
        && let Ok(object) = serde_json::from_str(text)
    {
        return object;
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, key: &str) -> Line {
        Line { name: name.into(), key: key.into(), serial: String::new() }
    }

    #[test]
    fn a_device_is_given_once_and_has_a_fingerprint() {
        let long = "n".repeat(201);
        let given = [
            (2, line("One", "pc-1")),
            (3, line("Two", "")),
            (4, line("Again", "pc-1")),
            (5, line(&long, "pc-2")),
            (6, line("Parts", r#"{"componenti": {"b": 2, "a": 1}}"#)),
            (7, line("Odd", &"x".repeat(5000))),
        ];
        let checked = Checked::devices(given);
        let keys: Vec<_> = checked.lines.iter().map(|line| line.key.as_str()).collect();
        assert_eq!(keys, ["pc-1", r#"{"componenti":{"a":1,"b":2}}"#]);
        assert_eq!(
            checked.wrong,
            [
                (3, "bulk-line-no-fingerprint"),
                (4, "bulk-line-twice"),
                (5, "bulk-line-name"),
                (7, "bulk-line-fingerprint"),
            ]
        );
    }
}
