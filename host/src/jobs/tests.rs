//! Jobs from queue to end, on each database.

use std::collections::BTreeSet;
use std::sync::Arc;

use plugin_api::db::{Batch, Enqueue, Statement};
use plugin_api::lent::{JobState, JobStatus, Progress};
use plugin_api::manifest::{Job, Manifest};
use plugin_api::{Fault, FaultKind, Scope};
use serde_json::json;
use tokio::sync::Notify;

use super::runner::Runner;
use super::*;
use crate::work::testing::{Fake, Scratch, each, ready, user};
use crate::work::{Bench, Source as _};

const ID: &str = "0199d7c0-0000-7000-8000-00000000abcd";

fn manifest(id: &str, cron: Option<&str>) -> Manifest {
    let job = Job { name: "send".to_owned(), cron: cron.map(str::to_owned) };
    Manifest { id: id.to_owned(), jobs: vec![job], ..Manifest::default() }
}

fn enqueue(run_at: i64) -> Enqueue {
    Enqueue { job: "send".into(), payload: json!({ "to": "x" }), run_at, job_id: String::new() }
}

async fn queue(scratch: &Scratch) {
    let statement = enqueue_statement(&user("alice"), "p", &enqueue(0), ID, scratch.cx.now());
    scratch.cx.db().execute(statement).await.unwrap();
}

async fn stored(scratch: &Scratch) -> JobStatus {
    store::jobs::status(&scratch.cx.db(), "p", ID).await.unwrap().unwrap()
}

async fn write(scratch: &Scratch, sql: &'static str) {
    scratch.cx.db().execute(Statement::new(sql)).await.unwrap();
}

fn runner(bench: Bench) -> Runner {
    Runner { bench, jobs: Jobs::default() }
}

async fn run_all(runner: &Runner) -> usize {
    let claimed = runner.claim(10).await.unwrap();
    let count = claimed.len();
    for item in claimed {
        runner.run(item).await;
    }
    count
}

