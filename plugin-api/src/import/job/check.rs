//! The dry run: what would become of each row, and which rows of the file say the same.

use std::collections::HashMap;

use super::{Work, sheet_of};
use crate::Fault;
use crate::db::Batch;
use crate::import::fields::Row;
use crate::import::outcome::{Act, Outcome};
use crate::import::sheet::Record;
use crate::import::store::{self, State};

/// Rows of the report written at a time.
const AT_ONCE: usize = 200;
/// Longest cell, characters: that of a spreadsheet.
const LONGEST: usize = 32_767;

/// Where the file said a value first.
type Seen = HashMap<(&'static str, String), i64>;

/// Checks all rows, from the first: a check that was cut off has done nothing that stays.
pub(super) async fn run(work: &Work<'_>) -> Result<(), Fault> {
    let (cx, tables, id) = (&work.cx, work.spec.tables, work.import.id.as_str());
    let sheet = sheet_of(cx, &work.import).await?;
    let width = sheet.header.len();
    cx.db().execute(store::forget_rows(tables, id)).await?;
    let mut seen = Seen::new();
    let mut checked = 0;
    for records in sheet.rows.chunks(AT_ONCE) {
        if work.progress(checked, sheet.rows.len()).await? {
            return stop(work).await;
        }
        let mut batch = Batch::new();
        for record in records {
            let outcome = outcome(work, record, (width, &mut seen)).await?;
            let told = work.told(&outcome);
            batch = batch.and(store::row(tables, id, record.number, (&outcome, &told)));
        }
        cx.db().batch(batch).await?;
        checked += records.len();
    }
    work.progress(checked, checked).await?;
    cx.db().batch(work.step(State::Checked)).await.map(drop)
}

async fn stop(work: &Work<'_>) -> Result<(), Fault> {
    let rows = store::forget_rows(work.spec.tables, &work.import.id);
    work.cx.db().batch(work.step(State::Mapping).and(rows)).await.map(drop)
}

async fn outcome(
    work: &Work<'_>,
    record: &Record,
    (width, seen): (usize, &mut Seen),
) -> Result<Outcome, Fault> {
    let lang = work.cx.lang();
    if record.cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        return Ok(Outcome::refused("", lang.t("import-row-too-wide")));
    }
    if record.cells.iter().any(|cell| cell.chars().nth(LONGEST).is_some()) {
        return Ok(Outcome::refused("", lang.t("import-row-too-long")));
    }
    let row = Row::read(record.number, &record.cells, &work.import.mapping);
    let mut outcome = match work.spec.check(&work.cx, row).await {
        Ok(outcome) => outcome,
        // The database failed, not the row: the job is tried again.
        Err(problem) if problem.status().is_server_error() => {
            let internal = || Fault::internal("a row could not be checked");
            return Err(problem.fault().cloned().unwrap_or_else(internal));
        }
        Err(problem) => Outcome::refused("", problem.sentence(&lang)),
    };
    if outcome.act == Act::Refused {
        return Ok(outcome);
    }
    for (field, value) in std::mem::take(&mut outcome.unique) {
        let first = *seen.entry((field, value)).or_insert(record.number);
        if first != record.number {
            let same = lang.with("import-row-same-as", &[("n", &lang.number(first))]);
            outcome = outcome.problem(field, same);
        }
    }
    Ok(outcome)
}
