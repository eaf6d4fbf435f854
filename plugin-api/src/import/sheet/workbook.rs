//! A sheet of a workbook (Office Open XML, ECMA-376), cell by cell.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};
use csv::StringRecord;

use super::{MOST_COLUMNS, MOST_ROWS, Reading, Record, Sheet, Unreadable, assemble};

/// Bytes the parts of a workbook may have once they are unpacked.
const LARGEST_UNPACKED: u64 = 512 * 1024 * 1024;

/// The sheet called `wanted`, or the first one.
pub(super) fn read(bytes: &[u8], wanted: &str) -> Result<Sheet, Unreadable> {
    if unpacked(bytes) > LARGEST_UNPACKED {
        return Err(Unreadable::TooLarge);
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let sheets = book.sheet_names();
    let chosen = sheets.iter().find(|name| *name == wanted).or_else(|| sheets.first());
    let chosen = chosen.ok_or(Unreadable::Empty)?.clone();
    let records = records(&mut book, &chosen)?;
    assemble(records, sheets, Reading { sheet: chosen, ..Reading::default() })
}

/// The cells as they come, never as a grid: one cell in the far corner of a sheet would be billions.
fn records(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Record>, Unreadable> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| Unreadable::Damaged)?;
    let mut records: Vec<Record> = Vec::new();
    let mut row: Option<(u32, Vec<String>)> = None;
    while let Some(cell) = cells.next_cell().map_err(|_| Unreadable::Damaged)? {
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let (at, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
        if row.as_ref().is_none_or(|(known, _)| *known != at) {
            keep(&mut records, row.take())?;
            row = Some((at, Vec::new()));
        }
        let Some((_, texts)) = &mut row else { continue };
        texts.resize(texts.len().max(column + 1), String::new());
        if let Some(place) = texts.get_mut(column) {
            *place = text;
        }
    }
    keep(&mut records, row)?;
    Ok(records)
}

fn keep(records: &mut Vec<Record>, row: Option<(u32, Vec<String>)>) -> Result<(), Unreadable> {
    let Some((at, texts)) = row else { return Ok(()) };
    if records.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    records.push(Record { number: i64::from(at) + 1, cells: StringRecord::from(texts) });
    Ok(())
}

/// A cell as somebody would have typed it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::Int(n) => n.to_string(),
        // A whole number prints without its point: keys and codes are often kept as numbers.
        DataRef::Float(n) => n.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => instant(at),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
    }
}

/// `YYYY-MM-DD`, with the time of day when there is one.
fn instant(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        return date;
    }
    format!("{date}T{hour:02}:{minute:02}:{second:02}")
}

/// What the central directory of a ZIP file (APPNOTE 4.3.12) says of the size of its parts.
fn unpacked(bytes: &[u8]) -> u64 {
    let heads = bytes.windows(4).enumerate().filter(|(_, window)| *window == b"PK\x01\x02");
    heads
        .filter_map(|(at, _)| bytes.get(at + 24..at + 28)?.try_into().ok())
        .map(|size: [u8; 4]| u64::from(u32::from_le_bytes(size)))
        .sum()
}
