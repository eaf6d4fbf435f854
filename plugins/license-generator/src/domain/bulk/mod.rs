//! A bulk run: one act on many licences.

mod line;
mod pace;

use serde::{Deserialize, Serialize};

pub use line::{Checked, Line, Source};
pub use pace::Pace;

use super::draft::Draft;

/// Licences one run may issue.
pub const MOST: i64 = 100_000;
/// Lines kept together, and licences written in one transaction at most.
pub const TOGETHER: usize = 250;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Waiting for somebody to confirm it.
    Prepared,
    /// Its job works on it.
    Running,
    /// Somebody stopped it; what was done stays.
    Stopped,
    /// All was done.
    Done,
    /// Its licences are being taken back.
    Undoing,
    /// Those that were unused are gone.
    Undone,
}

impl RunState {
    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::Prepared => "preparata",
            Self::Running => "in_corso",
            Self::Stopped => "interrotta",
            Self::Done => "completata",
            Self::Undoing => "annullamento",
            Self::Undone => "annullata",
        }
    }
}

/// What a run that issues licences is to do.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Issuing {
    /// What each licence is; its customer is left open when the list names them.
    pub draft: Draft,
    /// What the list holds, if there is one.
    pub source: Source,
    /// Lines of the list that were left out, with the key of a text that says why; the first ones.
    pub left_out: Vec<(i64, String)>,
    /// How many were left out.
    pub left_out_count: i64,
}

/// A run. Instants are unix milliseconds, amounts minor units.
#[derive(Debug, Clone, Deserialize)]
pub struct Run {
    /// Its id.
    pub bulk_id: String,
    /// The organisation of who prepared it.
    pub organisation_id: String,
    /// `issue`, or what is done with each licence.
    pub kind: String,
    /// Where it stands.
    pub state: RunState,
    /// What people call it.
    pub title: String,
    /// What is to be done, JSON text.
    pub work: String,
    /// How many licences are meant.
    pub total: i64,
    /// How many were done, those left out included.
    pub done: i64,
    /// How many of those were left out.
    pub skipped: i64,
    /// How many of those done are booked.
    pub booked: i64,
    /// What one licence costs, if all cost the same.
    pub price: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// Who prepared it, JSON text.
    pub caller: String,
    /// The job that works on it; empty before it is confirmed.
    pub job_id: String,
    /// When it was prepared.
    pub created_at: i64,
    /// Who prepared it.
    pub created_by: String,
    /// When it ended.
    pub finished_at: Option<i64>,
}

/// The kind of a run that issues licences.
pub const ISSUE: &str = "issue";

impl Run {
    /// Whether it issues licences.
    pub fn issues(&self) -> bool {
        self.kind == ISSUE
    }

    /// How many licences it made or changed.
    pub fn made(&self) -> i64 {
        self.done - self.skipped
    }
}
