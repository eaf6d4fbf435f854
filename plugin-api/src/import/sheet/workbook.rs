//! A sheet of a workbook (Office Open XML, ECMA-376), cell by cell.

use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};
use csv::StringRecord;
use zip::ZipArchive;

use super::{MOST_COLUMNS, MOST_ROWS, Reading, Record, Sheet, Unreadable, assemble};

/// Bytes the parts of a workbook may have once they are unpacked.
const LARGEST_UNPACKED: u64 = 256 * 1024 * 1024;
/// Bytes the cells of a sheet may have together: a text kept once may stand in a million cells.
const LARGEST_TEXT: usize = 128 * 1024 * 1024;

/// The sheet called `wanted`, or the first one.
pub(super) fn read(bytes: &[u8], wanted: &str) -> Result<Sheet, Unreadable> {
    unpacks_within(bytes, LARGEST_UNPACKED)?;
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
    let mut length = 0_usize;
    while let Some(cell) = cells.next_cell().map_err(|_| Unreadable::Damaged)? {
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        length = length.saturating_add(text.len());
        if length > LARGEST_TEXT {
            return Err(Unreadable::TooLarge);
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
    let number = i64::from(at) + 1;
    // Rows ascend (ECMA-376 18.3.1.73); the report knows each by its number.
    if records.last().is_some_and(|last| last.number >= number) {
        return Err(Unreadable::Damaged);
    }
    records.push(Record { number, cells: StringRecord::from(texts) });
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

/// Unpacks every part to nowhere: what a part says of its own length may be a lie.
fn unpacks_within(bytes: &[u8], most: u64) -> Result<(), Unreadable> {
    let damaged = |_| Unreadable::Damaged;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| Unreadable::Damaged)?;
        let read = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(damaged)?;
        left = left.checked_sub(read).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_measured_by_what_unpacks_not_by_what_it_says() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write_string(0, 0, "a".repeat(30_000)).expect("a cell");
        let mut bytes = book.save_to_buffer().expect("a workbook");
        assert_eq!(unpacks_within(&bytes, 1024 * 1024), Ok(()));
        // The lengths its directory and its parts tell become one byte (APPNOTE 4.3.7, 4.3.12).
        for (mark, place) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
            let heads: Vec<usize> =
                (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == *mark).collect();
            for at in heads {
                bytes[at + place..at + place + 4].copy_from_slice(&1_u32.to_le_bytes());
            }
        }
        assert_ne!(unpacks_within(&bytes, 10_000), Ok(()));
        assert_eq!(unpacks_within(b"PK\x03\x04 and nothing more", 10), Err(Unreadable::Damaged));
    }
}
