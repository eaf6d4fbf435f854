//! JSON: an array of objects, their members called as the columns are.

use serde_json::{Map, Value as Json, json};

use super::{Export, Piece};
use crate::table::cell::Cell;
use crate::{Fault, time};

pub(super) fn piece(export: &Export, piece: Piece<'_>) -> Result<Vec<u8>, Fault> {
    let (rows, begun) = match piece {
        Piece::Head => return Ok(b"[".to_vec()),
        Piece::Foot => return Ok(b"\n]\n".to_vec()),
        Piece::Rows(rows, begun) => (rows, begun),
    };
    let mut bytes = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        bytes.extend_from_slice(if begun || n > 0 { b",\n" } else { b"\n" });
        let members: Map<String, Json> = export
            .cells(row)
            .map(|(column, linked)| (column.id.to_owned(), value(linked.cell)))
            .collect();
        serde_json::to_writer(&mut bytes, &members)?;
    }
    Ok(bytes)
}

fn value(cell: Cell) -> Json {
    match cell {
        Cell::Nothing => Json::Null,
        Cell::Text(text) | Cell::Mono(text) | Cell::Choice(text, _) => json!(text),
        Cell::Number(n) => json!(n),
        Cell::Real(n) => json!(n),
        Cell::Money(minor, currency) => json!({ "importo": minor, "valuta": currency }),
        Cell::Date(ms) => json!(time::date(ms)),
        Cell::Instant(ms) => json!(time::rfc3339(ms)),
        Cell::Flag(yes) => json!(yes),
        Cell::Meter(used, max) => json!({ "usati": used, "massimi": max }),
    }
}
