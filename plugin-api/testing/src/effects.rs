//! What a plugin brought about besides rows of its own tables, as tests look at it.

use plugin_api::Fault;
use plugin_api::db::{Audit, Effect, Emit, Mail, NewOrganisation};
use plugin_api::lent::{JobState, JobStatus, Progress, Publish};
use serde_json::Value as Json;

/// Everything recorded so far, in order; what a transaction said counts once it is committed.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    /// Audit rows.
    pub audits: Vec<Audit>,
    /// Events.
    pub events: Vec<Emit>,
    /// Jobs ever queued, with where they stand.
    pub jobs: Vec<QueuedJob>,
    /// Nodes added to the organisation tree.
    pub organisations: Vec<NewOrganisation>,
    /// Mails.
    pub mails: Vec<Mail>,
    /// Messages on live topics.
    pub live: Vec<Publish>,
    /// What jobs told of themselves.
    pub progress: Vec<Progress>,
    /// Events not yet delivered, with the plugin that said them.
    pub(crate) outbox: Vec<(String, Emit)>,
}

impl Effects {
    /// The actions of the audit rows.
    pub fn actions(&self) -> Vec<&str> {
        self.audits.iter().map(|audit| audit.action.as_str()).collect()
    }

    /// The names of the events.
    pub fn event_names(&self) -> Vec<&str> {
        self.events.iter().map(|event| event.name.as_str()).collect()
    }

    pub(crate) fn record(&mut self, plugin: &str, effect: Effect, fresh_id: String) {
        match effect {
            Effect::Audit(audit) => self.audits.push(audit),
            Effect::Emit(event) => {
                self.events.push(event.clone());
                self.outbox.push((plugin.to_owned(), event));
            }
            Effect::Enqueue(job) => {
                let job_id = if job.job_id.is_empty() { fresh_id } else { job.job_id };
                self.jobs.push(QueuedJob {
                    plugin: plugin.to_owned(),
                    payload: job.payload,
                    run_at: job.run_at,
                    stop: false,
                    status: JobStatus {
                        job_id,
                        job: job.job,
                        state: JobState::Queued,
                        progress: Progress { done: 0, total: 0, message: String::new() },
                        error: String::new(),
                    },
                });
            }
            Effect::Organisation(node) => self.organisations.push(node),
            Effect::Mail(mail) => self.mails.push(mail),
            // Their effect is in the table of the tree, where tests look.
            Effect::RenameOrganisation(_) | Effect::MoveOrganisation(_) => {}
        }
    }

    pub(crate) fn job(&mut self, job_id: &str) -> Option<&mut QueuedJob> {
        self.jobs.iter_mut().find(|job| job.status.job_id == job_id)
    }
}

/// A job that was queued.
#[derive(Debug, Clone)]
pub struct QueuedJob {
    /// Whose job it is.
    pub plugin: String,
    /// What it works on.
    pub payload: Json,
    /// Not before this instant, unix milliseconds.
    pub run_at: i64,
    /// Whether somebody asked it to stop.
    pub stop: bool,
    /// Its name and where it stands.
    pub status: JobStatus,
}

/// A job that ran.
#[derive(Debug, Clone)]
pub struct JobRun {
    /// Its id.
    pub job_id: String,
    /// Its name.
    pub job: String,
    /// How it ended.
    pub outcome: Result<(), Fault>,
}
