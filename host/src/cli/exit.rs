//! How a command fails: one sentence on standard error, and an exit code scripts can act on.

use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;

use plugin_api::{Catalogue, Fault, Problem};

use crate::config::ConfigError;

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    sentence: String,
}

/// Refused or failed.
const REFUSED: u8 = 1;
/// `EX_TEMPFAIL` of `sysexits.h`: the same command may succeed later.
const BUSY: u8 = 75;
/// `EX_CONFIG` of `sysexits.h`.
const CONFIG: u8 = 78;

impl Failure {
    /// Refused or failed, for the reason `sentence`.
    pub(crate) fn refused(sentence: impl Display) -> Self {
        Self { code: REFUSED, sentence: sentence.to_string() }
    }

    /// The settings cannot be used, for the reason `sentence`.
    pub(crate) fn config(sentence: impl Display) -> Self {
        Self { code: CONFIG, sentence: sentence.to_string() }
    }

    /// Another process uses the database.
    pub(crate) fn busy(sentence: impl Display) -> Self {
        Self { code: BUSY, sentence: sentence.to_string() }
    }

    /// Says why, and answers the exit code.
    pub(crate) fn exit(self) -> ExitCode {
        let _ = writeln!(std::io::stderr(), "cockpit: {}", self.sentence);
        ExitCode::from(self.code)
    }

    /// Why.
    pub(crate) fn sentence(&self) -> &str {
        &self.sentence
    }

    #[cfg(test)]
    pub(crate) fn told(&self) -> (u8, &str) {
        (self.code, &self.sentence)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::config(error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::refused(fault.message)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        if let Some(fault) = problem.fault() {
            return Self::refused(&fault.message);
        }
        let lang = Catalogue::new(crate::host_plugin::LOCALES).lang("en");
        let body = problem.body(&lang, "");
        // A single mistake is often told by the sentence itself.
        let fields = body.errors.iter().filter(|error| error.detail != body.detail).map(|error| {
            format!("\n  {}: {}", error.pointer.trim_start_matches('/'), error.detail)
        });
        Self::refused(fields.fold(body.detail.clone(), |all, field| all + &field))
    }
}
