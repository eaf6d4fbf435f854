//! Every export after the flood: whole files, in which no spreadsheet finds a formula.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use reqwest::Method;

use super::world::World;

/// What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
const SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// How many files were looked at, and how many cells.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) files: usize,
    pub(super) cells: usize,
}

/// Looks at every export there is, in every format.
pub(super) async fn all(world: &World) -> Seen {
    let mut seen = Seen::default();
    let exports = world
        .routes
        .iter()
        .filter(|route| route.method == Method::GET && route.path.ends_with("/export"));
    for route in exports {
        let path = world.filled(&route.path).unwrap_or_else(|| panic!("nothing at {}", route.path));
        for format in ["csv", "xlsx", "json"] {
            let place = format!("{} as {format}", route.path);
            let request = world.browser_for(&path).request(Method::GET, &path);
            let answer = request.query(&[("format", format)]).send().await.expect("an answer");
            if answer.status() != 200 {
                world.findings.note(&place, "is refused", &answer.status().to_string());
                continue;
            }
            let body = answer.bytes().await.expect("the whole file");
            let cells = match format {
                "csv" => csv_cells(&body),
                "xlsx" => xlsx_cells(&body),
                _ => serde_json::from_slice(&body)
                    .map(|_: serde_json::Value| Vec::new())
                    .map_err(|error| error.to_string()),
            };
            match cells {
                Err(error) => world.findings.note(&place, "cannot be read", &error),
                Ok(cells) => {
                    seen.files += 1;
                    seen.cells += cells.len();
                    for cell in cells.iter().filter(|cell| is_formula(cell)) {
                        world.findings.note(&place, "has a formula", cell);
                    }
                }
            }
        }
    }
    seen
}

/// A number may begin with a sign.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(SIGNS) && cell.parse::<f64>().is_err()
}

fn csv_cells(body: &[u8]) -> Result<Vec<String>, String> {
    let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut cells = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        cells.extend(record.iter().map(str::to_owned));
    }
    Ok(cells)
}

fn xlsx_cells(body: &[u8]) -> Result<Vec<String>, String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(body))
        .map_err(|error: calamine::XlsxError| error.to_string())?;
    let mut cells = Vec::new();
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).map_err(|error| error.to_string())?;
        if let Some((_, _, formula)) = formulas.used_cells().next() {
            return Err(format!("it has the formula {formula}"));
        }
        let sheet = book.worksheet_range(&name).map_err(|error| error.to_string())?;
        let texts = sheet.used_cells().filter_map(|(_, _, cell)| match cell {
            Data::String(text) => Some(text.clone()),
            _ => None,
        });
        cells.extend(texts);
    }
    Ok(cells)
}

#[test]
fn numbers_are_no_formulas() {
    assert!(is_formula("=1") && is_formula("+1+1") && is_formula("\tx") && is_formula("-a"));
    assert!(!is_formula("-1.50") && !is_formula("'=1") && !is_formula("a=1"));
    let cells = csv_cells(b"\xef\xbb\xbfa,\"b\r\nc\"\r\n'=1,\r\n").expect("a file");
    assert_eq!(cells, ["a", "b\r\nc", "'=1", ""]);
}
