//! `scan`: the program that looks for viruses in files.

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, demand};

/// The program that looks for viruses.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scan {
    /// The program and its arguments; empty for none.
    pub command: Vec<String>,
    /// How long it may be at one file.
    pub timeout_seconds: u64,
}

impl Default for Scan {
    fn default() -> Self {
        Self { command: Vec::new(), timeout_seconds: 600 }
    }
}

impl Scan {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        demand(
            self.command.first().is_none_or(|program| program.starts_with('/')),
            "scan.command",
            "begin with the whole path of a program",
        )?;
        demand(
            (1..=86_400).contains(&self.timeout_seconds),
            "scan.timeout_seconds",
            "be between 1 and 86400",
        )
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "scan.command",
        Kind::List,
        "Program, with its arguments, that looks for viruses in the files of releases before they go \
         out, like /usr/bin/clamdscan --no-summary -. It gets the file on its standard input and ends \
         with 0 for clean, 1 for infected, anything else for a failure; without it nobody looks.",
    ),
    Setting::new("scan.timeout_seconds", Kind::Number, "How long it may be at one file."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_named_by_its_whole_path() {
        let of = |program: &str| Scan { command: vec![program.to_owned()], ..Scan::default() };
        assert!(Scan::default().check().is_ok());
        assert!(of("/usr/bin/clamdscan").check().is_ok());
        assert!(of("clamdscan").check().is_err());
        assert!(Scan { timeout_seconds: 0, ..Scan::default() }.check().is_err());
    }
}
