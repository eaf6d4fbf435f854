//! A file somebody uploaded, as a header and rows of texts, whatever it was written with.

mod delimited;
mod json;
mod text;
mod workbook;

pub(super) use delimited::SEPARATORS;
pub(super) use text::ENCODINGS;

use csv::StringRecord;
use serde::{Deserialize, Serialize};

use crate::table::safe;

/// Rows a file may have below its header.
pub(super) const MOST_ROWS: usize = 100_000;
/// Columns a file may have.
const MOST_COLUMNS: usize = 200;
/// Bytes a file may have.
pub(super) const LARGEST: usize = 32 * 1024 * 1024;

/// How a file is read; what is empty is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Reading {
    /// The sheet of a workbook.
    pub sheet: String,
    /// What stands between the cells of a text file; nothing in JSON.
    pub separator: String,
    /// Its encoding: `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`.
    pub encoding: String,
}

/// What was read.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// The sheets there are to choose from; none in a text file.
    pub sheets: Vec<String>,
    /// How it was read.
    pub reading: Reading,
    /// The first row: what the columns are called.
    pub header: StringRecord,
    /// Every other row that is not empty.
    pub rows: Vec<Record>,
}

/// A row and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The line of the text file it begins on, the row of the workbook, or the place of an object in
    /// its array; the first is 1.
    pub number: i64,
    /// Its cells; there may be fewer or more than columns.
    pub cells: StringRecord,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// There is a header and nothing below it.
    OnlyHeader,
    /// It is longer than [`LARGEST`].
    TooLarge,
    /// It has more rows than [`MOST_ROWS`].
    TooManyRows,
    /// It has more than 200 columns.
    TooManyColumns,
    /// It is a workbook of Excel 97 to 2003.
    OldWorkbook,
    /// It is neither text nor a workbook.
    Unknown,
    /// It is a workbook that is damaged.
    Damaged,
    /// It is JSON that is damaged, or that holds no objects.
    DamagedJson,
}

impl Unreadable {
    /// The text that says so, and what to do.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Empty => "import-unreadable-empty",
            Self::OnlyHeader => "import-unreadable-only-header",
            Self::TooLarge => "import-unreadable-too-large",
            Self::TooManyRows => "import-unreadable-too-many-rows",
            Self::TooManyColumns => "import-unreadable-too-many-columns",
            Self::OldWorkbook => "import-unreadable-old-workbook",
            Self::Unknown => "import-unreadable-unknown",
            Self::Damaged => "import-unreadable-damaged",
            Self::DamagedJson => "import-unreadable-damaged-json",
        }
    }
}

/// Reads a file; what `reading` leaves open is found out from its bytes, never from its name.
pub(super) fn read(bytes: &[u8], reading: &Reading) -> Result<Sheet, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Unreadable::OldWorkbook);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(bytes, &reading.sheet);
    }
    let (text, encoding) = text::decode(bytes, &reading.encoding)?;
    let (separator, records) = match json::read(&text) {
        Some(records) => (String::new(), records?),
        None => delimited::read(&text, &reading.separator)?,
    };
    let reading = Reading { sheet: String::new(), separator, encoding: encoding.to_owned() };
    assemble(records, Vec::new(), reading)
}

/// A record without anything in it counts for nothing; the first one that counts is the header.
fn assemble(
    records: Vec<Record>,
    sheets: Vec<String>,
    reading: Reading,
) -> Result<Sheet, Unreadable> {
    let mut records = records.into_iter().filter(|record| !is_blank(&record.cells));
    let header = records.next().ok_or(Unreadable::Empty)?.cells;
    let named = header.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let width = named.last().map_or(0, |(at, _)| at + 1);
    if width > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    let header: StringRecord = header.iter().take(width).map(str::trim).collect();
    let plain = |record: Record| Record { cells: unmarked(&record.cells), ..record };
    let rows: Vec<Record> = records.map(plain).collect();
    if rows.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    if rows.is_empty() {
        return Err(Unreadable::OnlyHeader);
    }
    Ok(Sheet { sheets, reading, header, rows })
}

/// The cells without the apostrophe that an export of ours puts before what looks like a formula, so
/// that a file comes back as it went out.
fn unmarked(cells: &StringRecord) -> StringRecord {
    let plain = |cell: &str| {
        let marked = cell.strip_prefix('\'').filter(|text| safe((*text).to_owned()) == cell);
        marked.unwrap_or(cell).to_owned()
    };
    cells.iter().map(plain).collect::<Vec<_>>().into()
}

fn is_blank(cells: &StringRecord) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

#[cfg(test)]
mod tests;
