//! Reads whole files in the background: for signatures over every byte, and for viruses.
//!
//! A file of many gigabytes takes longer than a request may. What comes of it is kept, so that
//! publishing reads only rows.

use plugin_api::db::{Batch, Enqueue};
use plugin_api::lent::Scan;
use plugin_api::{Cx, Fault, FaultKind};
use semver::Version;
use serde_json::{Value as Json, json};

use super::changed;
use super::files::read;
use crate::domain::checks::digests::kept_blake2b;
use crate::domain::checks::examination as rules;
use crate::domain::checks::examination::{Signatures, Subject, VendorKeys};
use crate::domain::checks::finding::{Finding, Matter};
use crate::domain::checks::minisign;
use crate::domain::release::Artifact;
use crate::store::examinations::{self, Examination, JOB, Outcome, VIRUSES};
use crate::store::products::Product;
use crate::store::{artifacts, products, releases};

/// The job that examines one file.
pub(crate) const NAME: &str = "examine-file";
/// After so long a job that said nothing is asked for again, milliseconds.
const LOST: i64 = 30 * 60_000;
/// Longest word of the scanner that is kept, characters.
const LONGEST: usize = 500;

/// The signatures of a file, judged by its hashes.
pub(crate) fn signatures(
    product: &Product,
    version: &Version,
    file: &Artifact,
) -> rules::Examination {
    let keys = VendorKeys { minisign: &product.minisign_key, sparkle: &product.sparkle_key };
    let signatures = Signatures { minisign: &file.minisign, sparkle: &file.ed_signature };
    let blake2b = kept_blake2b(&file.blake2b);
    rules::Examination::new(
        Subject { file: &file.file_name, version, blake2b: &blake2b },
        keys,
        signatures,
    )
}

/// What is known of a file from reading it whole, held against what is asked of it.
pub(crate) fn found(
    signatures: rules::Examination,
    file: &Artifact,
    known: &[Examination],
    is_scanned: bool,
) -> Vec<Finding> {
    let answer = |subject: &str| {
        known.iter().find(|one| one.artifact_id == file.artifact_id && one.subject == subject)
    };
    let mut findings = signatures
        .finish(|trial| answer(&trial.subject()).map(|answer| answer.outcome == Outcome::Holds));
    let viruses = match answer(VIRUSES) {
        Some(answer) if answer.outcome == Outcome::Infected => {
            Some(Matter::Infected { told: answer.told.clone() })
        }
        Some(answer) if is_scanned && answer.outcome == Outcome::Failed => {
            Some(Matter::ScannerFailed { told: answer.told.clone() })
        }
        None if is_scanned => Some(Matter::BeingChecked),
        _ => None,
    };
    findings.extend(viruses.map(|matter| Finding::new(&file.file_name, matter)));
    findings.dedup();
    findings
}

/// Adds to a batch that a file is read whole, if something may be asked of it that takes that. What
/// exactly, the job finds out: keys may change until then.
pub(crate) fn begun(batch: Batch, file: &Artifact, is_scanned: bool, now: i64) -> Batch {
    let is_legacy = minisign::Signature::read(&file.minisign).is_some_and(|it| it.is_legacy());
    if is_legacy || !file.ed_signature.is_empty() || is_scanned {
        return queued(batch, file, now);
    }
    batch
}

fn queued(batch: Batch, file: &Artifact, now: i64) -> Batch {
    let waiting = Examination {
        artifact_id: file.artifact_id.clone(),
        subject: JOB.to_owned(),
        outcome: Outcome::Waiting,
        told: String::new(),
        examined_at: now,
    };
    batch.and(examinations::writing(&waiting)).enqueue(Enqueue {
        job: NAME.to_owned(),
        payload: json!({ "artifact_id": file.artifact_id }),
        run_at: 0,
        job_id: String::new(),
    })
}

