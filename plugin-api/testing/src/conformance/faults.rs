//! The faults found, told once each.

use std::panic::{AssertUnwindSafe, catch_unwind};

use plugin_api::abi::body::panic_text;

/// Sentences about what is wrong.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<String>);

impl Faults {
    /// Tells a fault.
    pub(super) fn tell(&mut self, fault: impl Into<String>) {
        let fault = fault.into();
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// Tells a fault unless `holds`.
    pub(super) fn check(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.tell(fault());
        }
    }

    /// Runs `work`; a panic of it is a fault of `what`.
    pub(super) fn contain<T>(&mut self, what: &str, work: impl FnOnce() -> T) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(value) => Some(value),
            Err(panic) => {
                self.tell(format!("{what}: panic: {}", panic_text(&*panic)));
                None
            }
        }
    }

    /// Takes the faults found on one database; what was found on another before is not repeated.
    pub(super) fn adopt(&mut self, others: Self, database: &str) {
        for fault in others.0 {
            if !self.0.iter().any(|known| known.ends_with(&fault)) {
                self.0.push(format!("on {database}: {fault}"));
            }
        }
    }

    pub(super) fn into_list(self) -> Vec<String> {
        self.0
    }
}
