//! Jobs and events, run when the test says so.

use plugin_api::Caller;
use plugin_api::lent::{Event, JobState};
use serde_json::json;

use crate::effects::JobRun;
use crate::{Harness, block_on};

impl Harness {
    /// Runs every queued job whose time has come, also those that running ones queue, once each and
    /// in order. A job that was cancelled before is not run.
    pub fn run_jobs(&self) -> Vec<JobRun> {
        let mut runs = Vec::new();
        loop {
            let now = self.clock().now();
            let due = {
                let mut effects = self.world.effects();
                let waiting = effects.jobs.iter_mut();
                let mut due =
                    waiting.filter(|job| job.status.state == JobState::Queued && job.run_at <= now);
                due.next().map(|job| {
                    job.status.state =
                        if job.stop { JobState::Cancelled } else { JobState::Running };
                    job.clone()
                })
            };
            let Some(job) = due else { return runs };
            if job.stop {
                continue;
            }
            let status = job.status;
            let caller = Caller { job_id: status.job_id.clone(), ..self.job_caller(&status.job) };
            let plugin = self.world.plugin(&job.plugin).expect("the plugin that queued it");
            let name = format!("job:{}", status.job);
            let outcome = block_on(async {
                let answer = self.world.call(&plugin, caller, 0, &name, &job.payload).await;
                self.world.write_behind().await;
                answer.map(drop)
            });
            if let Some(known) = self.world.effects().job(&status.job_id) {
                known.status.state = match &outcome {
                    Ok(()) if known.stop => JobState::Cancelled,
                    Ok(()) => JobState::Done,
                    Err(fault) => {
                        known.status.error = fault.to_string();
                        JobState::Failed
                    }
                };
            }
            runs.push(JobRun { job_id: status.job_id, job: status.job, outcome });
        }
    }

    /// Delivers every event not yet delivered to the plugins that subscribe to it.
    ///
    /// # Panics
    /// When a subscriber fails.
    pub fn deliver_events(&self) {
        loop {
            let mut waiting = std::mem::take(&mut self.world.effects().outbox);
            if waiting.is_empty() {
                return;
            }
            for (source, emitted) in waiting.drain(..) {
                let event = Event {
                    event_id: self.world.fresh_id(),
                    name: emitted.name,
                    source,
                    at: self.clock().now(),
                    payload: emitted.payload,
                };
                self.deliver(&event);
            }
        }
    }

    /// Delivers `event` to the plugins that subscribe to it, as another plugin's would be.
    ///
    /// # Panics
    /// When a subscriber fails.
    pub fn deliver(&self, event: &Event) {
        let plugins = self.world.subscribers(&event.name);
        let name = format!("event:{}", event.name);
        for plugin in plugins {
            let heard = block_on(async {
                let caller = self.job_caller(&name);
                let answer = self.world.call(&plugin, caller, 0, &name, &json!(event)).await;
                self.world.write_behind().await;
                answer
            });
            heard.unwrap_or_else(|fault| panic!("{name} in {plugin:?}: {fault}"));
        }
    }
}