/// Has everything examined that still is to be, and scanners asked again that did not answer. What is
/// under way already is left to its job.
pub(crate) async fn go_on(cx: &Cx, release_id: &str, files: &[&Artifact]) -> Result<(), Fault> {
    let known = examinations::of_release(&cx.db(), cx.scope(), release_id).await?;
    let now = cx.now();
    let mut batch = Batch::new();
    for file in files {
        let own = || known.iter().filter(|one| one.artifact_id == file.artifact_id);
        if own().any(|one| one.subject == JOB && now - one.examined_at < LOST) {
            continue;
        }
        if own().any(|one| one.subject == VIRUSES && one.outcome == Outcome::Failed) {
            batch = batch.and(examinations::deletion(&file.artifact_id, VIRUSES));
        }
        batch = queued(batch, file, now);
    }
    cx.db().batch(batch).await.map(drop)
}

/// A job: reads a file once for all signatures over every byte of it, then has it scanned.
pub(crate) async fn run(cx: Cx, asked: Json) -> Result<(), Fault> {
    let id = asked.get("artifact_id").and_then(Json::as_str).unwrap_or_default();
    let db = cx.db();
    let Some(file) = artifacts::get(&db, cx.scope(), id).await? else { return Ok(()) };
    let known = examinations::of_release(&db, cx.scope(), &file.release_id).await?;
    let answered = |subject: &str| {
        known.iter().any(|one| {
            one.artifact_id == file.artifact_id
                && one.subject == subject
                && one.outcome != Outcome::Failed
        })
    };
    let mut answers = tried(&cx, &file, &answered).await?;
    if !answered(VIRUSES)
        && let Some((outcome, told)) = scanned(cx.scan_blob(&file.blob_id).await?)
    {
        answers.push((VIRUSES.to_owned(), outcome, told));
    }
    let mut batch = Batch::new().and(examinations::deletion(&file.artifact_id, JOB));
    for (subject, outcome, told) in answers {
        let (artifact_id, examined_at) = (file.artifact_id.clone(), cx.now());
        let answer = Examination { artifact_id, subject, outcome, told, examined_at };
        batch = batch.and(examinations::writing(&answer));
    }
    // The file may have been taken out meanwhile: what is said of it then concerns nobody, and a file
    // that takes its place has another id.
    if artifacts::get(&db, cx.scope(), id).await?.is_none() {
        batch = Batch::new().and(examinations::forgetting(id));
    }
    db.batch(batch).await?;
    changed::show(&cx).await;
    Ok(())
}

type Answer = (String, Outcome, String);

/// Reads the file, unless nothing is left to be asked of it.
async fn tried(
    cx: &Cx,
    file: &Artifact,
    answered: &impl Fn(&str) -> bool,
) -> Result<Vec<Answer>, Fault> {
    let db = cx.db();
    let release = releases::get(&db, cx.scope(), &file.release_id).await?;
    let product = products::get(&db, cx.scope(), &file.product_code).await?;
    let (Some(release), Some(product)) = (release, product) else { return Ok(Vec::new()) };
    let version = Version::parse(&release.version).map_err(Fault::internal)?;
    let examination = signatures(&product, &version, file);
    let trials = examination.trials().iter().map(|trial| (trial.subject(), trial));
    let mut open: Vec<_> = trials
        .filter(|(subject, _)| !answered(subject))
        .map(|(subject, trial)| (subject, trial.start()))
        .collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let read = read::pieces(cx, &file.blob_id, |piece| {
        for (_, stream) in &mut open {
            stream.update(piece);
        }
    });
    match read.await {
        // Taken out of its release meanwhile.
        Err(fault) if fault.kind == FaultKind::NotFound => return Ok(Vec::new()),
        read => read?,
    }
    let answer = |holds| if holds { Outcome::Holds } else { Outcome::Wrong };
    let answers = open.into_iter().map(|(subject, stream)| (subject, answer(stream.finish())));
    Ok(answers.map(|(subject, outcome)| (subject, outcome, String::new())).collect())
}

fn scanned(scan: Scan) -> Option<(Outcome, String)> {
    let kept = |told: String| told.chars().take(LONGEST).collect();
    match scan {
        Scan::NotConfigured => None,
        Scan::Clean => Some((Outcome::Clean, String::new())),
        Scan::Infected(told) => Some((Outcome::Infected, kept(told))),
        Scan::Failed(told) => Some((Outcome::Failed, kept(told))),
    }
}
