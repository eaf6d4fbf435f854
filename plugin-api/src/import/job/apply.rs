//! The import itself: each row is written in the transaction that notes it as done, so that a run
//! that was cut off goes on behind the last one, and no row is ever written twice.

use std::collections::HashMap;

use super::{Work, sheet_of};
use crate::import::fields::Row;
use crate::import::outcome::Outcome;
use crate::import::sheet::{Record, Sheet};
use crate::import::store::{self, State};
use crate::{Fault, FaultKind, Problem};

/// Rows asked for at a time.
const AT_ONCE: u32 = 500;
/// Rows written in one transaction.
const TOGETHER: usize = 25;

/// Writes what is left to be written.
pub(super) async fn run(work: &Work<'_>) -> Result<(), Fault> {
    let (cx, tables, id) = (&work.cx, work.spec.tables, work.import.id.as_str());
    let sheet = sheet_of(cx, &work.import).await?;
    let records = by_number(&sheet);
    let counts = store::counts(&cx.db(), tables, id).await?;
    let total = usize::try_from(counts.to_write()).unwrap_or_default();
    let mut done = usize::try_from(counts.done).unwrap_or_default();
    loop {
        let pending = store::pending(&cx.db(), tables, (id, AT_ONCE)).await?;
        if pending.is_empty() {
            return finish(work).await;
        }
        for numbers in pending.chunks(TOGETHER) {
            if work.progress(done, total).await? {
                let stopped = work.step(State::Stopped).audit(work.audit("import.stopped"));
                return cx.db().batch(stopped).await.map(drop);
            }
            let together: Vec<&Record> =
                numbers.iter().filter_map(|number| records.get(number).copied()).collect();
            if together.len() < numbers.len() {
                return Err(Fault::internal("the file has fewer rows than were checked"));
            }
            // One row that fails takes the others of its transaction back: then each has its own.
            if write(work, &together).await.is_err() {
                for record in &together {
                    write_alone(work, record).await?;
                }
            }
            done += together.len();
        }
    }
}

fn by_number(sheet: &Sheet) -> HashMap<i64, &Record> {
    sheet.rows.iter().map(|record| (record.number, record)).collect()
}

async fn finish(work: &Work<'_>) -> Result<(), Fault> {
    let cx = &work.cx;
    let counts = store::counts(&cx.db(), work.spec.tables, &work.import.id).await?;
    let told = serde_json::json!({
        "created": counts.create, "updated": counts.update,
        "unchanged": counts.unchanged, "refused": counts.refused,
    });
    let done = work.step(State::Done).audit(work.audit("import.finished").after(told));
    cx.db().batch(done).await?;
    work.progress(1, 1).await?;
    // What was imported is kept elsewhere by now; the report needs no file.
    match cx.delete_blob(&work.import.blob_id).await {
        Err(fault) if fault.kind != FaultKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}

/// Writes these rows in one transaction.
async fn write(work: &Work<'_>, records: &[&Record]) -> Result<(), Problem> {
    let (spec, import) = (work.spec, &work.import);
    work.cx
        .transaction(|tx| async move {
            for record in records {
                let row = Row::read(record.number, &record.cells, &import.mapping);
                let outcome = spec.apply(tx.clone(), row).await?;
                note(work, &tx, record.number, &outcome).await?;
            }
            Ok(())
        })
        .await
}

/// Writes one row; what is wrong with it is noted, what is wrong with the database stops the run.
async fn write_alone(work: &Work<'_>, record: &Record) -> Result<(), Fault> {
    let Err(problem) = write(work, &[record]).await else { return Ok(()) };
    let lang = work.cx.lang();
    let outcome = match problem.fault() {
        None => Outcome::refused("", problem.sentence(&lang)),
        Some(fault) if is_of_the_row(fault.kind) => {
            Outcome::refused("", lang.t("import-row-changed"))
        }
        Some(fault) => return Err(fault.clone()),
    };
    note(work, &work.cx, record.number, &outcome).await.map_err(|problem| {
        let internal = || Fault::internal("the fate of a row could not be noted");
        problem.fault().cloned().unwrap_or_else(internal)
    })
}

fn is_of_the_row(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::Unique
            | FaultKind::Mismatch
            | FaultKind::Refused
            | FaultKind::NotFound
            | FaultKind::Invalid
            | FaultKind::TooLarge
    )
}

async fn note(
    work: &Work<'_>,
    cx: &crate::Cx,
    number: i64,
    outcome: &Outcome,
) -> Result<(), Problem> {
    let told = work.told(outcome);
    let (tables, id) = (work.spec.tables, work.import.id.as_str());
    let decided = store::decided(tables, id, number, (outcome, &told));
    match cx.db().execute(decided).await? {
        1 => Ok(()),
        // Another run did it meanwhile: this transaction must not.
        _ => Err(Fault::new(FaultKind::Mismatch, "the row is done already").into()),
    }
}
