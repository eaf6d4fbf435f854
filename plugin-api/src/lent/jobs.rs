//! Background jobs: progress and cancel from inside one, state from outside.

use serde::{Deserialize, Serialize};

use crate::{Cx, Fault};

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Steps done.
    pub done: u64,
    /// Steps in all; 0 when unknown.
    pub total: u64,
    /// What it is doing.
    pub message: String,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waiting for its turn or its next attempt.
    Queued,
    /// Running.
    Running,
    /// Finished.
    Done,
    /// Given up after its attempts.
    Failed,
    /// Stopped by somebody.
    Cancelled,
}

/// A job as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobStatus {
    /// Its id.
    pub job_id: String,
    /// Its name.
    pub job: String,
    /// Where it stands.
    pub state: JobState,
    /// How far it is.
    pub progress: Progress,
    /// The last failure; empty if none.
    pub error: String,
}

impl Cx {
    /// Inside a job: tells how far it is and renews its lease. Answers whether somebody asked it to
    /// stop, so that a loop can end cleanly.
    pub async fn progress(&self, done: u64, total: u64, message: &str) -> Result<bool, Fault> {
        let progress = Progress { done, total, message: message.to_owned() };
        self.ask("job.progress", &progress).await
    }

    /// The state of a job of this plugin.
    pub async fn job_status(&self, job_id: &str) -> Result<Option<JobStatus>, Fault> {
        self.ask("job.status", &job_id).await
    }

    /// Asks a job of this plugin to stop.
    pub async fn cancel_job(&self, job_id: &str) -> Result<(), Fault> {
        self.ask("job.cancel", &job_id).await
    }
}
