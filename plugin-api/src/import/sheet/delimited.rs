//! Comma-separated values (RFC 4180) and what Excel makes of them: `;` or tabs, a line `sep=`.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::{MOST_ROWS, Record, Unreadable};

/// What may stand between cells.
pub(in crate::import) const SEPARATORS: [&str; 4] = [";", ",", "\t", "|"];

/// Records that are looked at to tell the separator.
const SAMPLE: usize = 50;

/// The records, the header among them, and what separates their cells: `wanted`, unless that is
/// none of ours.
pub(super) fn read(text: &str, wanted: &str) -> Result<(String, Vec<Record>), Unreadable> {
    let (told, body, skipped) = told(text);
    let known = |separator: &str| SEPARATORS.into_iter().find(|known| *known == separator);
    let separator = known(wanted).or_else(|| known(told)).unwrap_or_else(|| likeliest(body));
    let mut records = Vec::new();
    for (record, line) in records_of(body, separator) {
        // The header and blank lines are over and above.
        if records.len() > MOST_ROWS + 1 {
            return Err(Unreadable::TooManyRows);
        }
        if !super::is_blank(&record) {
            records.push(Record { number: line + skipped, cells: record });
        }
    }
    Ok((separator.to_owned(), records))
}

/// The separator a first line `sep=;` tells, what comes below it, and how many lines that took.
fn told(text: &str) -> (&str, &str, i64) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.trim_end_matches('\r').strip_prefix("sep=") {
        Some(separator) => (separator, rest, 1),
        None => ("", text, 0),
    }
}

/// The separator that cuts the first records into the most cells, equally many in each.
fn likeliest(text: &str) -> &'static str {
    let score = |separator: &&'static str| {
        let mut widths = records_of(text, separator)
            .map(|(record, _)| record)
            .filter(|record| !super::is_blank(record))
            .take(SAMPLE)
            .map(|record| record.len());
        let Some(first) = widths.next() else { return 0 };
        let alike = widths.filter(|width| *width == first).count() + 1;
        (first - 1) * alike
    };
    // The last of several that are equally good wins, so the order is from the end.
    SEPARATORS.into_iter().rev().max_by_key(score).unwrap_or(",")
}

/// Each record with the line it begins on.
fn records_of(text: &str, separator: &str) -> impl Iterator<Item = (StringRecord, i64)> {
    let delimiter = separator.bytes().next().unwrap_or(b',');
    let reader: Reader<&[u8]> = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut lines = Lines { text, seen: 0, line: 1 };
    // A text cannot fail to be read as text, and no record is too short or long.
    reader.into_records().filter_map(Result::ok).map(move |record| {
        let begins = record.position().map_or(0, csv::Position::byte);
        let line = lines.of(usize::try_from(begins).unwrap_or(usize::MAX));
        (record, line)
    })
}

/// Counts lines on the way: the reader's own count is one behind where lines end with CRLF.
struct Lines<'a> {
    text: &'a str,
    /// Bytes that are counted.
    seen: usize,
    /// The line they lead to.
    line: i64,
}

impl Lines<'_> {
    /// The line of what begins at this byte, or behind the ends of lines that follow it.
    fn of(&mut self, byte: usize) -> i64 {
        let rest = self.text.get(byte..).unwrap_or_default();
        let begins = self.text.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.get(self.seen..begins).unwrap_or_default();
        let ends = passed.matches('\n').count() + passed.matches('\r').count()
            - passed.matches("\r\n").count();
        self.line = self.line.saturating_add(i64::try_from(ends).unwrap_or(i64::MAX));
        self.seen = begins.max(self.seen);
        self.line
    }
}
