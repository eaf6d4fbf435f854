//! Queues the jobs that run by the clock; however many hosts there are, each instant counts once.

use std::collections::BTreeSet;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use croner::Cron;
use plugin_api::db::{Batch, Enqueue};
use plugin_api::manifest::Manifest;
use plugin_api::{Fault, FaultKind};

use super::{ATTEMPTS, Jobs};
use crate::store::jobs::{self as store, Origin, Scheduled};
use crate::work::{Bench, Stop};

/// How often the clock is looked at; the finest schedule is a minute.
const TICK: Duration = Duration::from_secs(5);

/// Queues jobs by the clock until stopped.
pub(crate) async fn schedule(bench: Bench, jobs: Jobs, mut stop: Stop) {
    let mut reported = BTreeSet::new();
    loop {
        if let Err(fault) = tick(&bench, &jobs, &mut reported).await {
            tracing::warn!(%fault, "The schedule of jobs could not be read; trying again.");
        }
        if !stop.pause(TICK).await {
            return;
        }
    }
}

/// Queues what is due now. `reported` holds what was already complained about.
pub(super) async fn tick(
    bench: &Bench,
    jobs: &Jobs,
    reported: &mut BTreeSet<String>,
) -> Result<(), Fault> {
    let manifests = bench.carrier.manifests();
    let wanted = wanted(&manifests);
    if wanted.is_empty() {
        return Ok(());
    }
    let known = store::scheduled(&bench.cx.db()).await?;
    for (plugin, job, cron) in wanted {
        let now = bench.cx.now();
        let Some(next_at) = next(cron, now) else {
            if reported.insert(format!("{plugin}/{job}")) {
                tracing::warn!(plugin, job, cron, "The schedule of a job never comes to pass.");
            }
            continue;
        };
        match known.iter().find(|known| known.plugin == plugin && known.job == job) {
            None => add(bench, plugin, job, cron, next_at).await?,
            Some(row) if row.cron != cron => {
                let moved = Batch::new().and(store::reschedule(row, cron, next_at));
                unless_somebody_else_did(bench.cx.db().batch(moved).await)?;
            }
            Some(row) if row.next_at <= now => fire(bench, jobs, row, next_at).await?,
            Some(_) => {}
        }
    }
    Ok(())
}

fn wanted(manifests: &[Arc<Manifest>]) -> Vec<(&str, &str, &str)> {
    manifests
        .iter()
        .flat_map(|manifest| manifest.jobs.iter().map(move |job| (manifest, job)))
        .filter_map(|(manifest, job)| {
            job.cron.as_deref().map(|cron| (manifest.id.as_str(), job.name.as_str(), cron))
        })
        .collect()
}

async fn add(bench: &Bench, plugin: &str, job: &str, cron: &str, at: i64) -> Result<(), Fault> {
    let row = Scheduled {
        plugin: plugin.to_owned(),
        job: job.to_owned(),
        cron: cron.to_owned(),
        next_at: at,
    };
    match bench.cx.db().execute(store::add_to_schedule(&row)).await {
        Err(fault) if fault.kind == FaultKind::Unique => Ok(()),
        other => other.map(drop),
    }
}

/// Queues one run, however many instants were missed; none while an earlier run still goes on.
async fn fire(bench: &Bench, jobs: &Jobs, row: &Scheduled, next_at: i64) -> Result<(), Fault> {
    let (cx, db) = (&bench.cx, bench.cx.db());
    let mut batch = Batch::new().and(store::reschedule(row, &row.cron, next_at));
    if store::unfinished(&db, &row.plugin, &row.job).await? == 0 {
        let origin = Origin { plugin: &row.plugin, organisation_id: "", created_by: "" };
        let enqueue = Enqueue {
            job: row.job.clone(),
            payload: serde_json::Value::Null,
            run_at: 0,
            job_id: String::new(),
        };
        let id = cx.fresh_id();
        batch = batch.and(store::insert(origin, &enqueue, &id, ATTEMPTS, cx.now()));
    }
    unless_somebody_else_did(db.batch(batch).await)?;
    jobs.wake();
    Ok(())
}

fn unless_somebody_else_did(outcome: Result<Vec<u64>, Fault>) -> Result<(), Fault> {
    match outcome {
        Err(fault) if fault.is_mismatch("schedule") => Ok(()),
        other => other.map(drop),
    }
}

/// The first instant after `now` that matches `cron`, UTC.
fn next(cron: &str, now: i64) -> Option<i64> {
    let cron = Cron::from_str(cron).ok()?;
    let now = jiff::Timestamp::from_millisecond(now).ok()?.to_zoned(jiff::tz::TimeZone::UTC);
    let next = cron.find_next_occurrence(&now, false).ok()?;
    Some(next.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use plugin_api::time::parse_instant;

    use super::next;

    #[test]
    fn the_next_instant_lies_strictly_ahead() {
        let at = |text| parse_instant(text).expect("an instant");
        assert_eq!(
            next("*/5 * * * *", at("2026-01-01T00:05:00Z")),
            Some(at("2026-01-01T00:10:00Z"))
        );
        assert_eq!(
            next("0 3 * * *", at("2026-01-01T03:00:00.5Z")),
            Some(at("2026-01-02T03:00:00Z"))
        );
        assert_eq!(next("no cron", 0), None);
        assert_eq!(next("0 0 30 2 *", 0), None);
    }
}
