//! The job that applies a version of a policy to the licences that exist.
//!
//! A licence that was brought to the version is not found again: a run that was cut off goes on where
//! it was, and no licence is changed twice.

use plugin_api::db::{Audit, Batch, Enqueue};
use plugin_api::{Cx, Fault, FaultKind, Problem, Scope};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::evaluate::{Under, reaches};
use crate::domain::policy::Policy;
use crate::domain::what_if::{Standing, reached};
use crate::store::policies::runs::{self, Run, RunState};
use crate::store::policies::standing::{self, Reach};
use crate::store::policies::{self as store, Stored};
use crate::story;

/// Its name.
pub(super) const JOB: &str = "apply-policy";
/// Licences written in one transaction.
const TOGETHER: usize = 200;
/// How often it looks again for licences that somebody changed while it was at work.
const PASSES: usize = 5;

/// What the job works on.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    run_id: String,
}

/// Adds to `batch` the run that applies `policy` in its version; answers its id. A version has one run:
/// if there is one already, nothing is added.
pub(super) async fn starting(
    cx: &Cx,
    policy: &Stored,
    batch: Batch,
) -> Result<(String, Batch), Fault> {
    let known = runs::latest(&cx.db(), cx.scope(), &policy.policy_id).await?;
    if let Some(known) = known.filter(|known| known.version == policy.version) {
        return Ok((known.run_id, batch));
    }
    let mut licences_total = 0;
    for reach in reaches(policy) {
        licences_total += standing::count(&cx.db(), cx.scope(), &reach, policy.version).await?;
    }
    let run = Run {
        run_id: cx.fresh_id(),
        policy_id: policy.policy_id.clone(),
        version: policy.version,
        job_id: cx.fresh_id(),
        state: RunState::Running,
        licences_total,
        licences_done: 0,
        licences_changed: 0,
        created_at: cx.now(),
        created_by: story::who(cx.caller()),
    };
    let batch = batch.and(runs::insertion(&run)).enqueue(queued(&run.run_id, &run.job_id));
    Ok((run.run_id, batch))
}

/// The job of a run under the id the run knows.
pub(super) fn queued(run_id: &str, job_id: &str) -> Enqueue {
    Enqueue {
        job: JOB.to_owned(),
        payload: json!({ "run_id": run_id }),
        run_at: 0,
        job_id: job_id.to_owned(),
    }
}

/// Applies it.
pub(super) async fn run(cx: Cx, payload: Json) -> Result<(), Fault> {
    let Payload { run_id } = serde_json::from_value(payload)?;
    let everything = Scope::everything();
    let run = runs::get(&cx.db(), &everything, &run_id).await?;
    // A job that was replaced by another has nothing to do any more.
    let is_mine = |run: &Run| run.job_id == cx.caller().job_id && run.state == RunState::Running;
    let Some(run) = run.filter(is_mine) else { return Ok(()) };
    let policy = store::get(&cx.db(), &everything, &run.policy_id).await?;
    let policy = policy.ok_or_else(|| Fault::internal("the policy of a run is missing"))?;
    let under = Under::of(&cx, &run.policy_id).await?;
    let new = under.version(run.version).cloned();
    let new = new.ok_or_else(|| Fault::internal("the version of a run is missing"))?;
    let done = run.licences_done;
    Work { cx: &cx, run, policy, under, new, done }.run().await
}

/// One run of the job.
struct Work<'a> {
    cx: &'a Cx,
    run: Run,
    policy: Stored,
    under: Under,
    new: Policy,
    done: i64,
}

/// How a look through the licences ended.
#[derive(Debug, PartialEq, Eq)]
enum Pass {
    /// There was none left.
    Nothing,
    /// Some were written.
    Some,
    /// Somebody asked to stop.
    Stopped,
}

impl Work<'_> {
    async fn run(mut self) -> Result<(), Fault> {
        for _ in 0..PASSES {
            match self.pass().await? {
                Pass::Nothing => break,
                Pass::Some => {}
                Pass::Stopped => {
                    return self.end(RunState::Stopped, "policy.application_stopped").await;
                }
            }
        }
        self.progress().await?;
        self.end(RunState::Done, "policy.applied").await
    }

    async fn pass(&mut self) -> Result<Pass, Fault> {
        let mut pass = Pass::Nothing;
        for reach in reaches(&self.policy) {
            let mut after = standing::FIRST.to_owned();
            loop {
                let licences = self.next(&reach, &after).await?;
                let Some(last) = licences.last() else { break };
                after.clone_from(&last.licence_id);
                pass = Pass::Some;
                for together in licences.chunks(TOGETHER) {
                    if self.progress().await? {
                        return Ok(Pass::Stopped);
                    }
                    self.done += self.write(together).await?;
                }
            }
        }
        Ok(pass)
    }

    async fn next(&self, reach: &Reach, after: &str) -> Result<Vec<Standing>, Fault> {
        let asked = (self.run.version, after, self.cx.now());
        standing::next(&self.cx.db(), self.cx.scope(), reach, asked).await
    }

    /// Brings these licences to the version and counts them in the same transaction; answers how many
    /// nobody changed meanwhile.
    async fn write(&self, licences: &[Standing]) -> Result<i64, Fault> {
        let written = self.cx.transaction(|tx| async move {
            let target = (self.run.policy_id.as_str(), self.run.version);
            let mut batch = Batch::new();
            let mut differs = Vec::with_capacity(licences.len());
            for licence in licences {
                let has = reached(licence, self.under.which(licence), &self.new);
                batch = batch.and(standing::brought(tx.scope(), licence, &has, target));
                differs.push(has != licence.has);
            }
            let rows = tx.db().batch(batch).await?;
            let brought: Vec<bool> = rows
                .iter()
                .zip(differs)
                .filter_map(|(rows, differs)| (*rows == 1).then_some(differs))
                .collect();
            let changed = brought.iter().filter(|differs| **differs).count();
            let (done, changed) = (count(brought.len()), count(changed));
            match tx.db().execute(runs::counted(&self.run, done, changed)).await? {
                1 => Ok(done),
                // Another job took the run: this transaction must not.
                _ => Err(Fault::new(FaultKind::Mismatch, "the run has another job").into()),
            }
        });
        written.await.map_err(|problem: Problem| {
            let internal = || Fault::internal("licences could not be brought to a policy");
            problem.fault().cloned().unwrap_or_else(internal)
        })
    }

    /// Tells how far it is; answers whether to stop.
    async fn progress(&self) -> Result<bool, Fault> {
        let lang = self.cx.lang();
        let total = self.run.licences_total.max(self.done);
        let (n, of) = (lang.number(self.done), lang.number(total));
        let message = lang.with("policy-run-progress", &[("n", &n), ("total", &of)]);
        let steps = |n: i64| u64::try_from(n).unwrap_or_default();
        self.cx.progress(steps(self.done), steps(total), &message).await
    }

    async fn end(&self, state: RunState, action: &str) -> Result<(), Fault> {
        let run = runs::get(&self.cx.db(), self.cx.scope(), &self.run.run_id).await?;
        let told = run.as_ref().unwrap_or(&self.run);
        let audit =
            Audit::of(action, &self.policy.policy_id).named(&self.policy.name).after(json!({
                "version": told.version,
                "licences": told.licences_done,
                "changed": told.licences_changed,
                "asked_by": told.created_by,
            }));
        let step = runs::step(&self.run, state, &self.run.job_id);
        self.cx.db().batch(Batch::new().and(step).audit(audit)).await.map(drop)
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
