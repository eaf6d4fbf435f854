//! CSV (RFC 4180): comma, CRLF, UTF-8; no text is taken for a formula by a spreadsheet.

use super::{Export, Piece};
use crate::money::amount;
use crate::table::cell::Cell;
use crate::table::column::Kind;
use crate::{Fault, time};

pub(super) fn piece(export: &Export, piece: Piece<'_>) -> Result<Vec<u8>, Fault> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    match piece {
        Piece::Head => writer.write_record(headers(export)).map_err(Fault::internal)?,
        Piece::Rows(rows, _) => {
            for row in rows.iter() {
                writer.write_record(record(export, row)).map_err(Fault::internal)?;
            }
        }
        Piece::Foot => {}
    }
    writer.into_inner().map_err(Fault::internal)
}

/// An amount and a meter take two fields: minor and currency, used and maximum.
fn headers(export: &Export) -> Vec<String> {
    let mut headers = Vec::new();
    for column in export.columns() {
        let header = export.header(column);
        headers.push(safe(header.clone()));
        headers.extend(second_header(export, &column.kind, &header).map(safe));
    }
    headers
}

/// The header of a column's second field, if it has one.
pub(super) fn second_header(export: &Export, kind: &Kind, header: &str) -> Option<String> {
    let key = match kind {
        Kind::Money => "table-export-currency",
        Kind::Meter => "table-export-maximum",
        _ => return None,
    };
    Some(export.lang.with(key, &[("column", header)]))
}

fn record(export: &Export, row: &[crate::db::Value]) -> Vec<String> {
    let mut fields = Vec::new();
    for (column, linked) in export.cells(row) {
        let (field, second) = match linked.cell {
            Cell::Nothing => (String::new(), None),
            Cell::Text(text) | Cell::Mono(text) => (safe(text), None),
            Cell::Choice(value, known) => (safe(export.choice(column, &value, known)), None),
            Cell::Number(n) => (n.to_string(), None),
            Cell::Real(n) => (n.to_string(), None),
            Cell::Money(minor, currency) => (amount(minor, &currency), Some(safe(currency))),
            Cell::Date(ms) => (time::date(ms), None),
            Cell::Instant(ms) => (time::rfc3339(ms), None),
            Cell::Flag(yes) => (export.lang.t(if yes { "yes" } else { "no" }), None),
            Cell::Meter(used, max) => {
                (used.to_string(), Some(max.map(|max| max.to_string()).unwrap_or_default()))
            }
        };
        fields.push(field);
        if column.second.is_some() {
            fields.push(second.unwrap_or_default());
        }
    }
    fields
}

/// Text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, "CSV
/// Injection").
pub(crate) fn safe(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) { format!("'{text}") } else { text }
}