#[tokio::test]
async fn a_job_runs_once_and_is_done() {
    for scratch in each().await {
        queue(&scratch).await;
        let fake = Fake::new(vec![manifest("p", None)], |_, caller, _, payload| {
            assert_eq!(caller.job_id, ID);
            assert_eq!(caller.organisation_id, "branch");
            assert_eq!(payload, br#"{"to":"x"}"#);
            ready(Ok(()))
        });
        let (one, two) =
            (runner(scratch.bench(Arc::clone(&fake))), runner(scratch.bench(Arc::clone(&fake))));
        let claimed = one.claim(10).await.unwrap();
        assert_eq!((claimed.len(), two.claim(10).await.unwrap().len()), (1, 0));
        assert_eq!(stored(&scratch).await.state, JobState::Running);
        for item in claimed {
            one.run(item).await;
        }
        assert_eq!(stored(&scratch).await.state, JobState::Done);
        assert_eq!((run_all(&one).await, fake.calls()), (0, vec!["p job:send".to_owned()]));
    }
}

#[tokio::test]
async fn a_job_that_fails_waits_and_is_given_up_in_the_end() {
    for scratch in each().await {
        queue(&scratch).await;
        let runner = runner(scratch.bench(Fake::new(vec![manifest("p", None)], |_, _, _, _| {
            ready(Err(Fault::internal("no luck")))
        })));
        for attempt in 1..=ATTEMPTS {
            assert_eq!(run_all(&runner).await, 1, "{attempt}");
            assert_eq!(run_all(&runner).await, 0, "it has to wait");
            let status = stored(&scratch).await;
            assert!(status.error.contains("no luck"), "{}", status.error);
            let expected = if attempt < ATTEMPTS { JobState::Queued } else { JobState::Failed };
            assert_eq!(status.state, expected, "{attempt}");
            write(&scratch, "update host_job set run_at = 0").await;
        }
        assert_eq!(run_all(&runner).await, 0);
        let db = scratch.cx.db();
        let now = scratch.cx.now();
        assert_eq!(db.execute(store::jobs::purge(now - 60_000)).await.unwrap(), 0);
        assert_eq!(db.execute(store::jobs::purge(now + 60_000)).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_job_of_a_disabled_plugin_stays_queued() {
    for scratch in each().await {
        queue(&scratch).await;
        let fake = Fake::new(vec![manifest("other", None)], |_, _, _, _| {
            ready(Err(Fault::new(FaultKind::Unavailable, "switched off")))
        });
        let runner = runner(scratch.bench(Arc::clone(&fake)));
        assert_eq!(run_all(&runner).await, 0);
        fake.enable(vec![manifest("p", None)]);
        for _ in 0..ATTEMPTS + 2 {
            assert_eq!(run_all(&runner).await, 1, "attempts on an absent plugin do not count");
            assert_eq!(stored(&scratch).await.state, JobState::Queued);
            write(&scratch, "update host_job set run_at = 0").await;
        }
    }
}

#[tokio::test]
async fn progress_is_kept_and_a_cancelled_job_hears_of_it() {
    for scratch in each().await {
        queue(&scratch).await;
        let (cx, jobs) = (scratch.cx.clone(), Jobs::default());
        let bench = scratch.bench(Fake::new(vec![manifest("p", None)], {
            let jobs = jobs.clone();
            move |_, caller, _, _| {
                let (cx, jobs) = (cx.clone(), jobs.clone());
                Box::pin(async move {
                    let progress = |done| Progress { done, total: 4, message: "half".into() };
                    let now = cx.now();
                    let told = note(&jobs, &cx.db(), &caller.job_id, progress(1), now).await?;
                    assert!(!told);
                    stop(&cx.db(), "p", &caller.job_id, now).await?;
                    let told = note(&jobs, &cx.db(), &caller.job_id, progress(2), now).await?;
                    assert!(!told, "asked again too soon");
                    note(&jobs, &cx.db(), &caller.job_id, progress(2), now + 1_000)
                        .await
                        .map(|told| told.to_string().into_bytes())
                })
            }
        }));
        let runner = Runner { bench, jobs };
        assert_eq!(run_all(&runner).await, 1);
        let status = stored(&scratch).await;
        assert_eq!(status.state, JobState::Cancelled);
        assert_eq!((status.progress.done, status.progress.total), (2, 4));
        let refused = note(&runner.jobs, &scratch.cx.db(), ID, status.progress, 0).await;
        assert_eq!(refused.unwrap_err().kind, FaultKind::Refused);
    }
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_a_foreign_one_never() {
    for scratch in each().await {
        queue(&scratch).await;
        let db = scratch.cx.db();
        let refused = stop(&db, "another-plugin", ID, 1).await.unwrap_err();
        assert_eq!(refused.kind, FaultKind::NotFound);
        assert_eq!(stored(&scratch).await.state, JobState::Queued);
        stop(&db, "p", ID, 1).await.unwrap();
        assert_eq!(stored(&scratch).await.state, JobState::Cancelled);
        stop(&db, "p", ID, 1).await.unwrap();
    }
}

#[tokio::test]
async fn a_lost_lease_fences_off_the_one_who_had_it() {
    for scratch in each().await {
        queue(&scratch).await;
        let fake = Fake::new(vec![manifest("p", None)], |_, _, _, _| ready(Ok(())));
        let (slow, other) = (runner(scratch.bench(Arc::clone(&fake))), runner(scratch.bench(fake)));
        let late = slow.claim(1).await.unwrap().remove(0);
        write(&scratch, "update host_job set lease_until = 1").await;
        let taken = other.claim(1).await.unwrap().remove(0);
        slow.run(late).await;
        assert_eq!(stored(&scratch).await.state, JobState::Running, "the late end counts nothing");
        other.run(taken).await;
        assert_eq!(stored(&scratch).await.state, JobState::Done);
    }
}

#[tokio::test]
async fn a_job_that_is_cut_off_is_handed_back_untried() {
    for scratch in each().await {
        queue(&scratch).await;
        let begun = Arc::new(Notify::new());
        let fake = Fake::new(vec![manifest("p", None)], {
            let begun = Arc::clone(&begun);
            move |_, _, _, _| {
                begun.notify_one();
                Box::pin(std::future::pending())
            }
        });
        let runner = Arc::new(runner(scratch.bench(fake)));
        let claimed = runner.claim(1).await.unwrap().remove(0);
        let task = tokio::spawn({
            let runner = Arc::clone(&runner);
            async move { runner.run(claimed).await }
        });
        begun.notified().await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        runner.hand_back().await;
        assert_eq!(stored(&scratch).await.state, JobState::Queued);
        let attempts = Statement::new("select attempts from host_job");
        assert_eq!(scratch.cx.db().scalar(attempts).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn two_hosts_queue_what_the_clock_asks_for_once() {
    for scratch in each().await {
        let manifests = || vec![manifest("p", Some("0 3 * * *")), manifest("q", Some("nonsense"))];
        let fake = || Fake::new(manifests(), |_, _, _, _| ready(Ok(())));
        let (one, two) = (scratch.bench(fake()), scratch.bench(fake()));
        let (jobs, mut reported) = (Jobs::default(), BTreeSet::new());
        let count = async || {
            let select = Statement::new("select count(*) from host_job");
            scratch.cx.db().scalar(select).await.unwrap()
        };
        schedule::tick(&one, &jobs, &mut reported).await.unwrap();
        assert_eq!(count().await, 0, "not before its time");
        assert!(reported.contains("q/send"));
        let due = "update host_job_schedule set next_at = 1";
        write(&scratch, due).await;
        let again = || async {
            schedule::tick(&two, &jobs, &mut BTreeSet::new()).await.unwrap();
        };
        tokio::join!(again(), again());
        assert_eq!(count().await, 1);
        write(&scratch, due).await;
        again().await;
        assert_eq!(count().await, 1, "the earlier run has not ended");
    }
}

#[tokio::test]
async fn only_who_queued_a_job_or_has_its_branch_sees_it() {
    let scratch = each().await.remove(0);
    queue(&scratch).await;
    let db = scratch.cx.db();
    let seen = async |scope: Scope, person: &str| {
        store::jobs::visible(&db, &scope, person, ID).await.unwrap().is_some()
    };
    assert!(seen(Scope::nothing(), "alice").await);
    assert!(seen(Scope::everything(), "bob").await);
    assert!(!seen(Scope::nothing(), "bob").await);
    assert!(!seen(Scope::nothing(), "").await);
}

#[tokio::test]
async fn jobs_join_the_transaction_that_asks_for_them() {
    for scratch in each().await {
        let queued = enqueue_statement(&user("alice"), "p", &enqueue(0), ID, 1);
        let twice = Batch::new().and(queued.clone()).and(queued);
        let fault = scratch.cx.db().batch(twice).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Unique);
        assert!(store::jobs::status(&scratch.cx.db(), "p", ID).await.unwrap().is_none());
    }
}

#[test]
fn only_described_jobs_with_proper_ids_are_queued() {
    let manifest = manifest("p", None);
    assert_eq!(check(&manifest, &enqueue(0)), Ok(()));
    let with = |job: &str, id: &str| Enqueue { job: job.into(), job_id: id.into(), ..enqueue(0) };
    assert_eq!(check(&manifest, &with("send", ID)), Ok(()));
    assert_eq!(check(&manifest, &with("x", ID)).unwrap_err().kind, FaultKind::Refused);
    for id in ["x", "0199D7C0-0000-7000-8000-00000000ABCD", "0199d7c000007000800000000000abcd"] {
        assert_eq!(
            check(&manifest, &with("send", id)).unwrap_err().kind,
            FaultKind::Invalid,
            "{id}"
        );
    }
}
