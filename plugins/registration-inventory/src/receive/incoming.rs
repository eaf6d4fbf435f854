//! A report on its way into the database.

use plugin_api::{Cx, Fault};
use serde::Serialize;

use crate::domain::identity::{Identity, digest};
use crate::domain::report::Flag;
use crate::domain::{Report, State};

/// A key shorter than this may be somebody else's, too: it counts only with its installation.
const UNIQUE_KEY: usize = 16;

/// A report that was read and has its id, so that it can be looked for.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// UUIDv7.
    pub(crate) report_id: String,
    /// Unix milliseconds.
    pub(crate) received_at: i64,
    /// Where it came from; empty for not known.
    pub(crate) address: String,
    /// What it says.
    pub(crate) report: Report,
    /// The ids of what it names.
    pub(crate) identity: Identity,
    /// As it was sent.
    pub(crate) content_type: String,
    /// As it was sent.
    pub(crate) payload: String,
    /// Hashes of its `Idempotency-Key` and of its body.
    pub(crate) key: Option<(String, String)>,
    /// The quota it is above: it is stored, and counts only when somebody releases it.
    pub(crate) quarantine: Option<&'static str>,
    /// Whose quota of new installations counts: the address as one subscriber; empty for nobody's.
    pub(crate) subscriber: String,
    /// It is stored already, in quarantine, and comes out of it.
    pub(crate) is_released: bool,
}

impl Incoming {
    /// A report that comes now, from nobody in particular.
    pub(crate) fn new(cx: &Cx, report: Report, payload: String, content_type: &str) -> Self {
        Self {
            report_id: cx.fresh_id(),
            received_at: cx.now(),
            address: String::new(),
            identity: Identity::of(&report),
            report,
            content_type: content_type.chars().take(100).collect(),
            payload,
            key: None,
            quarantine: None,
            subscriber: String::new(),
            is_released: false,
        }
    }

    /// The report `report_id` that waits in quarantine since `received_at`.
    #[must_use]
    pub(crate) fn released(self, report_id: &str, received_at: i64, address: &str) -> Self {
        let (report_id, address) = (report_id.to_owned(), address.to_owned());
        Self { report_id, received_at, address, is_released: true, ..self }
    }

    /// With the `Idempotency-Key` it came with.
    #[must_use]
    pub(crate) fn keyed(self, key: Option<&str>) -> Self {
        let key = key.map(|key| {
            let hashed = if key.len() >= UNIQUE_KEY {
                digest("key", &[key])
            } else {
                digest("short key", &[&self.identity.installation_id, key])
            };
            (hashed, digest("body", &[&self.payload]))
        });
        Self { key, ..self }
    }

    /// What could not be read or looks odd, separated by spaces.
    pub(crate) fn flags(&self) -> String {
        self.report.flags.iter().map(|flag| Flag::as_str(*flag)).collect::<Vec<_>>().join(" ")
    }
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Outcome {
    /// It counts.
    Kept {
        /// Its id, or that of the report with the same `Idempotency-Key`.
        report_id: String,
        /// Whether its installation was new with it.
        is_new: bool,
        /// Where that stands.
        state: State,
        /// Whether a licence waits for it.
        licence_offered: bool,
    },
    /// It is stored in quarantine.
    Quarantined {
        /// Its id.
        report_id: String,
    },
    /// Its `Idempotency-Key` came with another body before.
    KeyReused,
}

/// The answer of one report.
pub(crate) type Answer = Result<Outcome, Fault>;
